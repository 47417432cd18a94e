"""A policy in another language inside an argument: its text with marks for expressions, and what they give.

Plain texts and heredocs are taken; a text that a function makes, or one with directives, is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.terraform.interpolation import heredoc, masked
from nhilint.formats.terraform.module import NOWHERE
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value


class PolicyText(NamedTuple):
    """The text, what gives a part of it back with its expressions resolved, and where it begins in its argument."""

    text: str
    fill: Callable[[str], str]
    offset: int = 0


def policy_text(value: Value, resolver: Resolver) -> PolicyText | None:
    """The text of a policy; None where it cannot be told without a run."""
    if isinstance(value, str):
        return PolicyText(value, str)
    lines = heredoc(value.text) if isinstance(value, Expression) and value.text.startswith("<<") else None
    mask = masked(lines[0]) if lines is not None else None
    if lines is None or mask is None:
        return None

    def fill(part: str) -> str:
        return mask.restored(part, lambda source: resolver.text(Expression(source), NOWHERE))

    return PolicyText(mask.text, fill, lines[1])


def is_file(value: Value) -> bool:
    """Whether a policy is the text of a file, which is read and judged by itself."""
    return isinstance(value, Expression) and value.function == "file"
