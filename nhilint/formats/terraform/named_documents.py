"""The policy documents that a value names: `data.aws_iam_policy_document.NAME` in any of its texts and expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENT = Deferred(r"\bdata\.aws_iam_policy_document\.([\w-]+)")
_MOST_VALUES = 200_000


def documents_named(value: object) -> Iterator[str]:
    """The labels of the documents, each as often as it is named."""
    for text in texts_in(value):
        yield from _DOCUMENT.findall(text)


def texts_in(value: object) -> Iterator[str]:
    """The texts and expressions of a value, up to a bound that only a hostile file reaches."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_VALUES:
        current = waiting.pop()
        seen += 1
        if isinstance(current, Expression):
            yield current.text
        elif isinstance(current, str):
            yield current
        elif isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
