"""One statement of a policy: its words, what they mean in the action table, and the grant that they make.

Shared by every syntax that carries AWS statements; a syntax hands over a node whose keys are the policy language's own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.aws.conditions import conditions, narrows
from nhilint.formats.aws.misspelling import slips, unknown_words
from nhilint.formats.aws.principals import principals
from nhilint.formats.aws.reach import covers_every_resource, left_open
from nhilint.formats.aws.words import patterns, unfilled
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.identity import Condition, Grant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Level

_NAMED = 8
_NOTHING = aws.ActionSet()
_WHOLE_SERVICE = re.compile(r"^([a-z0-9-]+):\*+$", re.IGNORECASE)
_STORES = ("secretsmanager:GetSecretValue", "ssm:GetParameter*")
_OVERVIEW = re.compile(r"^[a-z0-9-]+:(?:get|batchget|list|describe|read|search|view)?\*+$", re.IGNORECASE)
"""Words that ask for all that can be read of a service, as auditors and support staff have it."""
_DATA_SERVICES = ("s3:*", "dynamodb:*", "rds-data:*", "bedrock:*", "bedrock-agentcore:*", "codecommit:*", "ebs:*")
_MEANINGS = (
    "levels",
    "action_count",
    "services",
    "all_actions",
    "whole_services",
    "sensitive_reads",
    "store_reads",
    "permission_actions",
    "resource_level_possible",
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


class Statement(Struct, frozen=True):
    """A statement with its words read once.

    `matched` are the actions that its words match, `reached` those of them that its resources leave open.
    """

    node: Node
    effect: Fact[Literal["allow", "deny"]]
    actions: Fact[tuple[str, ...]]
    not_actions: Fact[tuple[str, ...]]
    resources: Fact[tuple[str, ...]]
    not_resources: Fact[tuple[str, ...]]
    conditions: Many[Condition]
    narrowed: Fact[bool]
    everywhere: Fact[bool]
    matched: aws.ActionSet | Unknown
    reached: aws.ActionSet | Unknown

    @property
    def at(self) -> Place:
        """The place of the statement."""
        return self.node.at

    @property
    def allows(self) -> bool:
        """Whether it says Allow."""
        return isinstance(self.effect, Known) and self.effect.value == "allow"

    @property
    def denies(self) -> bool:
        """Whether it says Deny."""
        return isinstance(self.effect, Known) and self.effect.value == "deny"

    @property
    def is_conditioned(self) -> bool:
        """Whether a condition narrows it, or may."""
        return isinstance(self.narrowed, Unknown) or (self.narrowed is not None and self.narrowed.value)


def read_statement(node: Node) -> Statement:
    """Read a node whose keys are those of a statement."""
    actions, not_actions = patterns(node["Action"]), patterns(node["NotAction"])
    resource, not_resource = node["Resource"], node["NotResource"]
    resources = patterns(resource)
    asked = conditions(node["Condition"])
    everywhere = covers_every_resource(resource, not_resource, resources)
    matched = _matched(actions, not_actions)
    return Statement(
        node=node,
        effect=_effect(node["Effect"]),
        actions=actions,
        not_actions=not_actions,
        resources=resources,
        not_resources=patterns(not_resource),
        conditions=asked,
        narrowed=narrows(asked),
        everywhere=everywhere,
        matched=matched,
        reached=left_open(matched, everywhere, resources),
    )


def denied_everywhere(statements: Iterable[Statement]) -> aws.ActionSet:
    """What the statements forbid on every resource and without a condition."""
    total = aws.ActionSet()
    for statement in statements:
        if not statement.denies or statement.is_conditioned or isinstance(statement.matched, Unknown):
            continue
        if isinstance(statement.everywhere, Known) and statement.everywhere.value:
            total = total | statement.matched
    return total


def grant(statement: Statement, index: int, own_account: str | None, denied: aws.ActionSet | None = None) -> Grant:
    """The grant that a statement states. `denied` is what its document forbids all the same."""
    node = statement.node
    unknown = unknown_words(node, statement.effect, statement.matched)
    return Grant(
        at=node.at,
        name=Known(_name(node, index), node.at),
        effect=statement.effect,
        actions=statement.actions,
        not_actions=statement.not_actions,
        resources=statement.resources,
        not_resources=statement.not_resources,
        principals=principals(node["Principal"], own_account),
        not_principals=_flat(node["NotPrincipal"]),
        conditions=statement.conditions,
        conditioned=statement.narrowed,
        all_resources=statement.everywhere,
        unknown_actions=unknown,
        misspelt_actions=slips(unknown),
        **_meaning(statement),  # type: ignore[arg-type]  # a fact for each keyword
        **_limits(statement, denied or _NOTHING),  # type: ignore[arg-type]
    )


def _matched(actions: Fact[tuple[str, ...]], not_actions: Fact[tuple[str, ...]]) -> aws.ActionSet | Unknown:
    """Every action that the words match; unknown when one of them is a template."""
    words = actions if actions is not None else not_actions
    if words is None:
        return aws.ActionSet()
    if isinstance(words, Unknown):
        return words
    if any(unfilled(word) for word in words.value):
        return Unknown("a template", words.at)
    return aws.matching_any(words.value) if actions is not None else aws.complement(words.value)


def _meaning(statement: Statement) -> dict[str, Fact[object]]:
    """What the words match, whatever the resources are."""
    matched = statement.matched
    if isinstance(matched, Unknown):
        return dict.fromkeys(_MEANINGS, matched)
    at = _words_at(statement)
    levels: tuple[Level, ...] = tuple(level.value for level in sorted(matched.levels()))
    values: tuple[object, ...] = (
        levels,
        len(matched),
        tuple(sorted(matched.services()))[:_NAMED],
        any(word in ("*", "*:*") for word in _written(statement)),
        tuple(_whole_services(statement)),
        tuple(matched & _secrets()),
        tuple(matched & _stores()),
        _some(matched.at_level(aws.Level.PERMISSIONS)),
        len(matched.with_resource_types()) > 0,
    )
    return {name: Known(value, at) for name, value in zip(_MEANINGS, values, strict=True)}


def _limits(statement: Statement, denied: aws.ActionSet) -> dict[str, Fact[object]]:
    """What is open: allowed, on resources that nothing narrows, and not forbidden by the same document."""
    if isinstance(statement.effect, Unknown):
        return dict.fromkeys(_LIMITS, statement.effect)
    if statement.allows and isinstance(statement.reached, Unknown):
        return dict.fromkeys(_LIMITS, statement.reached)
    at = _words_at(statement)
    allowed = statement.reached if statement.allows and isinstance(statement.reached, aws.ActionSet) else _NOTHING
    reached = allowed - denied
    limitable = reached.with_resource_types()
    named = _named(statement, reached)
    values: tuple[object, ...] = (
        tuple(service for service in _whole_services(statement) if _is_still_powerful(service, reached)),
        tuple(named & _stores()),
        tuple(named & _data()),
        _some(_changes(limitable)),
        _some(limitable & aws.grave_changes(aws.GraveChange.OPENS_ACCESS)),
        _some(reached & aws.grave_changes(aws.GraveChange.SILENCES)),
    )
    facts: dict[str, Fact[object]] = {
        name: Known(value, at) for name, value in zip(_LIMITS, values, strict=False)
    }
    facts["passes_any_role"] = _passes_any_role(statement, reached)
    return facts


def _is_still_powerful(service: str, reached: aws.ActionSet) -> bool:
    """Whether what is open of a service still changes anything or lets secrets out."""
    held = reached & aws.matching(f"{service}:*")
    return len(_changes(held) | held & _stores()) > 0


@cache
def _secrets() -> aws.ActionSet:
    return aws.sensitive_reads(aws.SensitiveRead.SECRET) | aws.sensitive_reads(aws.SensitiveRead.CREDENTIAL)


@cache
def _stores() -> aws.ActionSet:
    return aws.matching_any(_STORES)


@cache
def _data() -> aws.ActionSet:
    return aws.sensitive_reads(aws.SensitiveRead.DATA) & aws.matching_any(_DATA_SERVICES)


def _named(statement: Statement, reached: aws.ActionSet) -> aws.ActionSet:
    """Of what is open, that which the statement asks for by name, or of services that it also changes."""
    asked = [word for word in _written(statement) if not _OVERVIEW.match(word)]
    changed = [f"{service}:*" for service in _changes(reached).services()]
    return reached & (aws.matching_any(asked) | aws.matching_any(changed))


def _changes(actions: aws.ActionSet) -> aws.ActionSet:
    return actions.at_level(aws.Level.WRITE) | actions.at_level(aws.Level.PERMISSIONS)


def _passes_any_role(statement: Statement, reached: aws.ActionSet) -> Known[bool]:
    at = statement.resources.at if isinstance(statement.resources, Known) else statement.at
    keys = {c.key.value for c in _known(statement.conditions) if isinstance(c.key, Known)}
    limited = not keys.isdisjoint({"iam:passedtoservice", "iam:associatedresourcearn"})
    return Known("iam:PassRole" in reached and not limited, at)


def _known(many: Many[Condition]) -> tuple[Condition, ...]:
    return () if isinstance(many, Unknown) else tuple(c for c in many if isinstance(c, Condition))


def _whole_services(statement: Statement) -> Iterator[str]:
    for word in _written(statement):
        match = _WHOLE_SERVICE.match(word)
        if match and aws.is_known_service(match.group(1)):
            yield match.group(1).lower()


def _written(statement: Statement) -> tuple[str, ...]:
    """The words of `Action`; none where the statement has `NotAction`."""
    return statement.actions.value if isinstance(statement.actions, Known) else ()


def _words_at(statement: Statement) -> Place:
    node = statement.node
    return (node["Action"] if statement.actions is not None else node["NotAction"]).at


def _effect(node: Node) -> Fact[Literal["allow", "deny"]]:
    text = node.text()
    if not isinstance(text, Known):
        return text
    if text.value == "Allow":
        return Known("allow", node.at)
    return Known("deny", node.at) if text.value == "Deny" else Unknown("neither Allow nor Deny", node.at)


def _flat(node: Node) -> Fact[tuple[str, ...]]:
    """A `NotPrincipal` as texts, whatever its types."""
    if node.is_mapping:
        values = [str(item.value) for _, entry in node.entries() for item in entry.items()]
        return Known(tuple(values), node.at)
    return patterns(node)


def _name(node: Node, index: int) -> str:
    sid = node["Sid"]
    return str(sid.value) if sid.is_text and sid.value else f"statement {index + 1}"


def _some(actions: aws.ActionSet) -> tuple[str, ...]:
    """The first few actions by name; enough for a message, never twenty thousand."""
    found: list[str] = []
    for action in actions:
        found.append(action)
        if len(found) == _NAMED:
            break
    return tuple(found)
