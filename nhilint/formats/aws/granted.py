"""A statement becomes a grant: what its words mean, and what of it nothing narrows.

Facts about what is open (`unlimited_…`) hold for an Allow only, on resources that no pattern narrows, less what the
same document denies. A condition is told apart from them: checks ask for it themselves.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from nhilint.formats.aws.misspelling import slips, unknown_words
from nhilint.formats.aws.principals import principals
from nhilint.formats.aws.whole_services import gravity
from nhilint.formats.aws.words import patterns
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, known_records
from nhilint.model.vocabulary.statement import Grant
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.aws.statement import Statement
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_NAMED = 8
"""Actions that a fact names; enough for a message, never twenty thousand."""

_LEVELS = tuple(aws.Level)
_NOTHING = aws.ActionSet()
_WHOLE_SERVICE = Deferred(r"^([a-z0-9-]+):\*+$", flags=re.IGNORECASE)
_EVERY_ACTION = frozenset({"*", "*:*"})
_OVERVIEW = Deferred(r"^[a-z0-9-]+:(?:get|batchget|list|describe|read|search|view)?\*+$", flags=re.IGNORECASE)
"""Words that ask for all that can be read of a service, as auditors and support staff have it."""

_FEW_SERVICES = 3
_OF_REPORTS = frozenset({"cloudwatch", "logs", "xray", "sns", "support", "trustedadvisor"})
"""Services that an auditor also writes to: what it found, and where it ran."""

_MADE_BY = {
    "logs:DeleteLogGroup": "logs:CreateLogGroup",
    "ec2:DeleteFlowLogs": "ec2:CreateFlowLogs",
    "cloudtrail:DeleteTrail": "cloudtrail:CreateTrail",
    "cloudtrail:UpdateTrail": "cloudtrail:CreateTrail",
}
"""Ends of a record, each with the action by which whoever sets up such records makes them."""
_STORES = ("secretsmanager:GetSecretValue", "ssm:GetParameter*")
_DATA_SERVICES = ("s3:*", "dynamodb:*", "rds-data:*", "bedrock:*", "bedrock-agentcore:*", "codecommit:*", "ebs:*")
_ON_THE_CATALOG = "glue:*ResourcePolicy"
"""Actions on the one policy of an account's data catalog, which no resource narrows although they take some
(docs.aws.amazon.com/glue/latest/webapi/API_PutResourcePolicy.html, read 2026-11-22)."""
_TOLD_IN_FULL = frozenset({"unlimited_store_reads", "unlimited_data_reads"})
_LIMITED_PASSING = frozenset({"iam:passedtoservice", "iam:associatedresourcearn"})
_MEANINGS = (
    "levels",
    "action_count",
    "services",
    "whole_services",
    "sensitive_reads",
    "store_reads",
    "permission_actions",
    "resource_level_possible",
    "all_actions",
)
_LIMITS = (
    "unlimited_services",
    "unlimited_store_reads",
    "unlimited_data_reads",
    "unlimited_writes",
    "unlimited_permissions",
    "unlimited_silencing",
    "passes_any_role",
)


def grant(
    statement: Statement,
    index: int,
    own_account: str | None,
    denied: aws.ActionSet = _NOTHING,
    beside: Sequence[Statement] = (),
) -> Grant:
    """The grant that a statement states. `denied` is what its document forbids, `beside` all of its statements."""
    node = statement.node
    unknown = unknown_words(statement, beside)
    return Grant(
        at=node.at,
        name=Known(name_of(node, index), node.at),
        effect=statement.effect,
        actions=statement.actions,
        not_actions=statement.not_actions,
        resources=statement.resources,
        not_resources=statement.not_resources,
        principals=principals(node["Principal"], own_account) if "Principal" in node.value else (),
        not_principals=texts_of_principals(node["NotPrincipal"]) if "NotPrincipal" in node.value else None,
        conditions=statement.conditions,
        conditioned=statement.narrowed,
        all_resources=statement.everywhere,
        unknown_actions=unknown,
        misspelt_actions=slips(unknown),
        **_meaning(statement),  # type: ignore[arg-type]  # a fact for each keyword
        **_limits(statement, denied, beside),  # type: ignore[arg-type]
    )


def texts_of_principals(node: Node) -> Fact[tuple[str, ...]]:
    """A `NotPrincipal` as texts, whatever its types."""
    if node.is_mapping:
        values = [str(item.value) for _, entry in node.entries() for item in entry.items()]
        return Known(tuple(values), node.at)
    return patterns(node)


def _meaning(statement: Statement) -> dict[str, Fact[object]]:
    """What the words match, whatever the resources are."""
    matched = statement.matched
    if isinstance(matched, Unknown):
        return dict.fromkeys(_MEANINGS, matched)
    at = statement.words_at
    values: tuple[object, ...] = (
        tuple(level.value for level in _LEVELS if matched.at_level(level).bits),
        len(matched),
        tuple(sorted(matched.services()))[:_NAMED],
        _whole_services(statement),
        tuple(matched & _secrets()),
        tuple(matched & _stores()),
        _some(matched.at_level(aws.Level.PERMISSIONS)),
        len(matched.with_resource_types()) > 0,
    )
    facts: dict[str, Fact[object]] = {
        name: Known(value, at) for name, value in zip(_MEANINGS[:-1], values, strict=True)
    }
    return facts | {"all_actions": _all_actions(statement)}


def _all_actions(statement: Statement) -> Known[bool]:
    """Whether a word stands for every action of every service, at that word."""
    if _EVERY_ACTION.isdisjoint(statement.written):
        return Known(value=False, at=statement.words_at)
    return Known(value=True, at=next(w.at for w in statement.node["Action"].items() if w.value in _EVERY_ACTION))


def _limits(statement: Statement, denied: aws.ActionSet, beside: Sequence[Statement]) -> dict[str, Fact[object]]:
    """What is open: allowed, on resources that nothing narrows, and not forbidden by the same document.

    Where the resources are unknown, so is every fact that they could still decide.
    """
    if isinstance(statement.effect, Unknown):
        return dict.fromkeys(_LIMITS, statement.effect)
    if not statement.allows:
        return _open(statement, _NOTHING, beside)
    if not isinstance(statement.reached, Unknown):
        return _open(statement, statement.reached - denied, beside)
    if isinstance(statement.matched, Unknown):
        return dict.fromkeys(_LIMITS, statement.matched)
    unknown = statement.reached
    at_most = _open(statement, statement.matched - denied, beside)
    return {name: unknown if isinstance(f, Known) and f.value else f for name, f in at_most.items()}


def _open(statement: Statement, reached: aws.ActionSet, beside: Sequence[Statement]) -> dict[str, Fact[object]]:
    at = statement.words_at
    if not reached:
        nothing: dict[str, Fact[object]] = dict.fromkeys(_LIMITS[:-1], Known((), at))
        return nothing | {"passes_any_role": Known(value=False, at=at)}
    limitable = reached.with_resource_types() - aws.matching(_ON_THE_CATALOG)
    named = _named(statement, reached)
    held = (
        named & _stores(),
        named & limitable & _data(),
        _changes(limitable),
        limitable & aws.grave_changes(aws.GraveChange.OPENS_ACCESS),
        _silencing(reached, beside),
    )
    facts: dict[str, Fact[object]] = {"unlimited_services": _whole_and_open(statement, reached)}
    for name, actions in zip(_LIMITS[1:-1], held, strict=True):
        some = tuple(actions) if name in _TOLD_IN_FULL else _some(actions)
        facts[name] = Known(some, _word_giving(actions, statement))
    return facts | {"passes_any_role": _passes_any_role(statement, reached)}


def _whole_and_open(statement: Statement, reached: aws.ActionSet) -> Fact[tuple[str, ...]]:
    """The services that are open as a whole, at the word for the gravest of them."""
    services = tuple(service for service in _whole_services(statement) if _is_still_powerful(service, reached))
    gravest = min(services, key=gravity, default="")
    words = statement.node["Action"].items() if services else ()
    at = next((word.at for word in words if str(word.value).lower().rstrip("*") == f"{gravest}:"), None)
    return Known(services, at or statement.words_at)


def _word_giving(actions: aws.ActionSet, statement: Statement) -> Place:
    """The first word of a statement that matches some of the actions; its list where a NotAction does."""
    for word in statement.node["Action"].items() if actions else ():
        if isinstance(word.value, str) and aws.matching(word.value) & actions:
            return word.at
    return statement.words_at


def _silencing(reached: aws.ActionSet, beside: Sequence[Statement]) -> aws.ActionSet:
    """What ends a record or a guardrail, less what the same principal makes by any of its statements."""
    silences = reached & aws.grave_changes(aws.GraveChange.SILENCES)
    for ends, makes in _MADE_BY.items() if silences else ():
        if ends in silences and any(_allows(statement, makes) for statement in beside):
            silences = silences - aws.matching(ends)
    return silences


def _allows(statement: Statement, action: str) -> bool:
    return statement.allows and not isinstance(statement.matched, Unknown) and action in statement.matched


def _is_still_powerful(service: str, reached: aws.ActionSet) -> bool:
    """Whether what is open of a service still changes anything or lets secrets out."""
    held = reached & aws.matching(f"{service}:*")
    return len(_changes(held) | held & _stores()) > 0


def _named(statement: Statement, reached: aws.ActionSet) -> aws.ActionSet:
    """Of what is open, that which the statement asks for by name, or of services that it also changes.

    An auditor looks around in many services: words for all that can be read of a few ask for it by name, as the one for
    the store of secrets does beside any others, since AWS' own policies for auditors leave their content out. Secrets
    and parameters count for any statement that changes something.
    """
    readable = reached & (_stores() | _data())
    if not readable:
        return _NOTHING
    overviews = [word for word in statement.written if _OVERVIEW.match(word)]
    looks = [word for word in overviews if not _WHOLE_SERVICE.match(word)]
    services = {word.partition(":")[0].lower() for word in looks}
    asked = [word for word in statement.written if word not in overviews or _asks(word, services)]
    working = [word for word in statement.written if word not in looks]
    # AWS calls one of `cognito-idp:Get*` a write.
    in_passing = aws.matching_any(looks) - aws.matching_any(working)
    writes = _changes(reached - in_passing)
    changed = [f"{service}:*" for service in writes.services() & readable.services()]
    kept = readable & _stores() if writes.services() - _OF_REPORTS else _NOTHING
    return readable & (aws.matching_any(asked) | aws.matching_any(changed)) | kept


def _asks(overview: str, services: set[str]) -> bool:
    """Whether a word for all that can be read of a service means its content, by how many services are looked at."""
    service = overview.partition(":")[0].lower()
    return service in services and (len(services) <= _FEW_SERVICES or service == "secretsmanager")


def _changes(actions: aws.ActionSet) -> aws.ActionSet:
    return actions.at_level(aws.Level.WRITE) | actions.at_level(aws.Level.PERMISSIONS)


def _passes_any_role(statement: Statement, reached: aws.ActionSet) -> Known[bool]:
    at = statement.resources.at if isinstance(statement.resources, Known) else statement.at
    if "iam:PassRole" not in reached:
        return Known(value=False, at=at)
    keys = {c.key.value for c in known_records(statement.conditions) if isinstance(c.key, Known)}
    return Known(keys.isdisjoint(_LIMITED_PASSING), at)


def _whole_services(statement: Statement) -> tuple[str, ...]:
    return tuple(_services_written_whole(statement.written))


def _services_written_whole(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        match = _WHOLE_SERVICE.match(word) if word.endswith("*") else None
        if match and aws.is_known_service(match.group(1)):
            yield match.group(1).lower()


@cache
def _secrets() -> aws.ActionSet:
    return aws.sensitive_reads(aws.SensitiveRead.SECRET) | aws.sensitive_reads(aws.SensitiveRead.CREDENTIAL)


@cache
def _stores() -> aws.ActionSet:
    return aws.matching_any(_STORES)


@cache
def _data() -> aws.ActionSet:
    return aws.sensitive_reads(aws.SensitiveRead.DATA) & aws.matching_any(_DATA_SERVICES)


def name_of(node: Node, index: int) -> str:
    """What a statement is called: its id, else its position, as its own list has it where its place tells that: a
    document may hold the statements of others before its own."""
    sid = node["Sid"]
    if sid.is_text and sid.value:
        return str(sid.value)
    *_, section, last = ("", "", *node.at.pointer)
    if isinstance(last, int) and str(section).lower() == "statement":
        return f"statement {last + 1}"
    return f"statement {index + 1}"


def _some(actions: aws.ActionSet) -> tuple[str, ...]:
    """The first few actions by name."""
    found: list[str] = []
    for action in actions:
        found.append(action)
        if len(found) == _NAMED:
            break
    return tuple(found)
