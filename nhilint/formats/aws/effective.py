"""All statements of one principal taken together: what they allow after denials, and the escalations that follow.

A statement under a condition that narrows is left out: whether it helps an attacker cannot be told from here, and
silence is better than a guess. So is a denial that is itself conditioned or limited to some resources. The one
condition that is followed is `iam:PassedToService`, since it says itself which escalations remain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.conditions import only_passed_to
from nhilint.formats.aws.reach import names_any_role
from nhilint.formats.aws.statement import denied_everywhere
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.identity import Escalation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.aws.statement import Statement
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_OUT_OF_A_BOUNDARY = frozenset({"iam-022"})
"""Paths that are none for a principal without a permissions boundary."""

_RECEIVED_BY = {
    "autoscaling": "ec2",
    "batch": "ecs-tasks",
    "ecs": "ecs-tasks",
    "eks": "pods.eks",
    "elasticmapreduce": "ec2",
    "imagebuilder": "ec2",
}
"""Services that hand a role on to another one, whose name iam:PassedToService then has."""

_BY_STARTING = frozenset(
    (
        "codebuild-002",
        "codebuild-003",
        "prowler-batchsubmitjob",
        "bedrock-002",
        "prowler-agentcorebrowsersessionconnect",
    )
)
"""Paths whose permissions are also what starting such work in the ordinary way takes; they are told last."""


def reached(statements: Iterable[Statement]) -> aws.ActionSet:
    """What the statements allow after denials, on resources that nothing narrows."""
    held = list(statements)
    total = aws.ActionSet()
    for statement in held:
        if statement.allows and not statement.is_conditioned and not isinstance(statement.reached, Unknown):
            total = total | statement.reached
    return total - denied_everywhere(held)


def is_admin(statements: Sequence[Statement], broad: aws.ActionSet, at: Place) -> Fact[bool]:
    """Whether the statements together allow every action on every resource; `broad` is what they reach."""
    if broad == aws.everything():
        return Known(value=True, at=at)
    for statement in statements:
        for fact in (statement.matched, statement.everywhere):
            if isinstance(fact, Unknown) and not statement.denies:
                return fact
    return Known(value=False, at=at)


def found_escalations(
    statements: Sequence[Statement], broad: aws.ActionSet, *, has_boundary: bool = False
) -> tuple[Escalation, ...]:
    """The simplest escalation paths whose every permission is granted where it would have to be.

    `broad` is what the statements reach.
    """
    if broad == aws.everything():
        return ()
    paths = [path for path in _open_paths(broad, statements) if has_boundary or path.id not in _OUT_OF_A_BOUNDARY]
    ordered = sorted(
        aws.simplest(paths), key=lambda path: (path.kind is aws.EscalationKind.RESOURCE, path.id in _BY_STARTING)
    )
    return tuple(_escalations(ordered, statements))


def escalations_beyond(
    held: Sequence[Statement], attached: Sequence[Sequence[Statement]], *, has_boundary: bool
) -> tuple[Escalation, ...]:
    """The paths of all that a principal holds together, less those that one attached policy opens by itself.

    An attached policy is judged where it stands; its own paths are told there.
    """
    together = [*held, *(statement for statements in attached for statement in statements)]
    told = {value_of(path.id) for statements in attached for path in found_escalations(statements, reached(statements))}
    found = found_escalations(together, reached(together), has_boundary=has_boundary)
    return tuple(path for path in found if value_of(path.id) not in told)


def _open_paths(broad: aws.ActionSet, statements: Sequence[Statement]) -> Iterator[aws.Escalation]:
    """The paths that the actions open, and those that open for the services a role may be passed to."""
    services = _passed_to(statements)
    if "iam:PassRole" in broad or not services:
        yield from aws.escalations(broad)
        return
    for path in aws.escalations(broad | aws.matching("iam:PassRole")):
        if not path.needs_pass_role or any(_is_received(service, services) for service in path.services):
            yield path


def _passed_to(statements: Sequence[Statement]) -> frozenset[str]:
    """The services that any role may be passed to, as iam:PassedToService spells them."""
    services: set[str] = set()
    for statement in statements:
        if not statement.allows or isinstance(statement.matched, Unknown) or "iam:PassRole" not in statement.matched:
            continue
        if names_any_role(statement.resources):
            services.update(only_passed_to(statement.conditions))
    denied = "iam:PassRole" in denied_everywhere(statements)
    return frozenset() if denied else frozenset(services)


def _is_received(service: str, services: frozenset[str]) -> bool:
    names = {service, _RECEIVED_BY.get(service, service)}
    return any(passed == "*" or passed.partition(".amazonaws")[0].rstrip("*") in names for passed in services)


def _escalations(paths: Iterable[aws.Escalation], statements: Sequence[Statement]) -> Iterator[Escalation]:
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


def _first_place(needed: frozenset[str], statements: Sequence[Statement]) -> Place:
    """The entry of an `Action` list that grants one of the permissions; the statement when it is a NotAction."""
    wanted = [action for action in needed if "*" not in action]
    for statement in statements:
        if not statement.allows or not isinstance(statement.reached, aws.ActionSet):
            continue
        if not any(action in statement.reached for action in wanted):
            continue
        for item in statement.node["Action"].items():
            if isinstance(item.value, str) and any(action in aws.matching(item.value) for action in wanted):
                return item.at
        return statement.at
    return statements[0].at
