"""Recognises steps that become a cloud identity, by a stored key or by the job's own short-lived identity.

Sources, read 2026-11-22: the inputs in action.yml of aws-actions/configure-aws-credentials, google-github-actions/auth,
azure/login, hashicorp/vault-action, rubygems/configure-rubygems-credentials and pypa/gh-action-pypi-publish, and
https://docs.github.com/en/actions/concepts/security/openid-connect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import CloudLogin

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

Provider = Literal["aws", "gcp", "azure", "vault", "pypi", "rubygems", "other"]


class _Grammar(NamedTuple):
    """Which inputs hold a stored key, which belong to federation, and which name the identity."""

    provider: Provider
    static: tuple[str, ...]
    federated: tuple[str, ...]
    identity: tuple[str, ...]


_TEMPORARY = "aws-session-token"
"""Keys that come with it end by themselves: an earlier login of the job made them."""

_GRAMMARS = {
    "aws-actions/configure-aws-credentials": _Grammar(
        "aws", ("aws-access-key-id", "aws-secret-access-key"), ("role-to-assume",), ("role-to-assume",)
    ),
    "google-github-actions/auth": _Grammar(
        "gcp", ("credentials_json",), ("workload_identity_provider",), ("service_account", "workload_identity_provider")
    ),
    "azure/login": _Grammar("azure", ("creds",), ("client-id",), ("client-id",)),
    "pypa/gh-action-pypi-publish": _Grammar("pypi", ("password",), (), ()),
    "rubygems/configure-rubygems-credentials": _Grammar("rubygems", ("api-token",), ("role-to-assume",), ()),
    "hashicorp/vault-action": _Grammar(
        "vault", ("token", "secretid", "roleid"), ("role", "jwtgithubaudience"), ("role",)
    ),
}


def app_token_of(action: str, inputs: Node, at: Place) -> Fact[Literal["narrowed", "whole"]]:
    """Whether a step asks for a token with everything that the GitHub App may do. None for any other action."""
    if action == "actions/create-github-app-token":
        named = next((node for name, node in inputs.entries() if name.startswith("permission-")), None)
    elif action == "tibdex/github-app-token":
        named = inputs["permissions"] if inputs["permissions"].exists else None
    else:
        return None
    return Known("whole", at) if named is None else Known("narrowed", named.at)


def login_of(action: str, inputs: Node) -> CloudLogin | None:
    """The login that a step makes; `action` is its repository in lower case. None for any other action."""
    grammar = _GRAMMARS.get(action)
    if grammar is None or not inputs.is_mapping:
        return None
    given = {name.lower(): node for name, node in inputs.entries() if node.value not in (None, "")}
    lasting = () if _TEMPORARY in given else grammar.static
    static = next((given[name] for name in lasting if name in given), None)
    federated = next((given[name] for name in grammar.federated if name in given), None)
    chosen = static or federated
    if chosen is None:
        return None
    identity = next((given[name] for name in grammar.identity if name in given), None)
    by: Fact[Literal["oidc", "static"]] = Known("static" if static else "oidc", chosen.at.at_key())
    return CloudLogin(
        at=chosen.at.at_key(),
        provider=Known(grammar.provider, inputs.at),
        identity=identity.text() if identity is not None else None,
        by=by,
    )
