"""The blocks of a module that concern Azure, with references between them resolved to principals and scopes.

Source: registry.terraform.io/providers/hashicorp/azurerm/latest/docs (resources role_assignment, role_definition,
user_assigned_identity, federated_identity_credential) and …/hashicorp/azuread/latest/docs, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import Assembled, mapping
from nhilint.formats.azure.scope import level_of
from nhilint.formats.azure.stated import Principal
from nhilint.formats.terraform.azure_called_identities import identity_of_call
from nhilint.formats.terraform.azure_handed_principals import handed_by, name_by_call
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nhilint.formats.azure.stated import PrincipalKind, ScopeLevel
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value

Key = tuple[str, str]
_MOST_INSTANCES = 40

_REFERENCE = Deferred(r'^"?(?:\$\{)?\s*(data\.)?([A-Za-z_]\w*)\.([\w-]+)')
_KINDS: Final[dict[str, PrincipalKind]] = {
    "azuread_user": "user",
    "azuread_group": "group",
    "azuread_service_principal": "app",
    "azuread_application": "app",
    "azuread_application_registration": "app",
}
_TYPES: Final[dict[str, PrincipalKind]] = {
    "user": "user",
    "group": "group",
    "foreigngroup": "group",
    "serviceprincipal": "service_account",
}
_LEVELS: Final[dict[str, ScopeLevel]] = {
    "azurerm_subscription": "subscription",
    "azurerm_management_group": "management_group",
    "azurerm_resource_group": "resource_group",
}
SPELLED: Final[dict[str, str]] = {
    "subscription": "/subscriptions/${subscription}",
    "management_group": "/providers/Microsoft.Management/managementGroups/${group}",
    "resource_group": "/subscriptions/${subscription}/resourceGroups/${group}",
    "resource": "/subscriptions/${subscription}/resourceGroups/${group}/providers/${resource}",
}
"""What the id of a scope looks like by its level."""
_SCOPE_OF_BLOCK = Deferred(
    r"\$\{(?:data\.)?(azurerm_(?:subscription|management_group|resource_group))\.[\w-]{1,100}(?:\[[^\[\]{}]{0,100}\])?\.id\}"
)
"""A block whose id is the beginning of a longer one: `${data.azurerm_subscription.current.id}/resourceGroups/…`."""
_WHOEVER_RUNS_IT = frozenset({"azurerm_client_config", "azuread_client_config"})


class AzureModule:
    """Asks a module's resolver for what Azure's blocks state."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.resources = resolver.module.resources
        self.data = resolver.module.data

    def blocks(self, *kinds: str) -> Iterator[Block]:
        """The resources of some types, in file order."""
        return (block for (kind, _), block in self.resources.items() if kind in kinds)

    def node(self, block: Block, name: str) -> Assembled:
        """The node of an attribute; absent where the block does not state it."""
        if name not in block.body:
            return self.resolver.node(None, block.spot)
        return self.resolver.node(block.body[name], block.spot.to(name))

    def instances(self, block: Block) -> Iterator[None]:
        """Once for every instance that `for_each` or `count` makes of a block, where that can be told; else once."""
        count = self.node(block, "count").value if "for_each" not in block.body else None
        if isinstance(count, int) and not isinstance(count, bool) and 1 < count <= _MOST_INSTANCES:
            for index in range(count):
                place = block.spot.place
                with self.resolver.binding({"count": mapping({"index": Assembled(index, place)}, place)}):
                    yield None
            return
        for key in self.resolver.instance_keys(block):
            with self.resolver.instance(block, key):
                yield None

    def inner(self, block: Block, name: str) -> list[tuple[dict[str, Value], Spot]]:
        """The bodies of the nested blocks of a name."""
        bodies = block.body.get(name)
        found = bodies if isinstance(bodies, list) else []
        return [(body, block.spot.to(name, at)) for at, body in enumerate(found) if isinstance(body, dict)]

    def referred(self, value: Value) -> tuple[bool, str, str] | None:
        """Whether a value names a data source, and the type and label that it names."""
        text = value.text if isinstance(value, Expression) and value.function is None else ""
        found = _REFERENCE.match(text) if len(text) < 400 and _is_alone(text) else None
        if found is None or found[2] in ("var", "local", "module", "each", "path", "count", "self"):
            return None
        return bool(found[1]), found[2], found[3]

    def _named_within(self, value: Value, spot: Spot) -> tuple[bool, str, str] | None:
        """The block that an element of what is gone through names: `each.value.scope`."""
        if not isinstance(value, Expression) or not value.text.startswith(("each.", "local.", "var.")):
            return None
        node = self.resolver.node(value, spot)
        text = str(node.value) if node.is_text else ""
        lone = text.startswith("${") and text.find("}") == len(text) - 1
        return self.referred(Expression(text[2:-1])) if lone else None

    def principal(self, block: Block, name: str, type_name: str = "") -> Principal:
        """Who an attribute names. What nothing declares is a principal by the text that names it."""
        value = block.body.get(name)
        at = block.spot.to(name).place
        stated = self._stated_kind(block, type_name)
        told = self.referred(value) or self._named_within(value, block.spot.to(name))
        made = identity_of_call(self.resolver.module, value) if told is None else None
        if made is not None and isinstance(value, Expression):
            of_call = f"{name}={value.text}"
            return Principal(key=of_call, name=made[2], at=at, kind=Known("service_account", at))
        if told is None:
            stated_id = self.resolver.stated(value.text) if isinstance(value, Expression) else None
            if stated_id is not None and stated_id.is_text and "${" not in str(stated_id.value):
                value, at = str(stated_id.value), stated_id.at
            text = value.text if isinstance(value, Expression) else str(value)
            shown = text if len(text) < 80 and "\n" not in text else block.label
            is_open = isinstance(value, Expression)
            return Principal(key=f"{name}={text[:400]}", name=_bare(shown), at=at, kind=stated, left_open=is_open)
        is_data, kind, label = told
        if kind in _WHOEVER_RUNS_IT:
            whoever = Unknown("whoever runs this", at)
            return Principal(key=f"data.{kind}", name="whoever applies this", at=at, kind=stated or whoever)
        of_type = _KINDS.get(kind) or ("service_account" if kind.startswith("azurerm_") else None)
        handed = handed_by(self.resolver.module, value) if not is_data else None
        if handed is not None:
            return Principal(
                key=f"module.{handed[0]}.{kind}.{label}",
                name=name_by_call(label, *handed),
                at=at,
                kind=Known(of_type, at) if of_type else stated or Unknown("somebody declared elsewhere", at),
                of_policy=kind.endswith("_policy_assignment"),
            )
        home = None if is_data else self.resources.get((kind, label))
        key = self.application_of(kind, label) if not is_data else None
        if key is not None and key in self.resources:
            kind, label = key
            home = self.resources[key]
        return Principal(
            key=f"{'data.' if is_data else ''}{kind}.{label}",
            name=label,
            at=home.at if home is not None else at,
            kind=Known(of_type, at) if of_type else stated or Unknown("somebody declared elsewhere", at),
            of_policy=kind.endswith("_policy_assignment"),
        )

    def application_of(self, kind: str, label: str) -> Key | None:
        """The application that a service principal of the module stands for."""
        if kind != "azuread_service_principal":
            return None
        block = self.resources.get((kind, label))
        for name in ("client_id", "application_id") if block is not None else ():
            told = self.referred(block.body.get(name)) if block is not None else None
            if told is not None and not told[0] and told[1].startswith("azuread_application"):
                return told[1], told[2]
        return None

    def level(self, value: Value, spot: Spot) -> Fact[ScopeLevel]:
        """The level of a scope."""
        told = self.referred(value) or self._named_within(value, spot)
        if told is not None and not _is_choice(value):
            _, kind, _ = told
            if kind in _LEVELS:
                return Known(_LEVELS[kind], spot.place)
            return Known("resource", spot.place) if kind.startswith(("azurerm_", "azapi_")) else _elsewhere(spot)
        node = self.resolver.node(value, spot)
        level = level_of(_SCOPE_OF_BLOCK.sub(_spelled, str(node.value))) if node.is_text else None
        return Known(level, node.at) if level else _elsewhere(spot)

    def _stated_kind(self, block: Block, name: str) -> Fact[PrincipalKind]:
        node = self.node(block, name) if name else None
        if node is None or not node.exists or not node.is_text:
            return Unknown("a principal whose sort is not stated", block.at)
        kind = _TYPES.get(str(node.value).lower())
        return Known(kind, node.at) if kind else Unknown("filled in when it is deployed", node.at)


def _is_alone(text: str) -> bool:
    """Whether a text with a reference in it is nothing besides: what stands behind `${…}` leads further down."""
    return not text.startswith('"') or (text.startswith('"${') and text.find("}") == len(text) - 2)


def _is_choice(value: Value) -> bool:
    """Whether the block that a value begins with is only asked about."""
    return isinstance(value, Expression) and "?" in value.text


def _spelled(found: re.Match[str]) -> str:
    """The id of the subscription, group or management group that a block is, as long as its level asks."""
    return SPELLED[_LEVELS[found[1]]]


def _elsewhere(spot: Spot) -> Unknown:
    return Unknown("a scope that is declared elsewhere", spot.place)


def _bare(text: str) -> str:
    return text.strip('"').removeprefix("${").removesuffix("}")
