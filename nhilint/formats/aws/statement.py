"""One statement of a policy with its words read once: what they match, where, and under which conditions.

Shared by every syntax that carries AWS statements; a syntax hands over a node whose keys are the policy language's own.
What a statement gives away is told in `granted`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.aws.conditions import conditions, narrows
from nhilint.formats.aws.reach import covers_every_resource, left_open
from nhilint.formats.aws.words import patterns, unfilled
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.statement import Condition

Effect = Literal["allow", "deny"]


class Statement(Struct, frozen=True):
    """A statement with its words read once.

    `matched` are the actions that its words match, `reached` those of them that its resources leave open.
    """

    node: Node
    effect: Fact[Effect]
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
    def words_at(self) -> Place:
        """The place of its `Action` or `NotAction`."""
        words = self.actions if self.actions is not None else self.not_actions
        return words.at if words is not None else self.node.at

    @property
    def written(self) -> tuple[str, ...]:
        """The words of `Action`; none where the statement has `NotAction`."""
        return self.actions.value if isinstance(self.actions, Known) else ()

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
    """Read a node whose keys are those of a statement. Most lack most of them, which is cheap to see first."""
    stated = node.value
    actions = patterns(node["Action"]) if "Action" in stated else None
    not_actions = patterns(node["NotAction"]) if "NotAction" in stated else None
    resources = patterns(node["Resource"]) if "Resource" in stated else None
    not_resources = patterns(node["NotResource"]) if "NotResource" in stated else None
    asked = conditions(node["Condition"]) if "Condition" in stated else ()
    everywhere = covers_every_resource(node, resources)
    matched = _matched(actions, not_actions)
    known = _texts_that_are_known(node["Resource"]) if isinstance(resources, Unknown) else ()
    return Statement(
        node=node,
        effect=_effect(node["Effect"]),
        actions=actions,
        not_actions=not_actions,
        resources=resources,
        not_resources=not_resources,
        conditions=asked,
        narrowed=narrows(asked, names_callers="Principal" in stated),
        everywhere=everywhere,
        matched=matched,
        reached=left_open(matched, everywhere, resources, known),
    )


def _texts_that_are_known(node: Node) -> tuple[str, ...]:
    """Those of a list of texts that no run fills in."""
    return tuple(i.value for i in node.items() if isinstance(i.value, str) and not unfilled(i.value))


def without_other_accounts(statement: Statement) -> Statement:
    """The same, where a file fills in its own account and so writes out only the numbers of others.

    What others' secrets, objects or functions let in is theirs to say: naming all of them opens nothing."""
    if not isinstance(statement.resources, Known):
        return statement
    own = tuple(pattern for pattern in statement.resources.value if aws.account_of(pattern) is None)
    left = Known(own, statement.resources.at)
    return replace(statement, reached=left_open(statement.matched, statement.everywhere, left))


def denied_everywhere(statements: Iterable[Statement]) -> aws.ActionSet:
    """What the statements forbid on every resource and without a condition."""
    total = aws.ActionSet()
    for statement in statements:
        if not statement.denies or statement.is_conditioned or isinstance(statement.matched, Unknown):
            continue
        if isinstance(statement.everywhere, Known) and statement.everywhere.value:
            total = total | statement.matched
    return total


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


def _effect(node: Node) -> Fact[Effect]:
    text = node.text()
    if not isinstance(text, Known):
        return text
    if text.value == "Allow":
        return Known("allow", node.at)
    return Known("deny", node.at) if text.value == "Deny" else Unknown("neither Allow nor Deny", node.at)
