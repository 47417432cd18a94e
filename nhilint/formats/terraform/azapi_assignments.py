"""Role assignments that the provider azapi sends as the interface takes them become those of azurerm.

`parent_id` is the scope, and what azurerm has attributes for stands under `body.properties`, in an object or in the one
that `jsonencode` writes. Source: registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.module import Block, Spot
from nhilint.model.place import Place
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.azure_module import AzureModule

_TYPE = "microsoft.authorization/roleassignments"
_PROPERTIES = {
    "principal_id": "principalId",
    "principal_type": "principalType",
    "role_definition_id": "roleDefinitionId",
    "condition": "condition",
}
_REPEATING = ("for_each", "count")


class _SentSpot(Spot, frozen=True):
    """A spot of a block: steps are azurerm's names, places have the interface's."""

    def to(self, *steps: str | int) -> Spot:
        """The spot some steps further."""
        first, *rest = steps
        if first == "scope":
            first = "parent_id"
        sent = _PROPERTIES.get(str(first))
        named = ("body", "properties", sent) if sent else (first,)
        return Spot(Place(self.place.path, (*self.place.pointer, *named, *rest)))


def sent_assignments(module: AzureModule) -> Iterator[Block]:
    """The role assignments of a module that azapi makes, as blocks of azurerm."""
    for block in module.blocks("azapi_resource"):
        stated = module.node(block, "type")
        if not stated.is_text or str(stated.value).partition("@")[0].lower() != _TYPE:
            continue
        sent = block.body.get("body")
        if isinstance(sent, Expression):
            sent = sent.arguments[0] if sent.function == "jsonencode" and sent.arguments else None
        properties = sent.get("properties") if isinstance(sent, dict) else None
        if not isinstance(properties, dict):
            continue
        body = {name: properties[key] for name, key in _PROPERTIES.items() if key in properties}
        body |= {name: block.body[name] for name in _REPEATING if name in block.body}
        body["scope"] = block.body.get("parent_id")
        yield Block(block.kind, block.label, body, _SentSpot(block.spot.place))
