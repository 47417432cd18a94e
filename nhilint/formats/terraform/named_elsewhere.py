"""Statements of a queue's or topic's policy that name another queue or topic, and so let nobody into their own.

Names are compared with their expressions left standing: `${var.jobs}` and `${var.jobs}.fifo` differ whatever the
variable holds, `${var.jobs}` and `${var.name}` may be one. A name is told only where it has no star and nothing that
another instance of the block would fill in otherwise. One that is named by reference to another block
(`aws_sqs_queue.jobs.arn`) is left: a block copied with its policy, which is told as it was meant. SQS and SNS store
such a policy; the `Resource` decides what it is about
(docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html, as known on
2026-11-23, page not re-read).
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from nhilint.formats.aws.documents import statements
from nhilint.formats.terraform.referents import resource_named
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.identity import ResourcePolicy

_NAMED_BY: Final = {"aws_sqs_queue_policy": "queue_url", "aws_sns_topic_policy": "arn"}
_SERVICES: Final = {"aws_sqs_queue": "sqs", "aws_sns_topic": "sns"}
_FILLED_IN = Deferred(r"\$\{[^{}]{0,200}\}")
_OF_AN_INSTANCE = Deferred(r"\b(?:each|count|self|aws:\w)")
_BY_REFERENCE: Final = "${AWS."
"""How the resolver writes the account and region in the ARN of a block that a value refers to."""
_PARTS_OF_ARN: Final = 6
_FIRST_MARK: Final = 0xE000
"""Characters for private use: one stands for each expression while texts are compared."""


def about_its_own(policy: ResourcePolicy, document: Node, block: Block, resolver: Resolver) -> ResourcePolicy:
    """The policy without the allowing statements that surely name another queue or topic."""
    owner = _owner(block, resolver)
    if owner is None or "name" not in owner.body:
        return policy
    name = resolver.text(owner.body["name"], owner.spot.to("name"))
    service = _SERVICES[owner.kind]
    lost = {one.at for one in statements(document) if _is_about_another(one, service, name)}
    without = [g for g in known_records(policy.grants) if g.at in lost and value_of(g.effect) == "allow"]
    if not without or isinstance(policy.grants, Unknown) or isinstance(policy.slips, Unknown):
        return policy
    names = {value_of(g.name) for g in without}
    grants = tuple(g for g in policy.grants if g not in without)
    slips = tuple(s for s in policy.slips if isinstance(s, Unknown) or value_of(s.statement) not in names)
    return replace(policy, grants=grants, slips=slips)


def _owner(block: Block, resolver: Resolver) -> Block | None:
    if block.kind in _SERVICES:
        return block
    named = resource_named(block.body.get(_NAMED_BY[block.kind])) if block.kind in _NAMED_BY else None
    owner = resolver.module.resources.get(named) if named is not None else None
    return owner if owner is not None and owner.kind in _SERVICES else None


def _is_about_another(statement: Node, service: str, name: str) -> bool:
    resources = [word.value for word in statement["Resource"].items()]
    return bool(name and resources) and all(
        isinstance(one, str) and _is_of_another(one, service, name) for one in resources
    )


def _is_of_another(arn: str, service: str, name: str) -> bool:
    """Whether an ARN of the service surely names something else."""
    marks: dict[str, str] = {}
    if _BY_REFERENCE in arn:
        return False

    def mark(part: re.Match[str]) -> str:
        return marks.setdefault(part[0], chr(_FIRST_MARK + len(marks)))

    parts = _FILLED_IN.sub(mark, arn).split(":")
    called = _FILLED_IN.sub(mark, name)
    of_service = len(parts) == _PARTS_OF_ARN and parts[0] == "arn" and parts[2] == service
    if not of_service or any(map(_OF_AN_INSTANCE.search, marks)):
        return False
    return not {"*", "?", "$"} & {*parts[-1], *called} and _differ(parts[-1], called, set(marks.values()))


def _differ(one: str, other: str, marks: set[str]) -> bool:
    """Whether two texts differ in what stands there literally, once the same begin and end are taken away."""
    begin = _same(one, other)
    one, other = one[begin:], other[begin:]
    end = _same(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return one != other and marks.isdisjoint(one + other)


def _same(one: str, other: str) -> int:
    """How many characters from the begin on are the same."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)
