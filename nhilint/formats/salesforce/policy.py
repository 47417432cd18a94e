"""Words of Salesforce's OAuth policies become facts: address limits, life of refresh tokens, who agrees.

Sources: developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm (`ipRelaxation` ENFORCE,
BYPASS, TWOFACTOR; `refreshTokenPolicy` infinite, immediately, lifetime:n:unit, inactivity:n:unit; `zero` is met in
files) and the pages on ExtlClntAppOauthConfigurablePolicies (`ipRelaxationPolicyType`, `refreshTokenPolicyType`,
`permittedUsersPolicyType`), partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.oauth_clients import switch
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_NAMES_OF_FLOWS = {
    "isClientCredentialEnabled": "client_credentials",
    "isClientCredentialsFlowEnabled": "client_credentials",
    "isCodeCredentialEnabled": "authorization_code",
    "isCodeCredFlowEnabled": "authorization_code",
    "isCodeCredentialFlowEnabled": "authorization_code",
    "isDeviceFlowEnabled": "device_code",
    "isTokenExchangeEnabled": "token_exchange",
    "isTokenExchangeFlowEnabled": "token_exchange",
}


def ip_limited(node: Node) -> Fact[bool]:
    """Whether the address ranges of the organisation hold for its tokens."""
    text = node.text()
    if not isinstance(text, Known):
        return text
    word = text.value.lower()
    if word.startswith("enforce"):
        return Known(value=True, at=node.at)
    if word.startswith(("bypass", "twofactor")):
        return Known(value=False, at=node.at)
    return Unknown("none of the documented words", node.at)


def refresh_expires(node: Node) -> Fact[bool]:
    """Whether a refresh token ends by itself; `infinite` says that it lives until somebody revokes it."""
    text = node.text()
    if not isinstance(text, Known):
        return text
    return Known(text.value.lower() != "infinite", node.at)


def consent(approved: Node) -> Fact[Literal["administrator", "each_user"]]:
    """Who agrees: an administrator for named profiles, or everybody for themselves."""
    text = approved.text()
    if not isinstance(text, Known):
        return text
    if text.value.lower() in {"true", "adminapprovedpreauthorized"}:
        return Known("administrator", approved.at)
    return Known("each_user", approved.at)


def flows(oauth: Node, *, refreshes: bool) -> Fact[tuple[str, ...]]:
    """The grant types that a configuration opens: the code flow always, others by their switches."""
    found = ["authorization_code", *(["refresh_token"] if refreshes else [])]
    for key, name in _NAMES_OF_FLOWS.items():
        state = switch(oauth[key])
        if isinstance(state, Unknown):
            return state
        if state is not None and state.value and name not in found:
            found.append(name)
    if oauth["certificate"].exists:
        found.append("jwt_bearer")
    return Known(tuple(found), oauth.at)
