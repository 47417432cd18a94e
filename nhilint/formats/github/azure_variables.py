"""Recognises scripts in which Terraform signs in to Azure by variables that hold a stored secret of an application.

The provider takes `ARM_CLIENT_SECRET` from the environment, and does without it where `ARM_USE_OIDC` is set and the job
may ask for a token of its own. Told only where the secret itself is seen, and at one step of a job. Sources, pages
not re-read: registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/service_principal_client_secret and
…/guides/service_principal_oidc.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import CloudLogin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node

_TOOLS = ("terraform", "tofu", "terragrunt")
_WORKS = Deferred(
    r"(?:^|[;&|({]|\bthen\b|\bdo\b)\s*(?:terraform|tofu|terragrunt)(?:\s+-[^\s;&|]+){0,6}\s+(?:run-all\s+)?"
    r"(?:init|plan|apply|destroy|import|refresh)\b",
    flags=re.MULTILINE,
)
_SECRET = Deferred(r"^\s*\$\{\{\s*secrets\.\w{1,100}\s*\}\}\s*$", flags=re.IGNORECASE)
_KEY = "ARM_CLIENT_SECRET"
_FEDERATED = ("ARM_USE_OIDC", "ARM_OIDC_TOKEN", "ARM_USE_MSI")


def signs_in_by_variables(script: Node, environments: Sequence[Node], job: Node) -> CloudLogin | None:
    """The login of the first script of a job that works on Azure with a stored secret; None for any other script."""
    if not _works(script):
        return None
    key = next((node for environment in environments if (node := environment[_KEY]).exists), None)
    if key is None or not isinstance(key.value, str) or _SECRET.search(key.value) is None:
        return None
    if any(_is_on(environment.value_under(name)) for environment in environments for name in _FEDERATED):
        return None
    earlier = (step["run"] for step in job["steps"].items() if not step["env"][_KEY].exists and _works(step["run"]))
    if key.pointer[:-1] != (*script.pointer[:-1], "env") and next(earlier, script).pointer != script.pointer:
        return None
    return CloudLogin(at=key.at, provider=Known("azure", script.at), by=Known("static", key.at))


def _works(script: Node) -> bool:
    text = script.value
    return isinstance(text, str) and any(tool in text for tool in _TOOLS) and _WORKS.search(text) is not None


def _is_on(value: object) -> bool:
    return isinstance(value, str | bool | int) and str(value).strip().lower() not in ("", "false", "0")
