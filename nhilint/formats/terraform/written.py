"""Credentials written into Terraform: arguments of providers, resources and modules, defaults of variables, `*.tfvars`.

What a provider's schema marks as a secret without its name saying so is listed here. Sources: registry.terraform.io,
the pages of the resources named below (hashicorp/aws, hashicorp/google, hashicorp/azurerm, hashicorp/vault,
hashicorp/tfe, integrations/github, gitlabhq/gitlab), and
developer.hashicorp.com/terraform/language/manage-sensitive-data; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.terraform.conditionals import lists_and_objects
from nhilint.formats.terraform.json_syntax import as_hcl
from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.formats.written_secrets.texts import Texts
from nhilint.knowledge.credentials.names import is_credential_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_SECRET = {
    "aws_secretsmanager_secret_version": "secret_string",
    "google_secret_manager_secret_version": "secret_data",
    "azurerm_key_vault_secret": "value",
    "github_actions_secret": "plaintext_value",
    "github_actions_environment_secret": "plaintext_value",
    "github_actions_organization_secret": "plaintext_value",
    "github_dependabot_secret": "plaintext_value",
}
_MARKS = {"sensitive": True, "masked": True, "type": "SecureString"}
"""Attributes beside a `value` by which a resource says that it is a secret."""
_AWS_SECRET = "aws_secret_access_key"  # noqa: S105 - a name
_LABELLED = {"provider": 1, "resource": 2, "data": 2, "module": 1, "variable": 1}


def written_in(document: Document, claim: Claim) -> Iterator[Resource]:
    """The credentials in clear of a file of HCL or its JSON."""
    value = document.value
    if not isinstance(value, dict):
        return
    if document.path.endswith(".tfvars"):
        leaves = Texts(document.path).below(value, (), "", "")
    else:
        content = as_hcl(value) if document.path.endswith(".json") else value
        leaves = _leaves(document.path, content)
    yield from written_credentials(leaves, document.text, claim.format)


def _leaves(path: str, value: dict[str, Value]) -> Iterator[Leaf]:
    for block, labels in _LABELLED.items():
        yield from _labelled(path, value.get(block), (block,), labels)
    yield from Texts(path, branches=lists_and_objects).below(value.get("locals"), ("locals",), "")
    yield from Texts(path, branches=lists_and_objects).below(value.get("terraform"), ("terraform",), "", "the backend")


def _labelled(path: str, value: Value, pointer: tuple[str | int, ...], labels: int) -> Iterator[Leaf]:
    if labels:
        for label, inner in value.items() if isinstance(value, dict) else ():
            yield from _labelled(path, inner, (*pointer, label), labels - 1)
        return
    block, *names = (str(step) for step in pointer)
    owner = ".".join(names) if block in ("resource", "data") else f"{block} {names[-1]}"
    kind = names[0] if block == "resource" else ""

    def marked(key: str, holder: dict[str, Value]) -> bool:
        said = key == "value" and any(holder.get(name) == mark for name, mark in _MARKS.items())
        return _SECRET.get(kind) == key or (said and bool(kind))

    if block != "variable":
        for leaf in Texts(path, marked, lists_and_objects).below(value, pointer, names[-1], owner):
            is_of_aws = block == "provider" and names[-1] == "aws" and leaf.name == "secret_key"
            yield replace(leaf, name=_AWS_SECRET) if is_of_aws else leaf
        return
    for index, body in enumerate(value) if isinstance(value, list) else ():
        default = body.get("default") if isinstance(body, dict) else None
        for leaf in Texts(path, branches=lists_and_objects).below(default, (*pointer, index, "default"), names[-1]):
            is_part = isinstance(default, dict) and is_credential_name(leaf.name)
            yield replace(leaf, name=f"{names[-1]}_{leaf.name}") if is_part else leaf
