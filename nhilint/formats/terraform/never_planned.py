"""Policies on resources that no file of their folder declares: Terraform refuses to plan such a folder.

"Reference to undeclared resource" is an error of `terraform validate` already (developer.hashicorp.com/terraform/
language/expressions/references: a managed resource is named where its own module declares it; read 2026-11-22), so that
what such a folder permits is in force nowhere. An excerpt, which is about policies alone, may have the rest elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.terraform.claims import STOOD_ON
from nhilint.formats.terraform.referents import resource_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Module
    from nhilint.model.place import Place

_TYPES: Final = frozenset(word.decode().strip('"') for word in STOOD_ON)
_TARGETS: Final = (
    *("bucket", "queue_url", "arn", "secret_arn", "repository", "file_system_id", "domain_name", "backup_vault_name"),
    *("function_name", "event_bus_name", "cluster_arn"),
)
"""What the types of policies call the resource that they stand on."""
_ON_ANOTHER: Final = ("_policy", "_function_url", "_permission")
"""How types end that say who may use a resource which is declared by itself."""


def stands_on_nothing(at: Place, module: Module, fragments: Iterable[Fragment]) -> bool:
    """Whether the policy declared at a place names a resource of its own module that no file of it declares."""
    block = module.resources.get((str(at.pointer[1]), str(at.pointer[2]))) if len(at.pointer) > 2 else None
    named = [resource_named(block.body.get(target)) for target in _TARGETS] if block is not None else []
    meant = next((one for one in named if one is not None), None)
    if not _is_module(module):
        return False
    return meant is not None and meant[0] in _TYPES and not any(_declares(one.content, *meant) for one in fragments)


def _is_module(module: Module) -> bool:
    """Whether a folder takes or gives anything, or makes something besides policies and what those stand on."""
    made = any(kind not in _TYPES and not kind.endswith(_ON_ANOTHER) for kind, _ in module.resources)
    return made or bool(module.variables or module.outputs or module.callers)


def _declares(content: object, kind: str, label: str) -> bool:
    if isinstance(content, str):
        return f'"{label}"' in content and f'"{kind}"' in content
    declared = content.get("resource") if isinstance(content, dict) else None
    of_kind = declared.get(kind) if isinstance(declared, dict) else None
    return label in of_kind if isinstance(of_kind, dict) else isinstance(declared, list)
