"""Resources of the Bicep extension for Microsoft Graph: registrations, their federated credentials, app roles given.

Source: learn.microsoft.com/graph/templates/bicep/reference/applications, …/serviceprincipals, …/approleassignedto and
…/federatedidentitycredentials, read 2026-11-22. Their keys stand in the body itself, not below `properties`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.azure.app_manifest import registration_of
from nhilint.formats.azure.federation import federated_trust
from nhilint.formats.azure.graph import permission
from nhilint.formats.azure.reference import key_referred
from nhilint.formats.azure.registration import app_of, identity_as_app, is_over_data
from nhilint.formats.azure.stated import Held, Principal, text_of
from nhilint.model.fact import Fact, Known, Unknown, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.azure.template import TemplateResource
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.app import App, ScopeGrant
    from nhilint.model.vocabulary.trust import Trust

APPLICATION: Final = "microsoft.graph/applications"
SERVICE_PRINCIPAL: Final = "microsoft.graph/serviceprincipals"
FEDERATED: Final = f"{APPLICATION}/federatedidentitycredentials"
ROLE_GIVEN: Final = "microsoft.graph/approleassignedto"
_OF_OTHERS: Final = frozenset({APPLICATION, "microsoft.graph/users", "microsoft.graph/groups"})


def apps(resources: Iterable[TemplateResource]) -> Iterator[tuple[str, App]]:
    """Every app registration that is made, and every identity that holds permissions over data without one."""
    listed = list(resources)
    yield from _identities_with_permissions(listed)
    for resource in listed:
        if resource.type == APPLICATION and not resource.existing and resource.body.is_mapping:
            stated = text_of(resource.body["displayName"])
            name = stated.value if isinstance(stated, Known) else resource.key.rsplit("#", 1)[-1]
            yield name, app_of(registration_of(resource.body, name))


def _identities_with_permissions(resources: list[TemplateResource]) -> Iterator[tuple[str, App]]:
    by_key = {resource.key.lower(): resource for resource in resources}
    held: dict[str, list[ScopeGrant]] = {}
    for resource in resources:
        to = key_referred(resource.body["principalId"]) if resource.type == ROLE_GIVEN else None
        home = home_of(to, by_key) if to is not None else None
        if home is None or home.type in _OF_OTHERS:
            continue
        asked = resource.body["appRoleId"]
        given = permission(_api(resource.body["resourceId"], by_key), text_of(asked), "app", asked.at)
        if not isinstance(given, Unknown) and is_over_data(given):
            held.setdefault(home.key.rsplit("#", 1)[-1], []).append(given)
    for name, scopes in held.items():
        yield name, identity_as_app(name, scopes[0].at, tuple(scopes))


def application_principal(resource: TemplateResource) -> Principal:
    """The identity of a registration."""
    at, name = resource.at, resource.key.rsplit("#", 1)[-1]
    return Principal(key=resource.key.lower(), name=name, at=at, kind=Known("app", at), declared=True)


def home_of(key: str, by_key: Mapping[str, TemplateResource]) -> TemplateResource | None:
    """The resource of a key; for a service principal the registration that it stands for, where that is known."""
    home = by_key.get(key.lower())
    if home is None or home.type != SERVICE_PRINCIPAL:
        return home
    told = key_referred(home.body["appId"]) if home.body.is_mapping else None
    application = by_key.get(told.lower()) if told else None
    return application or home


def application_trust(resource: TemplateResource) -> tuple[str, Trust]:
    """The key of a registration, and the way in that one of its federated credentials opens."""
    body = resource.body
    told = key_referred(body["parent"]) or key_referred(body["name"])
    expression = body["claimsMatchingExpression"]["value"] if body["claimsMatchingExpression"].is_mapping else None
    absent = body["claimsMatchingExpression"]
    nodes = (body["issuer"], body["audiences"], body["subject"], expression if expression is not None else absent)
    return (told or resource.key).lower(), federated_trust(resource.key.rsplit("#", 1)[-1], resource.at, *nodes)


def role_given(resource: TemplateResource, by_key: Mapping[str, TemplateResource]) -> Held | None:
    """The application permission that is given, for a permission of Microsoft Graph."""
    body = resource.body
    to = key_referred(body["principalId"])
    if to is None:
        return None
    home = home_of(to, by_key)
    asked = body["appRoleId"]
    scope = permission(_api(body["resourceId"], by_key), text_of(asked), "app", asked.at)
    right: Fact[str] = scope if isinstance(scope, Unknown) else None
    if not isinstance(scope, Unknown) and value_of(scope.known):
        right = Known(f"graph:{value_of(scope.id)}", scope.at)
    key = home.key.lower() if home is not None else to.lower()
    return Held(principal=key, right=right, at=asked.at) if right is not None else None


def _api(node: Node, by_key: Mapping[str, TemplateResource]) -> Fact[str]:
    told = key_referred(node)
    home = by_key.get(told.lower()) if told else None
    if home is None or not home.body.is_mapping:
        return Unknown("an API that is declared elsewhere", node.at)
    return text_of(home.body["appId"])
