"""A scope becomes the page that `nhilint explain` prints: what it allows, how grave that is, what would give less.

The words come from the catalogue's judgement; nothing here judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhilint.knowledge.scopes import Scope

_ALLOWS = {
    "read": "reads",
    "write": "changes",
    "send": "sends",
    "delete": "deletes",
    "execute": "runs",
    "admin": "administers",
}
_THINGS = {
    "code_execution": "code that runs, or what makes it run",
    "crm": "customers and dealings with them",
    "database": "databases",
    "identity": "people, groups and what they may do",
    "infra": "infrastructure and devices",
    "issue_tracking": "issues and projects",
    "messaging": "messages",
    "other": "things of its own kind",
    "secrets": "secrets",
    "source_code": "source code",
    "web": "web pages",
}
"""What a category is called here; the others are words already."""
_IN_WHOSE_NAME = {"user": "used in a person's name", "app": "used in the app's own name"}


def scope_page(scope: Scope, narrower: tuple[Scope, ...] = ()) -> str:
    """The page of one scope as Markdown; `narrower` are those of its narrower scopes that the catalogue explains."""
    lines = [f"# `{scope.id}`", "", f"A scope of **{scope.provider}**.", "", *_facts(scope)]
    if narrower:
        lines += ["", "## Narrower", ""]
        lines += [f"- `{one.id}`: {_does(one)}, {one.sensitivity}" for one in narrower]
    return "\n".join([*lines, "", f"Source: <{scope.url}>", ""])


def _facts(scope: Scope) -> list[str]:
    facts = [f"- allows: {_does(scope)}", f"- sensitivity: **{scope.sensitivity}** ({_judged(scope)})"]
    if scope.acts_as is not None:
        facts.append(f"- {_IN_WHOSE_NAME[scope.acts_as]}")
    if scope.restricted:
        facts.append("- in the provider's strictest class")
    if scope.superseded:
        facts.append("- kept for old apps; the provider has smaller ones for new")
    if not scope.verified and not scope.inferred:
        facts.append("- its name was not seen in the provider's own documentation")
    if not scope.narrower and not scope.inferred:
        facts.append("- the catalogue knows no narrower one")
    return facts


def _does(scope: Scope) -> str:
    return f"{_ALLOWS[scope.access]} {_THINGS.get(scope.category, scope.category.replace('_', ' '))}"


def _judged(scope: Scope) -> str:
    if scope.inferred:
        return "inferred from its name: the catalogue does not have it"
    return "set under the written rules" if scope.reviewed else "from tables of words, not reviewed"
