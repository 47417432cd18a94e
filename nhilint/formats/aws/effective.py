"""All statements of one principal taken together: what they allow after denials, and the escalations that follow.

A statement under a condition that narrows is left out: whether it helps an attacker cannot be told from here, and
silence is better than a guess. So is a denial that is itself conditioned or limited to some resources.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.conditions import conditions, narrows
from nhilint.formats.aws.statement import covers_all_resources, matched_actions
from nhilint.formats.aws.words import patterns
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.identity import Escalation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place

_BROAD = re.compile(r"^arn:[^:]*:(?P<service>[^:]*):[^:]*:[^:]*:(?:[\w-]+[:/])?\*$")


def allowed(statements: Sequence[Node], *, broadly: bool) -> aws.ActionSet:
    """What the statements allow after denials; with `broadly` only on resources that a wildcard leaves open."""
    total = aws.ActionSet()
    denied = aws.ActionSet()
    for statement in statements:
        matched = matched_actions(statement)
        if isinstance(matched, Unknown) or _is_conditioned(statement):
            continue
        if statement["Effect"].value == "Allow":
            total = total | (_on_broad_resources(statement, matched) if broadly else matched)
        elif statement["Effect"].value == "Deny" and _is_broad(statement):
            denied = denied | matched
    return total - denied


def is_admin(statements: Sequence[Node], at: Place) -> Fact[bool]:
    """Whether the statements together allow every action on every resource."""
    if len(allowed(statements, broadly=True)) == len(aws.everything()):
        return Known(value=True, at=at)
    for statement in statements:
        unread = (matched_actions(statement), covers_all_resources(statement))
        for fact in unread:
            if isinstance(fact, Unknown) and statement["Effect"].value == "Allow":
                return fact
    return Known(value=False, at=at)


def found_escalations(statements: Sequence[Node]) -> Many[Escalation]:
    """The simplest escalation paths whose every permission is granted where it would have to be."""
    broad = allowed(statements, broadly=True)
    if not broad or len(broad) == len(aws.everything()):
        return ()
    paths = sorted(aws.simplest(aws.escalations(broad)), key=lambda path: path.kind is aws.EscalationKind.RESOURCE)
    return tuple(_escalations(paths, statements))


def _escalations(paths: Iterable[aws.Escalation], statements: Sequence[Node]) -> Iterator[Escalation]:
    for path in paths:
        needed = min(path.requires, key=lambda actions: (len(actions), sorted(actions)))
        at = _first_place(needed, statements)
        yield Escalation(
            at=at,
            id=Known(path.id, at),
            name=Known(path.name, at),
            kind=Known(path.kind.value, at),
            actions=Known(tuple(sorted(needed)), at),
            url=Known(path.url, at) if path.url else None,
        )


def _first_place(needed: frozenset[str], statements: Sequence[Node]) -> Place:
    """The entry of an `Action` list that grants one of the permissions; the statement when it is a NotAction."""
    for statement in statements:
        if statement["Effect"].value != "Allow":
            continue
        for item in statement["Action"].items():
            if item.is_text and any(action in aws.matching(str(item.value)) for action in needed if "*" not in action):
                return item.at
    return statements[0].at


def _on_broad_resources(statement: Node, matched: aws.ActionSet) -> aws.ActionSet:
    if _is_broad(statement):
        return matched
    resources = patterns(statement["Resource"])
    if not isinstance(resources, Known):
        return aws.ActionSet()
    services = {found.group("service") for r in resources.value if (found := _BROAD.match(r))}
    return matched & aws.matching_any(f"{service}:*" for service in services if service)


def _is_broad(statement: Node) -> bool:
    if statement["NotResource"].exists:
        return True
    return any(item.value == "*" for item in statement["Resource"].items())


def _is_conditioned(statement: Node) -> bool:
    found = narrows(conditions(statement["Condition"]))
    return not (found is None or (isinstance(found, Known) and not found.value))
