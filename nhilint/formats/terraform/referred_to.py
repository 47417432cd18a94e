"""The service accounts of a module to which more of it refers than what gives them roles, and its roles that are used.

Whatever runs as an account, has a key of it, lets somebody become it or hands its address on has to name it: a block of
a machine or service, a key, a binding on the account itself, an argument of a call, a local or an output. Only the
bindings of a project, folder, organization or other resource name it to give it something. An output of a module that
the repository calls hands nothing on where none of its callers names the call. Source:
registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_iam, read 2026-11-23.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nhilint.formats.terraform.named_documents import texts_in
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.terraform.module import Module
    from nhilint.source.value import Value

_NAMED = Deferred(r"\bgoogle_service_account\.([\w-]+)")
_GIVES = Deferred(r"_iam_(?:member|binding|policy|audit_config)$")
_ON_ACCOUNT = "google_service_account_iam_"
_ROLE = Deferred(r"\bazurerm_role_definition\.([\w-]+)")


def accounts_used(module: Module) -> frozenset[str]:
    """The labels of those accounts. What lets somebody become one of them is told by itself, and says how an account
    is taken whose address is an output as well."""
    entered = bindings_on_accounts(module).keys()
    handed = _named_in(module.outputs.values()) - entered if _asked_for(module) else frozenset()
    return _named_in(_using(module)) | handed


def _named_in(values: Iterable[Value]) -> frozenset[str]:
    return frozenset(label for value in values for text in texts_in(value) for label in _NAMED.findall(text))


def bindings_on_accounts(module: Module) -> Counter[str]:
    """How many blocks let somebody become an account, by its label."""
    blocks = (block.body for block in module.resources.values() if block.kind.startswith(_ON_ACCOUNT))
    return Counter(label for body in blocks for label in _named_in([body]))


def _using(module: Module) -> Iterator[Value]:
    for block in (*module.resources.values(), *module.data.values()):
        if not _GIVES.search(block.kind):
            yield block.body
    yield from (lent.value for lent in module.locals.values())
    yield from _handed_on(module)


def _asked_for(module: Module) -> bool:
    """Whether somebody may read its outputs: a caller that names the call, or whoever, of a module without a caller."""
    return not module.callers or any(_names(caller, called.name) for caller, called in module.callers)


def _names(caller: Module, call: str) -> bool:
    blocks = (block.body for block in (*caller.resources.values(), *caller.data.values()))
    lent = (one.value for one in caller.locals.values())
    values = (*blocks, *lent, *caller.outputs.values(), *_handed_on(caller))
    named = re.compile(rf"\bmodule\.{re.escape(call)}(?![\w-])|\bmodule\[")
    return any(named.search(text) for value in values for text in texts_in(value))


def azure_roles_used(module: Module) -> frozenset[str]:
    """The labels of the custom roles of Azure that something of the module refers to."""
    blocks = (block.body for block in (*module.resources.values(), *module.data.values()))
    values = (*blocks, *(lent.value for lent in module.locals.values()), *module.outputs.values(), *_handed_on(module))
    return frozenset(label for value in values for text in texts_in(value) for label in _ROLE.findall(text))


def _handed_on(module: Module) -> Iterator[Value]:
    yield from (called.body for called in (*module.calls, *module.elsewhere))
