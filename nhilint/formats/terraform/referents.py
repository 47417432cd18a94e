"""What attributes of AWS resources stand for, as far as a policy cares: a name or an ARN, never a wildcard.

The label of the block stands in for the name that it has or will get. Source: the attribute references of the AWS
provider, registry.terraform.io/providers/hashicorp/aws/latest/docs, partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.words import NO_FORM, OWN_ACCOUNT, OWN_REGION
from nhilint.knowledge.aws import form_of_type
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Module
    from nhilint.source.value import Value

_HERE = f"{OWN_REGION}:{OWN_ACCOUNT}"
_SHAPES = {
    "aws_iam_role": f"arn:aws:iam::{OWN_ACCOUNT}:role/",
    "aws_iam_user": f"arn:aws:iam::{OWN_ACCOUNT}:user/",
    "aws_iam_group": f"arn:aws:iam::{OWN_ACCOUNT}:group/",
    "aws_iam_policy": f"arn:aws:iam::{OWN_ACCOUNT}:policy/",
    "aws_iam_instance_profile": f"arn:aws:iam::{OWN_ACCOUNT}:instance-profile/",
    "aws_s3_bucket": "arn:aws:s3:::",
    "aws_lambda_function": f"arn:aws:lambda:{_HERE}:function:",
    "aws_dynamodb_table": f"arn:aws:dynamodb:{_HERE}:table/",
    "aws_kms_key": f"arn:aws:kms:{_HERE}:key/",
    "aws_secretsmanager_secret": f"arn:aws:secretsmanager:{_HERE}:secret:@-??????",
    "aws_cloudwatch_log_group": f"arn:aws:logs:{_HERE}:log-group:",
}
_ACCOUNT_DATA = {
    ("aws_caller_identity", "account_id"): OWN_ACCOUNT,
    ("aws_caller_identity", "id"): OWN_ACCOUNT,
    ("aws_partition", "partition"): "aws",
    ("aws_partition", "id"): "aws",
    ("aws_partition", "dns_suffix"): "amazonaws.com",
    ("aws_region", "name"): OWN_REGION,
    ("aws_region", "id"): OWN_REGION,
    ("aws_region", "region"): OWN_REGION,
}
_NAMES = frozenset({"name", "id", "bucket", "function_name", "unique_id", "key_id", "target_key_id"})
_OWN_ARNS = frozenset({"arn", "execution_arn", "iam_arn", "invoke_arn", "qualified_arn", "qualified_invoke_arn"})
"""Attributes that hold the ARN of the resource itself; `role_arn`, `kms_key_arn` and the like hold another's."""

_REFERENCE = Deferred(r'^"?(?:\$\{)?\s*([A-Za-z_]\w*)\.([\w-]+)(?:\[[^\]]*\])?\.\w+\s*\}?"?$')


_INDEX = Deferred(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]|\.[0-9*]+(?=\.|$)")


def steps_of(reference: str) -> list[str]:
    """The names of a reference, its indices left out."""
    return _INDEX.sub("", reference).split(".")


def resource_named(value: Value) -> tuple[str, str] | None:
    """The type and label of the resource that a value refers to."""
    text = value.text if isinstance(value, Expression) else ""
    found = _REFERENCE.match(text) if len(text) < 300 else None
    return (found[1], found[2]) if found and found[1] not in ("var", "local", "data", "module", "each") else None


def attribute_of(kind: str, label: str, attribute: str) -> str | None:
    """What an attribute of a resource gives; None where the configuration cannot tell."""
    if not kind.startswith("aws_"):
        return None
    if (kind, attribute) == ("aws_kms_alias", "target_key_arn"):
        return _arn_of("aws_kms_key", label)
    if (kind, attribute) == ("aws_dynamodb_table", "stream_arn"):
        return f"{_arn_of(kind, label)}/stream/{label}"
    if attribute in _OWN_ARNS or (attribute.endswith("_arn") and kind.endswith(f"_{attribute.removesuffix('_arn')}")):
        return _arn_of(kind, label)
    return label if attribute in _NAMES else None


def _arn_of(kind: str, label: str) -> str:
    """The ARN of a resource, the label in the place of its name."""
    shape = _SHAPES.get(kind)
    if shape is not None:
        return shape.replace("@", label) if "@" in shape else shape + label
    _, service, *rest = kind.split("_")
    form = form_of_type(service, "-".join(rest)) or form_of_type(service, "".join(rest))
    return f"arn:aws:{service}:{_HERE}:{form.resource.replace('*', label) if form else f'{NO_FORM}{label}'}"


def data_attribute(module: Module, kind: str, label: str, attribute: str) -> str | None:
    """What an attribute of a data source gives."""
    if (kind, attribute) in _ACCOUNT_DATA:
        return _ACCOUNT_DATA[kind, attribute]
    if kind == "google_iam_role" and attribute in ("name", "id") and (kind, label) in module.data:
        name = module.data[kind, label].body.get("name")
        return name if isinstance(name, str) else None
    if kind == "aws_iam_policy" and attribute == "arn":
        return _policy_looked_up(module.data[kind, label].body) if (kind, label) in module.data else None
    if (kind, attribute) == ("aws_kms_alias", "arn") and (kind, label) in module.data:
        return _alias_looked_up(module.data[kind, label].body.get("name"), label)
    return attribute_of(kind, label, attribute) if attribute == "arn" else None


def _policy_looked_up(body: dict[str, Value]) -> str | None:
    """A policy found by its ARN or by its name, which tells AWS's own policies as well as an ARN does."""
    stated = (body.get("arn"), body.get("name"))
    return next((value for value in stated if isinstance(value, str)), None)


def _alias_looked_up(name: Value, label: str) -> str | None:
    """The ARN of an alias that is found by its name, which tells those of AWS' own keys (`alias/aws/…`) from others:
    every user and role of an account may use these (docs.aws.amazon.com/secretsmanager/latest/apireference/
    API_CreateSecret.html of `aws/secretsmanager`, read 2026-11-23)."""
    if isinstance(name, str):
        return f"arn:aws:kms:{_HERE}:{name}"
    is_told = isinstance(name, Expression) and name.text.startswith('"alias/') and "alias/aws" not in name.text
    return f"arn:aws:kms:{_HERE}:alias/{label}" if is_told else None
