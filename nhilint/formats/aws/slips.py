"""Statements that do not do what they say, found in their resources and conditions, as facts for checks.

Amazon S3 refuses a bucket's policy whose actions fit no resource of their statement, or whose condition keys fit none
of its actions (MalformedPolicy: "Action does not apply to any resource(s) in statement", "Conditions do not apply to
combination of actions and resources in statement"). Such a policy is never in force, so that nothing is said of it.
Seen in github.com/ministryofjustice/modernisation-platform/pull/10762 and github.com/humanmade/S3-Uploads/issues/239,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.granted import name_of
from nhilint.formats.aws.vain_conditions import vain_conditions
from nhilint.formats.aws.vain_resources import in_vain
from nhilint.formats.aws.words import OWN_ACCOUNT
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.authority import PolicySlip
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.aws.statement import Statement
    from nhilint.formats.aws.vain_resources import Vain
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_NAMED = 4
_LABEL = Deferred(r":s3:::(?:[\w.-]*[A-Z_][\w.-]*|this|main|default|self|primary|bucket)(?:/\*)?$")
"""A bucket by the label of its block, known by a word that labels are or by what no name of a bucket holds: capitals
and underscores (docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, known, not re-read)."""
_CUT_OFF = Deferred(r"\$\{[^{}]{60,}\}|\{\{resolve:|:s3:::\*+$")
"""An expression so long that it is cut off, or a dynamic reference of CloudFormation, whose own slashes look like
the name's: suggested as it is it would name nothing. What a star is left of would name every bucket."""


_NOTHING = aws.ActionSet()


def slips_of(
    statements: Iterable[Statement],
    order: Sequence[int],
    *,
    of_bucket: bool = False,
    given: aws.ActionSet = _NOTHING,
) -> tuple[PolicySlip, ...]:
    """The slips of statements, in their order; in the policy of a bucket only those that Amazon S3 does not refuse.
    `order` is where each stands in its document, `given` what policies beside them allow on every resource."""
    held = tuple(statements)
    found: list[PolicySlip] = []
    for index, statement in zip(order, held, strict=True):
        lost = None if of_bucket else in_vain(statement)
        if lost is not None and statement.allows:
            lost = lost._replace(actions=tuple(w for w in lost.actions if not _is_given(w, statement, held, given)))
        found.extend(_of_resources(statement, index, lost if lost is not None and lost.actions else None))
        found.extend(_of_conditions(statement, index, held, None if of_bucket else given))
    return tuple(found)


def _of_resources(statement: Statement, index: int, lost: Vain | None) -> Iterator[PolicySlip]:
    """What is wrong with the resources of a statement; `lost` are those of its actions that nothing gives."""
    if lost is not None and statement.resources is not None:
        at = statement.resources.at
        yield PolicySlip(
            at=at,
            statement=Known(name_of(statement.node, index), statement.at),
            effect=statement.effect,
            leads_to=Known("never", at),
            word=Known(_some(lost.actions) + (f" on {lost.on}" if lost.on else ""), at),
            why=Known(lost.why, at),
            meant=_said(lost.meant, at),
        )


def _of_conditions(
    statement: Statement, index: int, held: tuple[Statement, ...], given: aws.ActionSet | None
) -> Iterator[PolicySlip]:
    """What is wrong with the conditions of a statement; `given` is None for a bucket's policy, whose statements may
    each be about somebody else."""
    for found in vain_conditions(statement, keys_are_checked=given is None):
        word, why = found.word, found.why
        if statement.allows and found.leads_to == "never" and statement.written:
            lost = statement.written
            if given is not None:
                lost = tuple(w for w in lost if not _is_given(w, statement, held, given, on_the_same=True))
            if not lost:
                continue
            word, why = _some(lost), f"its condition {word.replace(': ', ' = ', 1)} never holds, {why}"
        yield PolicySlip(
            at=found.at,
            statement=Known(name_of(statement.node, index), statement.at),
            effect=statement.effect,
            leads_to=Known(found.leads_to, found.at),
            word=Known(word, found.at),
            why=Known(why, found.at),
            meant=_said(found.meant, found.at),
        )


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:_NAMED]) + (" …" if len(words) > _NAMED else "")


def _is_given(
    word: str, but: Statement, held: tuple[Statement, ...], given: aws.ActionSet, *, on_the_same: bool = False
) -> bool:
    """Whether another statement allows an action on resources that fit it, or a policy beside them on every one.
    `on_the_same` asks for resources that the statement itself names, or some of them."""
    if (meant := aws.matching(word)) and meant <= given:
        return True
    own = value_of(but.resources) or ()
    for other in held:
        resources = value_of(other.resources) or ()
        if other is but or not other.allows or isinstance(other.matched, Unknown) or not meant <= other.matched:
            continue
        if any(found.leads_to == "never" for found in vain_conditions(other)):
            continue
        if any(aws.fits(word, it) and not (on_the_same and own and not _meets(it, own)) for it in resources):
            return True
    return False


def _meets(resource: str, others: tuple[str, ...]) -> bool:
    """Whether one of the others covers the resource, or is covered by it."""
    return any(aws.arn_matches(other, resource) or aws.arn_matches(resource, other) for other in others)


def _said(meant: str | None, at: Place) -> Fact[str]:
    """The suggestion; of an ARN that a reader put together from a reference, how to change what is written there."""
    if meant and meant.endswith(":*") and OWN_ACCOUNT in meant:
        return Known("the same ARN with :* behind it", at)
    if meant and (_CUT_OFF.search(meant) or _LABEL.search(meant)):
        return Known("the same ARN with /* behind it" if meant.endswith("/*") else "the ARN of the bucket alone", at)
    return Known(meant, at) if meant else None
