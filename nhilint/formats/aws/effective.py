"""All statements of one principal taken together: what they allow after denials, and the escalations that follow.

A statement under a condition that narrows is left out: whether it helps an attacker cannot be told from here, and
silence is better than a guess. So is a denial that is itself conditioned or limited to some resources. The one
condition that is followed is `iam:PassedToService`, since it says itself which escalations remain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.conditions import asks_for_a_stack_alone, asks_for_tags_alone, only_passed_to
from nhilint.formats.aws.lent import policy_of
from nhilint.formats.aws.open_paths import by_actions, by_one_of_its_own
from nhilint.formats.aws.statement import denied_everywhere
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.escalation import Escalation, EscalationStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.aws.statement import Statement
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_OUT_OF_A_BOUNDARY = frozenset({"iam-022"})
"""Paths that are none for a principal without a permissions boundary."""

_RAISES_ITSELF: dict[str, tuple[str, ...]] = {
    "policy": ("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"),
    "role": ("iam:AttachRolePolicy", "iam:PutRolePolicy"),
    "user": ("iam:AttachUserPolicy", "iam:PutUserPolicy"),
}
"""Changes to itself by which a holder gains all it wants, by the kind of what its ARN names."""

_TAGS = {
    "iam:TagInstanceProfile": "instance-profile",
    "iam:TagPolicy": "policy",
    "iam:TagRole": "role",
    "iam:TagUser": "user",
}
"""Actions that set a tag on any such object, so that a condition on the tags of these keeps nobody back who may call
them (docs.aws.amazon.com/IAM/latest/UserGuide/access_iam-tags.html, read 2026-11-22)."""

_MAKES_A_STACK = ("cloudformation:CreateStack", "cloudformation:UpdateStack")
_ON_A_ROLE = frozenset({"iam-009"})
"""The path that attaches any policy to a role of the holder's choice."""
_ON_ITSELF = {":user/": frozenset({"iam-007", "iam-008"}), ":policy/": frozenset({"iam-001"})}
"""Paths by which a user gives itself any policy in one step, by what its own ARNs hold: that of the user, and that of a
policy which it carries. To raise a role it has to be able to enter that role as well."""
_BY_STARTING = frozenset(
    (
        "codebuild-002",
        "codebuild-003",
        "prowler-batchsubmitjob",
        "bedrock-002",
        "prowler-agentcorebrowsersessionconnect",
        "sts-001",
    )
)
"""Paths whose permissions are also what starting such work in the ordinary way takes, or of which another check tells;
they are told last."""

_OLD_ENDPOINTS = "glue-002"
_BY_CHANGING_STACKS = frozenset({"cloudformation-002", "cloudformation-005"})
"""Paths through stacks that are there, by the role that each of them has."""
_OF_STACKS = ("cloudformation", "cfn")
"""What the role is called with which CloudFormation makes things."""


def reached(statements: Iterable[Statement]) -> aws.ActionSet:
    """What the statements allow after denials, on resources that nothing narrows: not a tag either which the holder may
    set by itself, nor that CloudFormation asks, for who may make stacks."""
    held = list(statements)
    total, by_tags, by_stacks = aws.ActionSet(), aws.ActionSet(), aws.ActionSet()
    denied = denied_everywhere(held) | _without_a_boundary(held)
    for statement in held:
        if statement.allows and not isinstance(statement.reached, Unknown):
            if not statement.is_conditioned:
                total = total | statement.reached
            elif asks_for_tags_alone(statement.conditions):
                by_tags = by_tags | statement.reached
            elif asks_for_a_stack_alone(statement.conditions):
                by_stacks = by_stacks | statement.reached
    total = total - denied
    if by_stacks and any(action in total for action in _MAKES_A_STACK):
        total = (total | by_stacks) - denied
    return total | ((by_tags & _of_what_it_tags(total)) - denied) if by_tags else total


def _without_a_boundary(statements: Iterable[Statement]) -> aws.ActionSet:
    """What denials take off for principals without a certain boundary: what is done with these actions stays in it."""
    total = aws.ActionSet()
    for statement in statements:
        if statement.denies and isinstance(statement.matched, aws.ActionSet):
            asked = [value_of(one.key) for one in known_records(statement.conditions)]
            total = total | (statement.matched if "iam:permissionsboundary" in asked else aws.ActionSet())
    return total


def _of_what_it_tags(allowed: aws.ActionSet) -> aws.ActionSet:
    """The actions on kinds of principals and policies that somebody may tag who is allowed this much."""
    settable = aws.ActionSet()
    for action, kind in _TAGS.items():
        if action in allowed:
            settable = settable | (aws.acting_on("iam", kind) or aws.ActionSet())
    return settable


def reached_on_itself(statements: Iterable[Statement], own: Sequence[str]) -> aws.ActionSet:
    """What the statements allow on the holder itself and on policies that it carries, whose ARNs are `own`.

    Only actions by which the holder of that ARN raises itself: on anything else the same action needs another target.
    """
    held = list(statements)
    total = aws.ActionSet()
    for statement in held:
        named = statement.resources.value if isinstance(statement.resources, Known) else ()
        if not statement.allows or statement.is_conditioned or isinstance(statement.matched, Unknown):
            continue
        for arn in own:
            if any(is_within(word, arn) for word in named):
                total = total | (statement.matched & _raising(arn))
    return total - denied_everywhere(held)


def is_within(pattern: str, arn: str) -> bool:
    """Whether a pattern of `Resource` covers an ARN of IAM, each in the account that its policy stands in."""
    return aws.arn_matches(_of_any_account(pattern), _of_any_account(arn))


def _raising(arn: str) -> aws.ActionSet:
    """The actions that raise the privileges of whoever is or carries what an ARN names."""
    kind = arn.rpartition(":")[2].partition("/")[0]
    return aws.matching_any(_RAISES_ITSELF.get(kind, ()))


def _of_any_account(arn: str) -> str:
    """An ARN of IAM without its account: a policy is only ever used in its own. AWS's own policies stay apart."""
    head, iam, rest = arn.partition(":iam::")
    account, colon, name = rest.partition(":") if not rest.startswith("${") else ("", ":", rest.partition("}:")[2])
    return arn if not iam or not colon or account == "aws" else f"{head}:iam::0:{name}"


def undecided_ways(statements: Sequence[Statement], broad: aws.ActionSet) -> Unknown | None:
    """Why there may be more ways than those found: what a template still leaves open would complete one.

    None where even the widest reading of the templates opens none that change whose privileges the holder has.
    """
    open_questions: list[Unknown] = []
    widest = broad
    for statement in statements:
        if not statement.allows or statement.is_conditioned or not isinstance(statement.reached, Unknown):
            continue
        if isinstance(statement.matched, Unknown):
            return statement.matched
        open_questions.append(statement.reached)
        widest = widest | statement.matched
    if not open_questions:
        return None
    ways = aws.escalations(widest - denied_everywhere(statements))
    grave = any(way.kind is not aws.EscalationKind.RESOURCE and way.id not in _OUT_OF_A_BOUNDARY for way in ways)
    return open_questions[0] if grave else None


def steps_of(path: Escalation, statements: Sequence[Statement]) -> Iterator[EscalationStep]:
    """Where the permissions of a way are granted, one link for each place."""
    places: dict[Place, list[str]] = {}
    for action in path.actions.value if isinstance(path.actions, Known) else ():
        places.setdefault(_first_place(frozenset({action}), statements), []).append(action)
    for at, actions in places.items():
        yield EscalationStep(at=at, does=Known(" and ".join(actions), at))


def is_admin(statements: Sequence[Statement], broad: aws.ActionSet, at: Place) -> Fact[bool]:
    """Whether the statements together allow every action on every resource; `broad` is what they reach.

    Unknown only where the widest reading of what a template leaves open would come to that."""
    if _is_everything(broad, statements):
        return Known(value=True, at=at)
    open_questions: list[Unknown] = []
    widest = broad
    for statement in statements:
        if statement.denies:
            continue
        if isinstance(statement.matched, Unknown):
            return statement.matched
        if isinstance(statement.everywhere, Unknown):
            open_questions.append(statement.everywhere)
            widest = widest | statement.matched
    return open_questions[0] if open_questions and widest == aws.everything() else Known(value=False, at=at)


def _is_everything(broad: aws.ActionSet, statements: Sequence[Statement]) -> bool:
    """Whether everything is reached, or most of it, less what denials take off that leave the holder every change of
    its rights, and with them the way to be rid of the denial."""
    if broad == aws.everything():
        return True
    whole = any(
        one.allows and not one.is_conditioned and one.reached == aws.everything()
        for one in statements
        if isinstance(one.reached, aws.ActionSet)
    )
    raising = aws.matching_any([action for actions in _RAISES_ITSELF.values() for action in actions])
    return whole and raising <= broad and len(broad) * 2 > len(aws.everything())


def found_escalations(
    statements: Sequence[Statement], broad: aws.ActionSet, *, has_boundary: bool = False, own: Sequence[str] = ()
) -> tuple[Escalation, ...]:
    """The simplest escalation paths whose every permission is granted where it would have to be.

    `broad` is what the statements reach, `own` the ARNs of the holder and of the policies that it carries.
    """
    if _is_everything(broad, statements):
        return ()
    broad = broad | reached_on_itself(statements, own)
    found = dict.fromkeys((*by_actions(broad, statements), *by_one_of_its_own(broad, statements)))
    paths = [
        path for path in found if (has_boundary or path.id not in _OUT_OF_A_BOUNDARY) and not _is_held(path, broad)
    ]
    straight = _straight_for(own)
    in_order = sorted(aws.simplest(paths), key=lambda p: (_is_of_old_endpoints(p, broad), *_gravity(p, straight)))
    return tuple(sorted(_escalations(in_order, statements), key=_is_ordinary))


def _is_held(path: aws.Escalation, broad: aws.ActionSet) -> bool:
    """Whether a path opens only what its holder has anyway: the whole service, on everything."""
    whole = (f"{service}:*" for service in path.services)
    return path.kind is aws.EscalationKind.RESOURCE and all(aws.matching(words) <= broad for words in whole)


def _is_of_old_endpoints(path: aws.Escalation, broad: aws.ActionSet) -> bool:
    """Whether a path leads through development endpoints of Glue only because everything in Glue is allowed, which is
    what jobs of it are run with: what else is open comes first."""
    return path.id == _OLD_ENDPOINTS and aws.matching("glue:*") <= broad


def _straight_for(own: Sequence[str]) -> frozenset[str]:
    """The paths that give a user everything in one step, by what is its own; everybody else raises a role."""
    if not any(":user/" in arn for arn in own):
        return frozenset()
    return frozenset().union(*(paths for kind, paths in _ON_ITSELF.items() if any(kind in arn for arn in own)))


def _gravity(path: aws.Escalation, straight: frozenset[str]) -> tuple[bool, bool, int]:
    """What comes first: ways that need nothing but IAM itself, above all one's own rights raised in one step."""
    by_iam = any(all(action.startswith(("iam:", "sts:")) for action in actions) for actions in path.requires)
    order = 0 if path.id in straight else 1 if path.id in _ON_A_ROLE else 2
    return path.kind is aws.EscalationKind.RESOURCE, path.id in _BY_STARTING, order if by_iam else 3


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


def _is_ordinary(way: Escalation) -> bool:
    return value_of(way.ordinary) is True


def _makes_stacks_as_one_role(statements: Sequence[Statement]) -> bool:
    """Whether the holder may make stacks and hands CloudFormation one role, which is named: what changing stacks gains
    it, making one does already (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html, from
    a survey)."""
    handed: set[str] = set()
    makes = to_stacks = False
    for statement in statements:
        if not statement.allows or isinstance(statement.matched, Unknown):
            continue
        makes = makes or "cloudformation:CreateStack" in statement.matched
        if "iam:PassRole" in statement.matched:
            handed.update(value_of(statement.resources) or ("*",))
            to_stacks = "cloudformation.amazonaws.com" in only_passed_to(statement.conditions)
    role = next(iter(handed)).rpartition(":")[2].lower() if len(handed) == 1 else "*"
    return makes and "*" not in role and (to_stacks or any(word in role for word in _OF_STACKS))


def _escalations(paths: Iterable[aws.Escalation], statements: Sequence[Statement]) -> Iterator[Escalation]:
    by_one_role = _makes_stacks_as_one_role(statements)
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
            through=_policy_giving(needed, statements),
            ordinary=Known(value=True, at=at) if by_one_role and path.id in _BY_CHANGING_STACKS else None,
        )


def _first_place(needed: frozenset[str], statements: Sequence[Statement]) -> Place:
    """The entry of an `Action` list that grants one of the permissions; the statement when it is a NotAction.

    One that grants it on every resource comes before one that names some.
    """
    wanted = [action for action in needed if "*" not in action]
    first = _first_giving(wanted, statements)
    return statements[0].at if first is None else _word_at(first, wanted)


def _policy_giving(needed: frozenset[str], statements: Sequence[Statement]) -> Fact[str]:
    """The AWS-managed policy that gives the first of the permissions; None where the file writes it out."""
    first = _first_giving([action for action in needed if "*" not in action], statements)
    called = policy_of(first) if first is not None else None
    return Known(called, first.at) if called and first is not None else None


def _first_giving(wanted: Sequence[str], statements: Sequence[Statement]) -> Statement | None:
    for everywhere in (True, False):
        for statement in statements:
            granted = statement.reached if everywhere else statement.matched
            if statement.allows and isinstance(granted, aws.ActionSet) and any(one in granted for one in wanted):
                return statement
    return None


def _word_at(statement: Statement, wanted: list[str]) -> Place:
    for item in statement.node["Action"].items():
        if isinstance(item.value, str) and any(action in aws.matching(item.value) for action in wanted):
            return item.at
    return statement.at
