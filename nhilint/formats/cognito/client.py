"""A client of a Cognito user pool becomes an app, in the spelling of CloudFormation or of Terraform.

Sources: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html and
registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cognito_user_pool_client, partly re-read 2026-11-22.
No secret is made unless `GenerateSecret` says so; access tokens count in hours unless a unit is named. Flows, scopes
and addresses for codes are in use only where `AllowedOAuthFlowsUserPoolClient` is true; it is false unless stated, and
then clients sign in through the SDK alone (docs.aws.amazon.com/sdk-for-kotlin/api/latest/cognitoidentityprovider,
UserPoolClientType, read 2026-11-23).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.oauth_clients import redirects, switch
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_HOURS = {"seconds": 1 / 3600, "minutes": 1 / 60, "hours": 1.0, "days": 24.0}
_FLOWS = {"code": "authorization_code", "implicit": "implicit", "client_credentials": "client_credentials"}


def read_client(name: str, at: Place, part: Callable[[str], Node]) -> App:
    """The app of a client; `part` gives a property by its name in CloudFormation."""
    oauth = switch(part("AllowedOAuthFlowsUserPoolClient"), default=False)
    is_off = isinstance(oauth, Known) and not oauth.value
    return App(
        at=at,
        name=Known(name, at),
        provider=Known("cognito", at),
        kind=Known("client", at),
        redirects=() if is_off else tuple(redirects(part("CallbackURLs"), "CallbackURLs")),
        grant_types=_grants(part("AllowedOAuthFlows"), oauth),
        public_client=_public(part("GenerateSecret"), at),
        access_hours=_access_hours(part("AccessTokenValidity"), part("TokenValidityUnits.AccessToken")),
        refresh_rotates=_rotates(part("RefreshTokenRotation.Feature")),
    )


def _grants(node: Node, oauth: Fact[bool]) -> Fact[tuple[str, ...]]:
    """The flows that may be used: none where the switch for all of them is off."""
    texts = node.texts()
    if not isinstance(texts, Known):
        return texts
    if not isinstance(oauth, Known):
        return oauth
    if not oauth.value:
        return Known((), texts.at)
    return Known(tuple(_FLOWS.get(text, text) for text in texts.value), texts.at)


def _public(secret: Node, at: Place) -> Fact[bool]:
    stated = switch(secret, default=False)
    if isinstance(stated, Unknown) or stated is None:
        return stated
    return Known(not stated.value, secret.at if secret.exists else at)


def _access_hours(amount: Node, unit: Node) -> Fact[float]:
    number = amount.number()
    if not isinstance(number, Known):
        return number
    word = unit.text()
    if isinstance(word, Unknown):
        return word
    factor = _HOURS.get(word.value if word is not None else "hours")
    return Known(number.value * factor, number.at) if factor is not None else Unknown("another unit", unit.at)


def _rotates(node: Node) -> Fact[bool]:
    text = node.text()
    return Known(text.value == "ENABLED", text.at) if isinstance(text, Known) else text
