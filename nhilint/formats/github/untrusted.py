"""Which contexts hold text that outsiders choose, and which part of an expression can come out of it as a value.

Titles, bodies, branch names, commit messages, paths and the like are free text; numbers, commit ids, logins, dates and
names of repositories have too narrow an alphabet to carry a command and are left alone.

Sources, read 2026-11-22: https://docs.github.com/en/actions/concepts/security/script-injections and
https://securitylab.github.com/resources/github-actions-untrusted-input/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.github.expression import Call, Context, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.github.expression import Term

Chooser = Literal["outsiders", "committers", "callers"]

_WRITTEN = frozenset({"issue", "pull_request", "discussion", "comment", "review", "review_comment"})
_TEXT = frozenset({"title", "body"})
_PEOPLE = frozenset({"author", "committer"})
_OUTSIDERS = frozenset(
    {
        ("comment", "path"),
        ("comment", "diff_hunk"),
        ("pull_request", "head", "ref"),
        ("pull_request", "head", "label"),
        ("pull_request", "head", "repo", "default_branch"),
        ("pull_request", "head", "repo", "description"),
        ("pull_request", "head", "repo", "homepage"),
        ("changes", "title", "from"),
        ("changes", "body", "from"),
        ("forkee", "description"),
        ("forkee", "default_branch"),
        ("workflow_run", "head_branch"),
        ("workflow_run", "display_title"),
        ("workflow_run", "head_commit", "message"),
        ("workflow_run", "head_repository", "description"),
        ("workflow_run", "head_repository", "default_branch"),
    }
)
_OBJECTS = frozenset({"event", *_WRITTEN, "changes", "workflow_run", "head_commit", "commits"})
_BOOLEAN = frozenset({"contains", "startswith", "endswith", "hashfiles", "always", "success", "failure", "cancelled"})


class Flow(Struct, frozen=True):
    """A context whose value can come out of an expression. `quoted`: as JSON, with quotes and escapes; `route`: what
    is taken out of the value, which is JSON itself."""

    context: Context
    quoted: bool = False
    route: tuple[str, ...] = ()


def flows(term: Term, *, quoted: bool = False, route: tuple[str, ...] = ()) -> Iterator[Flow]:
    """The contexts that a value of the expression can consist of. Comparisons and questions hand on no text."""
    if isinstance(term, Context):
        yield Flow(term, quoted, route)
    elif isinstance(term, Operation) and term.sign == "||":
        for part in term.operands:
            yield from flows(part, quoted=quoted, route=route)
    elif isinstance(term, Operation) and term.sign == "&&":
        yield from flows(term.operands[-1], quoted=quoted, route=route)
    elif isinstance(term, Call) and term.name not in _BOOLEAN:
        for part in term.arguments:
            yield from flows(part, quoted=quoted or term.name == "tojson", route=(*term.route, *route))


def chooser_of(flow: Flow) -> Chooser | None:
    """Who chooses the text of a context; None for a context that cannot carry a command."""
    path = flow.context.path
    if path == ("github", "head_ref"):
        return "outsiders"
    if path[:2] == ("github", "event") and len(path) > 2:
        return _of_payload(path[2:], quoted=flow.quoted)
    if flow.quoted and path in (("github",), ("github", "event")):
        return "outsiders"
    return "callers" if path[0] == "inputs" and len(path) > 1 else None


def _of_payload(route: tuple[str, ...], *, quoted: bool) -> Chooser | None:
    if route in _OUTSIDERS or (len(route) == 2 and route[0] in _WRITTEN and route[1] in _TEXT):
        return "outsiders"
    if quoted and len(route) == 1 and route[0] in _OBJECTS:
        return "committers" if route[0] in ("head_commit", "commits") else "outsiders"
    if route[0] == "workflow_run" and route[1:2] == ("head_commit",) and _names_person(route[2:]):
        return "outsiders"
    if route[0] == "head_commit":
        return "committers" if _says_something(route[1:]) else None
    if route[0] == "commits" and len(route) > 2:
        return "committers" if _says_something(route[2:]) else None
    return None


def _says_something(route: tuple[str, ...]) -> bool:
    return route == ("message",) or _names_person(route)


def _names_person(route: tuple[str, ...]) -> bool:
    return len(route) == 2 and route[0] in _PEOPLE and route[1] in ("name", "email")


def needed_payload(path: tuple[str, ...]) -> str:
    """The key of the payload that must be filled for a context to hold anything; `pull_request` for the head branch."""
    if path == ("github", "head_ref"):
        return "pull_request"
    return path[2] if path[:2] == ("github", "event") and len(path) > 2 else ""
