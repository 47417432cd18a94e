"""Permissions of Microsoft APIs as azuread blocks name them: by id, or by name through a service principal.

Source: registry.terraform.io/providers/hashicorp/azuread/latest/docs (resources application, app_role_assignment;
data sources service_principal, application_published_app_ids), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.graph import permission
from nhilint.formats.azure.stated import text_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.azure_module import AzureModule
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.source.value import Value

_NAMED = Deferred(
    r'\.(?:app_role_ids|oauth2_permission_scope_ids)\[\s*(?:"([\w.\-]+)"|(each\.(?:key|value))|(\w[\w.-]*(?:\[count\.index\])?))\s*\]'
)
_WELL_KNOWN = Deferred(r'azuread_application_published_app_ids\.[\w-]+\.result(?:\.(\w+)|\["(\w+)"\])')
_HOLDERS = {"role": "app", "scope": "user"}
_MOST = 300


def asked_permissions(module: AzureModule, block: Block) -> Iterator[ScopeGrant | Unknown]:
    """What an application asks for in its `required_resource_access` blocks."""
    for body, spot in module.inner(block, "required_resource_access"):
        api = api_named(module, body.get("resource_app_id"), spot.to("resource_app_id"))
        accesses = body.get("resource_access")
        for index, access in enumerate(accesses[:_MOST] if isinstance(accesses, list) else []):
            if isinstance(access, dict):
                yield _asked(module, api, access, spot.to("resource_access", index))
        if isinstance(body.get("dynamic"), dict):
            yield Unknown("filled in when it is deployed", spot.to("dynamic").place)
    dynamic = block.body.get("dynamic")
    if isinstance(dynamic, dict) and "required_resource_access" in dynamic:
        yield Unknown("filled in when it is deployed", block.spot.to("dynamic", "required_resource_access").place)


def granted_permissions(module: AzureModule, block: Block, name: str, api: str) -> Iterator[ScopeGrant | Unknown]:
    """What an assignment of an app role gives; one for each literal name of a `for_each`."""
    spot = block.spot.to(name)
    resource = api_named(module, block.body.get(api), block.spot.to(api))
    for asked in names_of(module, block, block.body.get(name), spot):
        at = asked.at if asked is not None else spot.place
        yield permission(resource, asked, "app", at)


def names_of(module: AzureModule, block: Block, value: Value, spot: Spot) -> Iterator[Fact[str]]:
    """The ids or names of the permissions that a value stands for."""
    text = value.text if isinstance(value, Expression) else ""
    found = _NAMED.search(text) if len(text) < 400 else None
    if found is None:
        yield text_of(module.resolver.node(value, spot))
    elif found[1]:
        yield Known(found[1], spot.place)
    else:
        for _ in module.instances(block):
            named = module.resolver.stated(found[2] or found[3])
            yield text_of(
                named if named is not None else module.resolver.node(Expression(found[2] or found[3]), spot.fix())
            )


def api_named(module: AzureModule, value: Value, spot: Spot) -> Fact[str]:
    """The API that a value names: an id, a well-known name, or a service principal of either."""
    text = value.text if isinstance(value, Expression) else ""
    well_known = _WELL_KNOWN.search(text) if len(text) < 400 else None
    if well_known is not None:
        return Known(well_known[1] or well_known[2], spot.place)
    told = module.referred(value)
    if told is None or told[1] != "azuread_service_principal":
        return text_of(module.resolver.node(value, spot))
    block = (module.data if told[0] else module.resources).get((told[1], told[2]))
    if block is None:
        return Unknown("declared elsewhere", spot.place)
    for name in ("client_id", "application_id", "display_name"):
        if block.body.get(name) is not None and module.referred(block.body[name]) is None:
            return api_named(module, block.body[name], spot)
        if block.body.get(name) is not None:
            inner = block.body[name]
            looked = _WELL_KNOWN.search(inner.text) if isinstance(inner, Expression) else None
            return Known(looked[1] or looked[2], spot.place) if looked else Unknown("declared elsewhere", spot.place)
    return Unknown("declared elsewhere", spot.place)


def _asked(module: AzureModule, api: Fact[str], access: dict[str, Value], spot: Spot) -> ScopeGrant | Unknown:
    kind = text_of(module.resolver.node(access.get("type"), spot.to("type")))
    holder = _HOLDERS.get(kind.value.lower()) if isinstance(kind, Known) else None
    value, at = access.get("id"), spot.to("id")
    text = value.text if isinstance(value, Expression) else ""
    named = _NAMED.search(text) if len(text) < 400 else None
    asked: Fact[str] = Known(named[1], at.place) if named and named[1] else text_of(module.resolver.node(value, at))
    return permission(api, asked, holder, at.place)  # type: ignore[arg-type]  # one of the two holders
