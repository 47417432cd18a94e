"""Which escalation paths the actions of a principal open: by what a role may be passed to, and by patterns of names
that leave it to whoever makes a thing what to call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.conditions import only_passed_to
from nhilint.formats.aws.reach import names_any_role
from nhilint.formats.aws.statement import denied_everywhere
from nhilint.knowledge import aws
from nhilint.model.fact import Unknown, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.aws.statement import Statement

_RECEIVED_BY = {
    "autoscaling": "ec2",
    "batch": "ecs-tasks",
    "ecs": "ecs-tasks",
    "eks": "pods.eks",
    "elasticmapreduce": "ec2",
    "imagebuilder": "ec2",
}
"""Services that hand a role on to another one, whose name iam:PassedToService then has."""
_BY_ONE_OF_ITS_OWN = {
    "own-role-made-and-attached": ":role/",
    "own-role-made-and-written": ":role/",
    "own-user-made-and-attached": ":user/",
    "own-user-made-and-written": ":user/",
}
"""Paths that make a principal and fill it, with what its ARN holds."""


def by_actions(broad: aws.ActionSet, statements: Sequence[Statement]) -> Iterator[aws.Escalation]:
    """The paths that the actions open, and those that open for the services a role may be passed to."""
    services = _passed_to(statements)
    if "iam:PassRole" in broad or not services:
        yield from aws.escalations(broad)
        if "iam:PassRole" in broad:
            yield from _ways_through_new_things(broad, statements)
        return
    for path in aws.escalations(broad | aws.matching("iam:PassRole")):
        if not path.needs_pass_role or any(is_received(service, services) for service in path.services):
            yield path


def by_one_of_its_own(broad: aws.ActionSet, statements: Sequence[Statement]) -> Iterator[aws.Escalation]:
    """The paths that make a role or user under a name that a pattern leaves open and give it any policy: the
    pattern limits what it is called, and only a boundary what it may do. A denial of these actions may ask for one."""
    kept_back = [one.matched for one in statements if one.denies]
    by_pattern = _allowed_by_pattern(statements)
    for path in aws.all_escalations() if by_pattern else ():
        kind = _BY_ONE_OF_ITS_OWN.get(path.id)
        if kind is None:
            continue
        wanted = [aws.matching_any(actions) for actions in path.requires]
        denied = any(isinstance(one, Unknown) or any(one & needed for needed in wanted) for one in kept_back)
        together = [allowed | broad for pattern, allowed in by_pattern.items() if kind in pattern]
        if not denied and any(needed <= allowed for needed in wanted for allowed in together):
            yield path


def _allowed_by_pattern(statements: Sequence[Statement]) -> dict[str, aws.ActionSet]:
    """What is allowed without a condition on roles and users whose names a pattern leaves open, by that pattern."""
    found: dict[str, aws.ActionSet] = {}
    for statement in statements:
        if not statement.allows or statement.is_conditioned or isinstance(statement.matched, Unknown):
            continue
        for pattern in value_of(statement.resources) or ():
            if "*" in pattern.partition(":iam:")[2].partition("/")[2]:
                found[pattern] = found.get(pattern, aws.ActionSet()) | statement.matched
    return found


def _ways_through_new_things(broad: aws.ActionSet, statements: Sequence[Statement]) -> Iterator[aws.Escalation]:
    """The paths that hand any role to something new: whoever makes it gives it a name that the pattern leaves open."""
    named = aws.ActionSet()
    for statement in statements:
        free = any("*" in resource for resource in value_of(statement.resources) or ())
        if statement.allows and free and not statement.is_conditioned and not isinstance(statement.matched, Unknown):
            named = named | statement.matched
    known = aws.escalations(broad)
    for path in aws.escalations(broad | (named - denied_everywhere(statements))):
        if path.kind is aws.EscalationKind.NEW_COMPUTE and path not in known:
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


def is_received(service: str, services: frozenset[str]) -> bool:
    """Whether one of the services to which a role may be handed, as AWS spells them, is where a path's service runs."""
    names = {service, _RECEIVED_BY.get(service, service)}
    return any(passed == "*" or passed.partition(".amazonaws")[0].rstrip("*") in names for passed in services)
