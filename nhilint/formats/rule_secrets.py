"""Credentials in the rules of what an agent may run become credentials that the agent holds, and leave the rules.

Products append the whole command to their settings when somebody answers "always allow", with whatever stood in it. The
rules of every product pass through here once, so that no family has to think of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from nhilint.formats.command_secrets import secrets_of_command
from nhilint.formats.mcp.holding import HIDDEN
from nhilint.model.fact import Fact, Known, Record, Unknown, known_records, value_of
from nhilint.model.vocabulary import Agent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.fact import Many
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

One = TypeVar("One", bound=Record)

_SHORTEST = 12
"""A shorter rule holds no credential."""
_MOST = 100


def with_rules_cleared(resources: Iterable[Resource], document: Document) -> tuple[Resource, ...]:
    """The resources of a file; agents whose rules held credentials in clear hold them, and the rules show dots."""
    return tuple(_cleared(resource, document) for resource in resources)


def _cleared(resource: Resource, document: Document) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Agent):
        return resource
    secrets: dict[str, None] = {}
    found: list[Credential] = []
    for rule in known_records(facts.permissions):
        if len(found) < _MOST:
            found.extend(_held(rule, document, secrets))
    if not secrets:
        return resource
    held = facts.credentials if not isinstance(facts.credentials, Unknown) else ()
    cleared = replace(
        facts,
        credentials=(*held, *found),
        permissions=_shown(facts.permissions, ("rule", "argument", "reason"), secrets),
        ineffective=_shown(facts.ineffective, ("setting", "reason", "instead"), secrets),
    )
    return replace(resource, facts=cleared)


def _held(rule: Permission, document: Document, secrets: dict[str, None]) -> Iterator[Credential]:
    text = value_of(rule.rule) or ""
    if len(text) < _SHORTEST:
        return
    called = f"a text in a rule for {value_of(rule.tool) or 'commands'}"
    start = _start(text, rule, document)
    key = str(rule.at.pointer[-1]) if rule.at.pointer else ""
    at = rule.at.at_key() if start is None and key and (text in key or key in text) else rule.at
    credentials, hidden = secrets_of_command(text, at, called, start=start)
    secrets.update(dict.fromkeys(text[secret.start : secret.end] for secret in hidden))
    yield from credentials


def _start(text: str, rule: Permission, document: Document) -> int | None:
    """How many characters of what stands at the rule's place come before it; None where it is put together."""
    if rule.at.part == "key":
        return None
    try:
        written = document.at(rule.at.pointer)
    except (KeyError, IndexError, TypeError):
        return None
    place = written.find(text) if isinstance(written, str) else -1
    return place if place >= 0 else None


def _shown(many: Many[One], names: tuple[str, ...], secrets: Iterable[str]) -> Many[One]:
    if isinstance(many, Unknown):
        return many
    return tuple(one if isinstance(one, Unknown) else _without(one, names, secrets) for one in many)


def _without(record: One, names: tuple[str, ...], secrets: Iterable[str]) -> One:
    changed: dict[str, Fact[str]] = {}
    for name in names:
        fact = getattr(record, name)
        if isinstance(fact, Known):
            text = fact.value
            for secret in secrets:
                text = text.replace(secret, HIDDEN)
            if text != fact.value:
                changed[name] = Known(text, fact.at)
    return replace(record, **changed) if changed else record
