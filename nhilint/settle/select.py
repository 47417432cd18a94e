"""Which checks run: ids, globs on ids, topics, frameworks, or controls of a framework."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nhilint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nhilint.catalogue.check import Check
    from nhilint.catalogue.framework import Frameworks
    from nhilint.model.finding import Severity


def choose(
    checks: Sequence[Check], select: Iterable[str], ignore: Iterable[str], frameworks: Callable[[], Frameworks]
) -> tuple[Check, ...]:
    """The checks that are selected (all when nothing is) and not ignored; deprecated ones only when selected by id.

    `frameworks` is called only for a pattern that names no check. Raises UsageError when a pattern fits no check, and
    when none is left, because a gate that silently checks nothing is worse than none.
    """
    wanted = _matching(checks, select, frameworks)
    unwanted = _matching(checks, ignore, frameworks)
    chosen = [c for c in checks if (c.id in wanted if wanted else c.status != "deprecated")]
    left = tuple(c for c in chosen if c.id not in unwanted)
    if chosen and not left:
        raise UsageError("every check is ignored; there is nothing to judge by")
    return left


def by_known_id(checks: Sequence[Check], severity: Mapping[str, Severity]) -> dict[str, Severity]:
    """Severities set for single checks, by their ids; UsageError for one that no check has as id or alias."""
    ids = {name: check.id for check in checks for name in (check.id, *check.aliases)}
    for name in severity:
        if name not in ids:
            msg = f"severity is set for {name!r}, which is no check{_hint(name, ids)}"
            raise UsageError(msg)
    return {ids[name]: value for name, value in severity.items()}


def _matching(checks: Sequence[Check], patterns: Iterable[str], frameworks: Callable[[], Frameworks]) -> frozenset[str]:
    found: set[str] = set()
    for pattern in patterns:
        ids = _one(checks, pattern, frameworks)
        if not ids:
            msg = f"no check matches {pattern!r}; 'nhilint checks list' shows them all"
            raise UsageError(msg)
        found |= ids
    return frozenset(found)


def _one(checks: Sequence[Check], pattern: str, frameworks: Callable[[], Frameworks]) -> set[str]:
    by_id = {c.id for c in checks if fnmatchcase(c.id, pattern) or pattern in c.aliases or c.topic == pattern}
    if by_id or "*" in pattern:
        return by_id
    known = frameworks()
    if pattern in {f.id for f in known}:
        return {c.id for c in checks if pattern in c.frameworks}
    try:
        framework, control = known.parse_control(pattern)
    except UsageError:
        near = _hint(pattern, [c.id for c in checks])
        if not near:
            raise
        msg = f"no check or control is called {pattern!r}{near}"
        raise UsageError(msg) from None
    return {c.id for c in checks if control.id in c.frameworks.get(framework.id, ())}


def _hint(name: str, known: Iterable[str]) -> str:
    from nhilint.catalogue.spelling import closest

    near = closest(name, known)
    return f"; did you mean {near[0]!r}?" if near else ""
