"""App registrations of a module, what they are given, and the ways into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.azure.client_secret import client_secret
from nhilint.formats.azure.federation import federated_trust
from nhilint.formats.azure.registration import Registration, app_of, identity_as_app, is_over_data
from nhilint.formats.azure.stated import Held, Principal, text_of
from nhilint.formats.terraform.azure_roles import credential, credential_name
from nhilint.formats.terraform.azuread_permissions import asked_permissions, granted_permissions
from nhilint.formats.terraform.known_in_part import called, is_any_label, label_with_place
from nhilint.knowledge.azure import controlling_role
from nhilint.model.fact import Fact, Known, Unknown, known_records, value_of
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.azure_module import AzureModule
    from nhilint.formats.terraform.module import Block
    from nhilint.model.vocabulary.app import App, ScopeGrant
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.trust import Trust
    from nhilint.source.value import Value

_REGISTRATIONS = ("azuread_application", "azuread_application_registration")
_FEDERATED = (
    "azuread_application_federated_identity_credential",
    "azuread_application_flexible_federated_identity_credential",
)
_APPLICATION_NAMES = ("application_id", "application_object_id")
_SECRETS = {
    "azuread_application_password": "password",
    "azuread_service_principal_password": "password",
}


def apps(module: AzureModule) -> Iterator[tuple[str, App]]:
    """Every app registration of a module."""
    secrets = list(_secrets(module))
    for block in module.blocks(*_REGISTRATIONS):
        name = text_of(_name(module, block))
        own = f"{block.kind}.{block.label}"
        asked = (*asked_permissions(module, block), *_api_access(module, own))
        scopes = (*asked, *_consented(module, own, asked))
        registration = Registration(
            name=name.value if isinstance(name, Known) else _shown(module, block),
            at=block.at,
            scopes=scopes,
            scopes_at=block.at,
            web=tuple(_lists(module, block, ("web", "single_page_application"), own)),
            implicit=_implicit(module, block),
            fallback_public=_fallback(module, block, own),
            audience=module.node(block, "sign_in_audience"),
            credentials=(*_own_secrets(module, block), *(secret for key, secret in secrets if key == own)),
        )
        app = app_of(registration)
        if _is_of_consumers(block, str(registration.audience.value if registration.audience is not None else "")):
            app = replace(app, distribution=Unknown("asked for by user flows of Azure AD B2C", block.at))
        yield _shown(module, block), app


def _name(module: AzureModule, block: Block) -> Node:
    """What a registration is called; before version 2 of the provider the attribute was `name`.

    Source: the provider's upgrade guide to version 2, below registry.terraform.io/providers/hashicorp/azuread/latest,
    known, page not re-read.
    """
    stated = "name" if "display_name" not in block.body and "name" in block.body else "display_name"
    return module.node(block, stated)


def _told_name(module: AzureModule, block: Block) -> str:
    told = _name(module, block).value
    return told if isinstance(told, str) else ""


def _shown(module: AzureModule, block: Block) -> str:
    """What a message calls a registration: its label, or what is known of its name or where it stands if that is one
    that many have."""
    part = called(_told_name(module, block), block.label)
    return label_with_place(block.kind, part, block.at.path) if part == block.label else part


def _is_of_consumers(block: Block, audience: str) -> bool:
    """Whether an app is of an Azure AD B2C tenant, as the alias of its provider says.

    There only this audience lets user flows sign in, so that it does not say that other tenants take the app. Source:
    learn.microsoft.com/answers/questions/1501268 (Microsoft's accepted answer), read 2026-11-22.
    """
    provider = block.body.get("provider")
    alias = provider.text if isinstance(provider, Expression) else str(provider or "")
    return audience == "AzureADandPersonalMicrosoftAccount" and "b2c" in alias.rpartition(".")[2].lower()


def identities_with_permissions(module: AzureModule) -> Iterator[tuple[str, App]]:
    """Managed identities that are given application permissions over data."""
    held: dict[str, tuple[Principal, list[ScopeGrant]]] = {}
    for block in module.blocks("azuread_app_role_assignment"):
        told = module.referred(block.body.get("principal_object_id"))
        if told is None or not told[1].startswith("azurerm_"):
            continue
        principal = module.principal(block, "principal_object_id")
        given = known_records(tuple(granted_permissions(module, block, "app_role_id", "resource_object_id")))
        held.setdefault(principal.key, (principal, []))[1].extend(filter(is_over_data, given))
    for principal, scopes in held.values():
        if scopes:
            yield principal.name, identity_as_app(principal.name, scopes[0].at, tuple(scopes))


def principals(module: AzureModule) -> Iterator[Principal]:
    """An identity for every registration, so that trusts and roles have a holder."""
    for block in module.blocks(*_REGISTRATIONS):
        yield Principal(
            key=f"{block.kind}.{block.label}",
            name=called(_told_name(module, block), block.label),
            at=block.at,
            kind=Known("app", block.at),
            declared=True,
        )


def application_trusts(module: AzureModule) -> Iterator[tuple[str, Trust]]:
    """The federated credentials of registrations, with the key of the app."""
    for block in module.blocks(*_FEDERATED):
        key = _application(module, block) or f"{block.kind}.{block.label}"
        audience = "audiences" if "audiences" in block.body else "audience"
        for _ in module.instances(block):
            shown = credential_name(module, block, "display_name")
            yield key, federated_trust(shown, block.at, *credential(module, block, audience))


def rights(module: AzureModule) -> Iterator[tuple[Principal, Held]]:
    """Application permissions and directory roles that the module hands out."""
    for block in module.blocks("azuread_app_role_assignment"):
        principal = module.principal(block, "principal_object_id")
        for given in granted_permissions(module, block, "app_role_id", "resource_object_id"):
            right = _graph_right(given)
            if right is not None:
                yield principal, Held(principal=principal.key, right=right, at=given.at)
    for block in module.blocks("azuread_directory_role_assignment", "azuread_directory_role_member"):
        member = "member_object_id" if block.kind.endswith("member") else "principal_object_id"
        role = "role_object_id" if block.kind.endswith("member") else "role_id"
        if block.body.get("directory_scope_id") not in (None, "/"):
            continue
        principal = module.principal(block, member)
        right = _directory_role(module, block, role)
        yield principal, Held(principal=principal.key, right=right, at=right.at if right else block.at)


def _graph_right(given: ScopeGrant | Unknown) -> Fact[str]:
    if isinstance(given, Unknown):
        return given
    name = value_of(given.id)
    return Known(f"graph:{name}", given.at) if name and value_of(given.known) else None


def _directory_role(module: AzureModule, block: Block, name: str) -> Fact[str]:
    value, spot = block.body.get(name), block.spot.to(name)
    told = module.referred(value)
    if told is not None and told[1] in ("azuread_directory_role", "azuread_directory_roles"):
        home = (module.data if told[0] else module.resources).get((told[1], told[2]))
        stated = _looked_up(module, home, value) if home is not None else None
        text = text_of(stated) if stated is not None else Unknown("declared elsewhere", spot.place)
    else:
        text = text_of(module.resolver.node(value, spot))
    if not isinstance(text, Known):
        return text or Unknown("not stated", spot.place)
    return Known(f"entra:{controlling_role(text.value) or text.value}", spot.place)


def _looked_up(module: AzureModule, home: Block, value: Value) -> Node | None:
    """The name or template of the directory role that a reference means, of its instance where it names one."""
    key = module.resolver.key_of(value.text) if isinstance(value, Expression) else None
    with module.resolver.instance(home, key):
        return next((module.node(home, name) for name in ("display_name", "template_id") if name in home.body), None)


def _application(module: AzureModule, block: Block) -> str | None:
    """The key of the registration that a block belongs to."""
    for name in (*_APPLICATION_NAMES, "service_principal_id", "principal_object_id"):
        told = module.referred(block.body.get(name))
        if told is None or told[0]:
            continue
        if told[1].startswith("azuread_application"):
            return f"{told[1]}.{told[2]}"
        key = module.application_of(told[1], told[2])
        if key is not None:
            return f"{key[0]}.{key[1]}"
    return None


def _api_access(module: AzureModule, own: str) -> Iterator[ScopeGrant | Unknown]:
    """Permissions from `azuread_application_api_access` blocks."""
    from nhilint.formats.azure.graph import permission
    from nhilint.formats.terraform.azuread_permissions import api_named, names_of

    for block in module.blocks("azuread_application_api_access"):
        if _application(module, block) != own:
            continue
        api = api_named(module, block.body.get("api_client_id"), block.spot.to("api_client_id"))
        for name, holder in (("role_ids", "app"), ("scope_ids", "user")):
            values = block.body.get(name)
            for index, value in enumerate(values if isinstance(values, list) else []):
                spot = block.spot.to(name, index)
                for asked in names_of(module, block, value, spot):
                    yield permission(api, asked, holder, spot.place)  # type: ignore[arg-type]


def _consented(module: AzureModule, own: str, asked: tuple[ScopeGrant | Unknown, ...]) -> Iterator[ScopeGrant]:
    """Permissions over data that are assigned to the app's service principal, and which it does not ask for itself.

    What changes the directory is told at the principal as a way to more (`rights`).
    """
    names = {value_of(grant.id) for grant in known_records(asked)}
    for block in module.blocks("azuread_app_role_assignment"):
        if _application(module, block) != own:
            continue
        for given in known_records(tuple(granted_permissions(module, block, "app_role_id", "resource_object_id"))):
            if value_of(given.category) != "identity" and value_of(given.id) not in names:
                yield given


def _lists(module: AzureModule, block: Block, names: tuple[str, ...], own: str) -> Iterator[Node]:
    for name in names:
        for body, spot in module.inner(block, name):
            if body.get("redirect_uris") is not None:
                yield module.resolver.node(body["redirect_uris"], spot.to("redirect_uris"))
    for other in module.blocks("azuread_application_redirect_uris"):
        if _application(module, other) == own and other.body.get("type") in ("Web", "SPA"):
            yield module.node(other, "redirect_uris")


def _implicit(module: AzureModule, block: Block) -> Node:
    for body, spot in module.inner(block, "web"):
        grants = body.get("implicit_grant")
        for index, grant in enumerate(grants if isinstance(grants, list) else []):
            if isinstance(grant, dict) and "access_token_issuance_enabled" in grant:
                place = spot.to("implicit_grant", index, "access_token_issuance_enabled")
                return module.resolver.node(grant["access_token_issuance_enabled"], place)
    return module.node(block, "implicit_access_token_issuance_enabled")


def _fallback(module: AzureModule, block: Block, own: str) -> Node:
    for other in module.blocks("azuread_application_fallback_public_client"):
        if _application(module, other) == own:
            return module.node(other, "enabled")
    return module.node(block, "fallback_public_client_enabled")


def _own_secrets(module: AzureModule, block: Block) -> Iterator[Credential]:
    for body, spot in module.inner(block, "password"):
        nodes = [module.resolver.node(body.get(name), spot.to(name)) for name in ("start_date", "end_date", "relative")]
        yield client_secret(str(body.get("display_name") or "password"), spot.place, *nodes)


def _secrets(module: AzureModule) -> Iterator[tuple[str, Credential]]:
    for block in module.blocks(*_SECRETS):
        key = _application(module, block)
        nodes = [module.node(block, name) for name in ("start_date", "end_date", "end_date_relative")]
        rotates = block.body.get("rotate_when_changed") is not None
        told = "" if is_any_label(block.label) else block.label
        yield key or "", client_secret(told, block.at, *nodes, rotates=rotates, kind=_SECRETS[block.kind])
