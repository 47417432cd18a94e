"""Whether a resource's policy turns strangers away again whom one of its statements admits.

A Deny for everybody does so where all that it compares is about the caller (its organisation, account, network, or that
a service calls) and its actions cover what the open statements allow. One that asks for encryption, as guides have it
for uploads, or for a second factor, asks for what a stranger can bring. Which resources a Deny names is not compared.
Keys: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, from a survey; a Deny for uploads
without encryption: docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html, from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.conditions import MET_BY_STRANGERS
from nhilint.knowledge.aws.wildcard import wildcard_test
from nhilint.model.fact import Known, Unknown, known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.vocabulary.statement import Condition, Grant

_OF_THE_CALLER = (
    *("aws:principal", "aws:source", "aws:vpcsource", "aws:ec2instancesource", "aws:userid", "aws:username"),
    *("aws:via", "aws:calledvia", "kms:calleraccount", "kms:viaservice", "s3:dataaccesspoint", "s3:accesspoint"),
)


def turned_away(grants: Sequence[Grant]) -> bool:
    """Whether strangers are denied whatever statements allow everybody, and there is a denial of strangers at all."""
    denials = [one for one in grants if _denies_strangers(one)]
    opened = [one for one in grants if value_of(one.effect) == "allow" and _is_for_everybody(one)]
    opened = [one for one in opened if value_of(one.conditioned) is not True]
    return bool(denials) and all(_is_covered(one, denials) for one in opened)


def _denies_strangers(stated: Grant) -> bool:
    """Whether a Deny is for everybody who is not a certain caller."""
    denies = value_of(stated.effect) == "deny" and value_of(stated.conditioned) is True
    return denies and _is_for_everybody(stated) and _asks_who_calls(stated)


def _is_for_everybody(stated: Grant) -> bool:
    everybody = any(value_of(one.kind) == "anyone" for one in known_records(stated.principals))
    return everybody or stated.not_principals is not None


def _asks_who_calls(stated: Grant) -> bool:
    """Whether each comparison is about the caller; one that cannot be read may be."""
    if isinstance(stated.conditions, Unknown):
        return True
    return all(isinstance(one, Unknown) or _is_about_the_caller(one) for one in stated.conditions)


def _is_about_the_caller(condition: Condition) -> bool:
    key, operator = condition.key, value_of(condition.operator) or ""
    if not isinstance(key, Known):
        return True
    return key.value.startswith(_OF_THE_CALLER) and key.value not in MET_BY_STRANGERS and operator != "Null"


def _is_covered(opened: Grant, denials: Sequence[Grant]) -> bool:
    """Whether some denial names each of the actions that a statement allows."""
    stated = opened.actions
    if not isinstance(stated, Known):
        return isinstance(stated, Unknown) or any(value_of(one.all_actions) is True for one in denials)
    return all(any(_names(one, action.lower()) for one in denials) for action in stated.value)


def _names(denial: Grant, action: str) -> bool:
    if isinstance(denial.not_actions, Known):
        return not any(wildcard_test(one.lower())(action) for one in denial.not_actions.value)
    if not isinstance(denial.actions, Known):
        return True
    return any(wildcard_test(one.lower())(action) for one in denial.actions.value)
