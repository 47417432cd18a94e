"""In whose repositories a job or step runs at all, by its condition: `if: github.repository == 'acme/site'`.

The condition says it for every copy of the file; whose copy this one is, the file does not tell
(`nhilint.link.elsewhere`).

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context, read 2026-11-22.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nhilint.formats.github.condition import bare, ignores_needs
from nhilint.formats.github.expression import Call, Context, Literal, Operation, parse
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from nhilint.formats.github.expression import Term
    from nhilint.formats.node import Node

_NAMES = frozenset(
    {
        ("github", "repository"),
        ("github", "repository_owner"),
        ("github", "event", "repository", "full_name"),
        ("github", "event", "repository", "owner", "login"),
    }
)
_MOST_NEEDS = 20


def home_of_job(name: str, jobs: Node, _below: frozenset[str] = frozenset()) -> Known[tuple[str, ...]] | None:
    """The repositories or owners, in lower case, of which one must be the job's own; None where any will do.

    A job waits for those that it needs, so that their condition is its own.
    """
    job = jobs[name]
    own = home_of(job)
    if own is not None or ignores_needs(job.value_under("if")) or len(_below) >= _MOST_NEEDS:
        return own
    needed = [need.value for need in job["needs"].items() if isinstance(need.value, str) and need.value not in _below]
    found = (home_of_job(need, jobs, _below | {name}) for need in needed[:_MOST_NEEDS])
    return next((home for home in found if home is not None), None)


def home_of(owner: Node) -> Known[tuple[str, ...]] | None:
    """The same by the condition of a job or step alone."""
    condition = owner.value_under("if")
    if not isinstance(condition, str) or "repository" not in condition:
        return None
    term = parse(bare(condition))
    names = _required(term) if term is not None else None
    return Known(names, owner["if"].at) if names else None


def _required(term: Term) -> tuple[str, ...] | None:
    """The names of which one must be the own for a term to hold; None where it can hold elsewhere too."""
    if isinstance(term, Operation) and term.sign == "&&":
        return next((names for part in term.operands if (names := _required(part)) is not None), None)
    if isinstance(term, Operation) and term.sign == "||":
        parts = [_required(part) for part in term.operands]
        return None if None in parts else tuple(name for part in parts for name in part or ())
    if isinstance(term, Operation) and term.sign == "==":
        return _named(*term.operands) or _named(*reversed(term.operands))
    if isinstance(term, Call) and term.name == "contains" and len(term.arguments) == 2:
        return _listed(*term.arguments)
    return None


def _named(context: Term, literal: Term) -> tuple[str, ...] | None:
    is_name = isinstance(context, Context) and context.path in _NAMES
    if is_name and isinstance(literal, Literal) and isinstance(literal.value, str):
        return (literal.value.lower(),)
    return None


def _listed(where: Term, what: Term) -> tuple[str, ...] | None:
    if not isinstance(what, Context) or what.path not in _NAMES:
        return None
    if not isinstance(where, Call) or where.name != "fromjson" or len(where.arguments) != 1:
        return None
    text = where.arguments[0].value if isinstance(where.arguments[0], Literal) else None
    try:
        names = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return tuple(str(name).lower() for name in names) if isinstance(names, list) else None
