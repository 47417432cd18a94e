"""Which checks run: ids, globs on ids, or controls of a framework."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nhilint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.catalogue.check import Check
    from nhilint.catalogue.framework import Frameworks


def choose(
    checks: Sequence[Check], select: Iterable[str], ignore: Iterable[str], frameworks: Frameworks
) -> tuple[Check, ...]:
    """The checks that are selected (all when nothing is) and not ignored; deprecated ones only when selected by id.

    Raises UsageError when a pattern fits no check, because a gate that silently checks nothing is worse than none.
    """
    wanted = _matching(checks, select, frameworks)
    unwanted = _matching(checks, ignore, frameworks)
    chosen = [c for c in checks if (c.id in wanted if wanted else c.status != "deprecated")]
    return tuple(c for c in chosen if c.id not in unwanted)


def _matching(checks: Sequence[Check], patterns: Iterable[str], frameworks: Frameworks) -> frozenset[str]:
    found: set[str] = set()
    for pattern in patterns:
        ids = _one(checks, pattern, frameworks)
        if not ids:
            msg = f"no check matches {pattern!r}; 'nhilint checks list' shows them all"
            raise UsageError(msg)
        found |= ids
    return frozenset(found)


def _one(checks: Sequence[Check], pattern: str, frameworks: Frameworks) -> set[str]:
    by_id = {c.id for c in checks if fnmatchcase(c.id, pattern) or pattern in c.aliases or c.topic == pattern}
    if by_id or "*" in pattern:
        return by_id
    if pattern in {f.id for f in frameworks}:
        return {c.id for c in checks if pattern in c.frameworks}
    framework, control = frameworks.parse_control(pattern)
    return {c.id for c in checks if control.id in c.frameworks.get(framework.id, ())}
