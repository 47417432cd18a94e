"""Recognises scripts that sign in to Azure or AWS by variables that hold a stored key.

Terraform's provider for Azure takes `ARM_CLIENT_SECRET` from the environment, and does without it where `ARM_USE_OIDC`
is set and the job may ask for a token of its own. Everything that works on AWS takes `AWS_ACCESS_KEY_ID`; told is only
what says besides in which of Amazon's regions, in a variable or in the command itself, or calls a service that nobody
but Amazon answers for, and whose key is not called after a store that only speaks S3 or after the state that Terraform
keeps in one. A session token beside it makes it temporary. Told only where the secret itself is seen, and at one step
of a job.

Sources, pages not re-read: registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides (service principal by
client secret, by OIDC) and docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import CloudLogin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node


class _Cloud(Struct, frozen=True):
    """The variable with the key, the words of which each script that uses it has one, and the commands that do."""

    provider: Literal["azure", "aws"]
    key: str
    tools: tuple[str, ...]
    works: Deferred


_BEGINS = r"(?:^|[;&|({]|\bthen\b|\bdo\b)\s*"
_TERRAFORM = (
    r"(?:terraform|tofu|terragrunt)(?:\s+-[^\s;&|]+){0,6}\s+(?:run-all\s+)?(?:init|plan|apply|destroy|import|refresh)\b"
)
_TOOLS = ("terraform", "tofu", "terragrunt")
_DEPLOYS = r"(?:npx\s+)?(?:cdk|sam|serverless|sls)\s+deploy\b"
_AMAZONS = rf"aws\s+(?!configure\b|--version\b)[a-z]|{_DEPLOYS}"
_CLOUDS = (
    _Cloud("azure", "ARM_CLIENT_SECRET", _TOOLS, Deferred(_BEGINS, _TERRAFORM, flags=re.MULTILINE)),
    _Cloud(
        "aws",
        "AWS_ACCESS_KEY_ID",
        (*_TOOLS, "aws", "deploy"),
        Deferred(rf"{_BEGINS}(?:{_TERRAFORM}|{_AMAZONS})", flags=re.MULTILINE),
    ),
)
_SECRET = Deferred(r"^\s*\$\{\{\s*secrets\.(\w{1,100})\s*\}\}\s*$", flags=re.IGNORECASE)
_FEDERATED = ("ARM_USE_OIDC", "ARM_OIDC_TOKEN", "ARM_USE_MSI")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
_A_REGION = (
    r"(?:[a-z]{2}-(?:gov-)?[a-z]{4,9}-\d(?![\w-])|\$\{\{\s*(?:vars|secrets|env)\.AWS_(?:DEFAULT_)?REGION\s*\}\})"
)
_REGION = Deferred(_A_REGION)
_SAYS_REGION = Deferred(rf"(?:--region[ =]|-backend-config[ =][\"']?region=)[\"']?{_A_REGION}")
_ONLY_AMAZON = Deferred(rf"{_BEGINS}(?:aws\s+(?!configure\b|s3\b|s3api\b)[a-z]|{_DEPLOYS})", flags=re.MULTILINE)
"""Commands of services that other stores do not imitate; those of S3 work on any of them."""
_ELSEWHERE = "AWS_ENDPOINT_URL"
_TEMPORARY = "AWS_SESSION_TOKEN"
_OF_ANOTHER_STORE = Deferred(
    r"R2|B2|MINIO|SPACES|WASABI|CLOUDFLARE|BACKBLAZE|CEPH|GARAGE|SCW|SCALEWAY|HETZNER|LINODE|TIGRIS|S3|STATE|BACKEND",
    flags=re.IGNORECASE,
)
_ENDPOINT = "--endpoint"


def signs_in_by_variables(script: Node, environments: Sequence[Node], job: Node) -> CloudLogin | None:
    """The login of the first script of a job that works on a cloud with a stored key; None for any other script."""
    for cloud in _CLOUDS:
        key = _key_of(cloud, environments, str(script.value)) if _works(script, cloud) else None
        if key is not None and _is_first(script, cloud, key, job):
            by: Known[Literal["oidc", "static"]] = Known("static", key.at)
            return CloudLogin(at=key.at, provider=Known(cloud.provider, script.at), by=by)
    return None


def _key_of(cloud: _Cloud, environments: Sequence[Node], commands: str) -> Node | None:
    """The variable with a stored key, where nothing beside it says that there is a token of the job's too."""
    key = next((node for environment in environments if (node := environment[cloud.key]).exists), None)
    stored = _SECRET.search(key.value) if key is not None and isinstance(key.value, str) else None
    if stored is None:
        return None
    if cloud.provider == "azure":
        is_on = any(_is_on(environment.value_under(name)) for environment in environments for name in _FEDERATED)
        return None if is_on else key
    return key_for_amazon(environments) if _is_at_amazon(environments, commands) else None


def _is_at_amazon(environments: Sequence[Node], commands: str) -> bool:
    """Whether a region of Amazon's is said, or a command calls Amazon alone; a region of another store denies it."""
    found = (environment.value_under(name) for environment in environments for name in _REGIONS)
    regions = [region for region in found if isinstance(region, str)]
    if any(_REGION.fullmatch(region) for region in regions):
        return True
    is_another = any("${{" not in region for region in regions)
    return not is_another and any(pattern.search(commands) for pattern in (_SAYS_REGION, _ONLY_AMAZON))


def key_for_amazon(environments: Sequence[Node]) -> Node | None:
    """The variable with a stored key of AWS; None for a temporary one, and for that of a store that only speaks S3."""
    key = next((node for one in environments if (node := one["AWS_ACCESS_KEY_ID"]).exists), None)
    stored = _SECRET.search(key.value) if key is not None and isinstance(key.value, str) else None
    names = {name for environment in environments for name, _ in environment.entries()}
    if stored is None or _TEMPORARY in names or any(name.startswith(_ELSEWHERE) for name in names):
        return None
    return key if _OF_ANOTHER_STORE.search(stored[1]) is None else None


def _is_first(script: Node, cloud: _Cloud, key: Node, job: Node) -> bool:
    """Whether the key is the step's own, or no script before works with the same."""
    if key.pointer[:-1] == (*script.pointer[:-1], "env"):
        return True
    steps = (step for step in job["steps"].items() if not step["env"][cloud.key].exists)
    earlier = (step["run"] for step in steps if _works(step["run"], cloud))
    return next(earlier, script).pointer == script.pointer


def _works(script: Node, cloud: _Cloud) -> bool:
    text = script.value
    if not isinstance(text, str) or not any(tool in text for tool in cloud.tools) or _ENDPOINT in text:
        return False
    return cloud.works.search(text) is not None


def _is_on(value: object) -> bool:
    return isinstance(value, str | bool | int) and str(value).strip().lower() not in ("", "false", "0")
