"""Finds conditions that look like a guard and let everybody through.

* A condition that mixes text with `${{ }}`, or ends in a line break after it, is a non-empty text and therefore true.
* `github.actor` is whoever caused the latest event: on a pull request an outsider can make a bot do that, so a
  comparison with a bot's name guards nothing where the run has the repository's rights.
* `contains('alice,bob', github.actor)` looks for a piece of text, and an account may be called `bob`'s middle.

Sources, read 2026-11-22: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions and
https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.condition import always_holds, names_bot
from nhilint.formats.github.expression import Call, Context, Literal, Operation, parse
from nhilint.model.fact import Known
from nhilint.model.vocabulary.tool import IneffectiveSetting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.github.events import Start
    from nhilint.formats.github.expression import Term
    from nhilint.formats.node import Node

_ACTORS = (
    ("github", "actor"),
    ("github", "actor_id"),
    ("github", "triggering_actor"),
    ("github", "event", "sender", "login"),
)
_SPOOFED_EVENTS = frozenset({"pull_request_target", "workflow_run"})
_PROTECTS = re.compile(r"\b(?:github|needs|secrets|inputs|steps)\s*[.\[]", re.IGNORECASE)
"""A condition on these limits who or what gets through; one on the matrix or the runner chooses a variant."""
_EXPRESSIONS = "https://docs.github.com/en/actions/reference/workflows-and-actions/expressions"
_CONTEXTS = "https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context"


def ineffective_conditions(root: Node, found: list[Start]) -> tuple[IneffectiveSetting, ...]:
    """Every such condition of a workflow's jobs and steps."""
    spoofed = any(start.event in _SPOOFED_EVENTS for start in found)
    return tuple(setting for node in _conditions(root) if (setting := _judge(node, spoofed=spoofed)) is not None)


def _conditions(root: Node) -> Iterator[Node]:
    for _, job in root["jobs"].entries():
        if job["if"].is_text:
            yield job["if"]
        for step in job["steps"].items():
            if step.is_mapping and step["if"].is_text:
                yield step["if"]


def _judge(node: Node, *, spoofed: bool) -> IneffectiveSetting | None:
    text: str = node.value
    if always_holds(text):
        reason = "it is a text with an expression inside, and a text that is not empty counts as true"
        return _setting(
            node, text, reason, "put the whole condition into one ${{ }}, or leave the brackets out", _EXPRESSIONS
        )
    if not spoofed or ("actor" not in text.lower() and "sender" not in text):
        return None
    bare = text.strip().removeprefix("${{").removesuffix("}}").strip()
    term = parse(bare)
    if term is None or not _admits_by_bot(term):
        return None
    reason = (
        "it looks at whoever caused the latest event, and an outsider can make a bot do that to their own pull request"
    )
    return _setting(node, text, reason, "compare github.event.pull_request.user.login", _CONTEXTS)


def _admits_by_bot(term: Term) -> bool:
    """Whether the condition holds because the latest actor has a bot's name, with nothing else in the way."""
    if isinstance(term, Operation) and term.sign in ("&&", "||"):
        return any(_admits_by_bot(part) for part in term.operands) and not _asks_author(term)
    if not isinstance(term, Operation) or term.sign != "==":
        return False
    names = [part for part in term.operands if isinstance(part, Context) and part.path in _ACTORS]
    bots = [part for part in term.operands if isinstance(part, Literal) and names_bot(part.value)]
    return bool(names and bots)


def _asks_author(term: Term) -> bool:
    if isinstance(term, Context):
        return term.path[-2:] == ("user", "login") or "full_name" in term.path or "fork" in term.path
    parts = term.operands if isinstance(term, Operation) else term.arguments if isinstance(term, Call) else ()
    return any(_asks_author(part) for part in parts)


def _setting(node: Node, text: str, reason: str, instead: str, source: str) -> IneffectiveSetting:
    at = node.at
    return IneffectiveSetting(
        at=at,
        setting=Known(" ".join(text.split()), at),
        reason=Known(reason, at),
        instead=Known(instead, at),
        source=Known(source, at),
        protective=Known(_PROTECTS.search(text) is not None, at),
    )
