"""Policies on resources that no file of their folder declares, and folders that name much else which nobody declares:
Terraform refuses to plan such a folder.

"Reference to undeclared resource" is an error of `terraform validate` already (developer.hashicorp.com/terraform/
language/expressions/references: a managed resource is named where its own module declares it; read 2026-11-22), so that
what such a folder permits is in force nowhere. An excerpt, which is about policies alone, may have the rest elsewhere,
and so may a file that could not be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.terraform.claims import STOOD_ON
from nhilint.formats.terraform.referents import resource_named
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Module
    from nhilint.model.place import Place
    from nhilint.source.value import Value

_TYPES: Final = frozenset(word.decode().strip('"') for word in STOOD_ON)
_TARGETS: Final = (
    *("bucket", "queue_url", "arn", "secret_arn", "repository", "file_system_id", "domain_name", "backup_vault_name"),
    *("function_name", "event_bus_name", "cluster_arn"),
)
"""What the types of policies call the resource that they stand on."""
_ON_ANOTHER: Final = ("_policy", "_function_url", "_permission")
"""How types end that say who may use a resource which is declared by itself."""
_LOCAL: Final = Deferred(r"(?<![\w.-])local\.([A-Za-z_][\w-]*)")
_RESOURCE: Final = Deferred(r"(?<![\w.-])(aws_\w+)\.([A-Za-z_][\w-]*)(?:\[[^\[\]]{0,200}\])?\.[a-z*]")
_ROOT: Final = ("provider", "terraform")
_SEVERAL: Final = 2
"""How many names nobody declares before a folder counts as left over: one is a slip of the pen, or of the reader."""


def is_left_over(module: Module, fragments: Collection[Fragment]) -> bool:
    """Whether a folder cannot be planned: nobody calls it, it says of no provider or backend, and it names several
    locals and several resources of AWS that no file of it declares. Files for Terragrunt could bring these."""
    if module.callers or not _is_module(module) or any(one.is_unread or _is_run(one) for one in fragments):
        return False
    texts = [text for text in _expressions(module) if "local." in text]
    named = {name for text in texts for name in _LOCAL.findall(text)} - module.locals.keys()
    written = [one.content for one in fragments if isinstance(one.content, str) and "locals" in one.content]
    if len([name for name in named if not any(name in text for text in written)]) < _SEVERAL:
        return False
    meant = {key for text in _expressions(module) for key in _RESOURCE.findall(text)} - module.resources.keys()
    left = [key for key in meant if not any(_declares(one.content, *key) for one in fragments)]
    return len(left) >= _SEVERAL


def _is_run(fragment: Fragment) -> bool:
    """Whether a file says how its folder is run: with a provider, a backend, by Terragrunt, or a generator's JSON."""
    if fragment.at.path.endswith((".hcl", ".json")):
        return True
    content = fragment.content
    return any(word in content for word in _ROOT) if isinstance(content, dict | str) else False


def _expressions(module: Module) -> Iterator[str]:
    """The source text of every expression in the blocks of a module."""
    bodies: list[Value] = [block.body for block in (*module.resources.values(), *module.data.values())]
    waiting = [*bodies, *(called.body for called in (*module.calls, *module.elsewhere))]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Expression):
            yield current.text
        elif isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


def stands_on_nothing(at: Place, module: Module, fragments: Collection[Fragment]) -> bool:
    """Whether the policy declared at a place names a resource of its own module that no file of it declares."""
    block = module.resources.get((str(at.pointer[1]), str(at.pointer[2]))) if len(at.pointer) > 2 else None
    named = [resource_named(block.body.get(target)) for target in _TARGETS] if block is not None else []
    meant = next((one for one in named if one is not None), None)
    if not _is_module(module) or any(one.is_unread for one in fragments):
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
