"""A file that a pattern rule beside it is tried on is a test: it holds what the rule must find, on purpose.

Semgrep and Opengrep try the rules of `X.yaml` on `X.tf`, `X.json` or `X.test.yaml` in the same folder, in which
comments say what has to be found (`# ruleid: …`) and what must not be (`# ok: …`). Both have to be there, in the tree
before a change. Left as they are: what a platform runs by its place, and credentials, which open what they open.
Source: https://semgrep.dev/docs/writing-rules/testing-rules, read 2026-11-22.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.setting import less_real
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_HEAD = 200_000
_MARK = Deferred(
    r"(?:^|[\s\"'])(?:#|//|/\*|<!--)[ \t]{0,4}(?:ruleid|ok|todoruleid|todook): ?[\w.-]", flags=re.MULTILINE
)
_RULES = Deferred(r"^rules:\s", flags=re.MULTILINE)
_ENDS = (".yaml", ".yml")


def with_rule_corpus(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; those of files that `tree`, the one before a change, shows to be tried on by a rule are tests."""
    listed = tuple(resources)
    paths = frozenset(tree.paths())

    @cache
    def is_tried_on(path: str) -> bool:
        rules = [one for one in _rules_of(path) if one in paths and one != path]
        return path in paths and any(_holds(tree, one, _RULES) for one in rules) and _holds(tree, path, _MARK)

    return tuple(
        replace(one, setting=less_real("test", one.setting))
        if one.kind != "credential" and not one.at.path.startswith(".") and is_tried_on(one.at.path)
        else one
        for one in listed
    )


def _rules_of(path: str) -> tuple[str, ...]:
    """Where the rules would stand that are tried on a file."""
    folder, slash, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    stem = stem.removesuffix(".test").removesuffix(".fixed")
    return tuple(f"{folder}{slash}{stem}{end}" for end in _ENDS) if stem else ()


def _holds(tree: Tree, path: str, pattern: Deferred) -> bool:
    data = tree.read(path)
    return isinstance(data, bytes) and pattern.search(data[:_HEAD].decode("utf-8", "replace")) is not None
