"""An app registration becomes an app: what it asks for, where codes go, who may sign in, how it proves who it is.

Sources: learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest and
reference-app-manifest (the older shape), read 2026-11-22. Without a statement an app is for its own tenant, issues
nothing by the implicit flow and is confidential.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.oauth_clients import redirects
from nhilint.formats.scopes import sensitive_as_user
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential

Distribution = Literal["single", "organization", "public"]

_OF_PLATFORM = "/.auth/login/aad/callback"
_SINGLE = "azureadmyorg"
_PUBLIC = frozenset({"azureadmultipleorgs", "azureadandpersonalmicrosoftaccount", "personalmicrosoftaccount"})


class Registration(Struct, frozen=True, kw_only=True):
    """An app registration as a reader brought it together."""

    name: str
    at: Place
    scopes: tuple[ScopeGrant | Unknown, ...] = ()
    scopes_at: Place | None = None
    web: tuple[Node, ...] = ()
    """lists of redirect addresses of a web or single-page app"""
    devices: tuple[Node, ...] = ()
    """lists of redirect addresses of an app on a device"""
    implicit: Node | None = None
    """whether access tokens are handed out by the implicit flow"""
    fallback_public: Node | None = None
    audience: Node | None = None
    multi_tenant: Node | None = None
    """the older shape's boolean"""
    credentials: Many[Credential] = ()


def app_of(registration: Registration) -> App:
    """The facts of a registration."""
    at = registration.at
    credentials = registration.credentials
    return App(
        at=at,
        name=Known(registration.name, at),
        provider=Known("microsoft", at),
        kind=Known("app", at),
        scopes=registration.scopes,
        sensitive_as_user=sensitive_as_user(registration.scopes),
        scopes_stated=Known(bool(registration.scopes), registration.scopes_at or at),
        redirects=tuple(_redirects(registration)),
        only_platform_sign_in=Known(_is_of_platform_alone(registration), at),
        distribution=_distribution(registration),
        credentials=credentials,
        grant_types=_grant_types(registration),
        public_fallback=_boolean(registration.fallback_public, at),
    )


def identity_as_app(name: str, at: Place, scopes: tuple[ScopeGrant | Unknown, ...]) -> App:
    """A managed identity as an app: it has no registration, and holds the application permissions that it was given.

    What changes the directory is told at the identity itself, as a way to more.
    """
    return App(
        at=at,
        name=Known(name, at),
        provider=Known("microsoft", at),
        kind=Known("grant", at),
        scopes=scopes,
        scopes_stated=Known(value=True, at=at),
    )


def is_over_data(grant: ScopeGrant) -> bool:
    """Whether an application permission reaches what people keep, rather than the directory."""
    return isinstance(grant.category, Known) and grant.category.value != "identity"


def _redirects(registration: Registration) -> Iterator[Endpoint | Unknown]:
    for node in registration.web:
        yield from redirects(node, "redirect address")


def _is_of_platform_alone(registration: Registration) -> bool:
    """Whether each address, as far as it is written out, is the one of the sign-in that App Service does itself.

    Source: learn.microsoft.com/azure/app-service/configure-authentication-provider-aad: the redirect address is
    `<app-url>/.auth/login/aad/callback`, and id tokens are what is switched on, read in part 2026-11-23.
    """
    listed = [item for node in (*registration.web, *registration.devices) for item in node.items()]
    return bool(listed) and all(item.is_text and str(item.value).endswith(_OF_PLATFORM) for item in listed)


def _boolean(node: Node | None, at: Place) -> Fact[bool]:
    if node is None or not node.exists or node.value is None:
        return Known(value=False, at=at)
    if isinstance(node.value, str) and node.value.lower() in ("true", "false"):
        return Known(node.value.lower() == "true", node.at)
    return node.boolean()


def _grant_types(registration: Registration) -> Fact[tuple[str, ...]]:
    """The implicit flow where it is switched on; other flows no registration states."""
    implicit = _boolean(registration.implicit, registration.at)
    if not isinstance(implicit, Known):
        return implicit
    return Known(("implicit",), implicit.at) if implicit.value else None


def _distribution(registration: Registration) -> Fact[Distribution]:
    node = registration.audience
    if node is None or not node.exists or node.value is None:
        older = _boolean(registration.multi_tenant, registration.at)
        if not isinstance(older, Known):
            return older
        return Known("public" if older.value else "single", older.at)
    text = str(node.value).strip().lower() if node.is_text else ""
    if text in _PUBLIC:
        return Known("public", node.at)
    return Known("single", node.at) if text == _SINGLE else Unknown("filled in when it is deployed", node.at)
