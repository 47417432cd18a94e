"""A client of Ory Hydra becomes an app, from the document that its interface takes or the Kubernetes resource.

Sources: ory.sh/docs/hydra/reference/api (OAuth 2.0 Client) and github.com/ory/hydra-maester, docs of
`hydra.ory.sh/v1alpha1 OAuth2Client`, partly re-read 2026-11-22. Refresh tokens of Hydra always rotate.
`skip_consent: true` means that nobody is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import grant_types, redirects, says, secrets
from nhilint.formats.scopes import scope_grants, scope_grants_in
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App
from nhilint.source.value import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST = 2_000
_OF_A_CLIENT = ("redirect_uris", "grant_types", "token_endpoint_auth_method", "scope")


def extract(document: Document, claim: Claim) -> Extraction:
    """One app a client; a list of clients and a stream of Kubernetes resources count."""
    root = Node.root(document, braces)
    several = root.is_list or isinstance(root.value, Stream)
    nodes = list(root.items())[:_MOST] if several else [root]
    found = [Resource("app", *_read(spec, name, claim)) for node in nodes for spec, name in _clients(node)]
    return Extraction(tuple(found), recognised=bool(found))


def _clients(node: Node) -> Iterator[tuple[Node, Node]]:
    """Every client with what names it where it has no name of its own: the Kubernetes resource, or its id."""
    if node["kind"].value == "OAuth2Client" and str(node["apiVersion"].value).startswith("hydra.ory.sh/"):
        yield node["spec"], node.at_path("metadata", "name")
    elif node.is_mapping and sum(key in node.value for key in _OF_A_CLIENT) >= len(_OF_A_CLIENT) - 1:
        yield node, node["client_id"]


def _read(node: Node, other_name: Node, claim: Claim) -> tuple[str, str, App]:
    stated = (found.text() for found in (node["client_name"], node["clientName"], other_name))
    name = next(
        (found.value for found in stated if isinstance(found, Known) and found.value), node.path.rsplit("/", 1)[-1]
    )
    app = App(
        at=node.first("client_name", "clientName", "client_id", "redirect_uris", "grantTypes").at,
        name=Known(name, node.at),
        client_id=node["client_id"].text(),
        provider=Known("ory", node.at),
        kind=Known("client", node.at),
        scopes=(
            *scope_grants_in(node["scope"], "", None, " "),
            *scope_grants(node["scopeArray"], "", None),
        ),
        redirects=tuple(redirects(node.first("redirect_uris", "redirectUris"), "redirect_uris")),
        grant_types=grant_types(node.first("grant_types", "grantTypes"), node.first("response_types", "responseTypes")),
        public_client=says(node.first("token_endpoint_auth_method", "tokenEndpointAuthMethod"), "none"),
        refresh_rotates=Known(value=True, at=node.at),
        consent=_consent(node.first("skip_consent", "skipConsent")),
        credentials=secrets([("client_secret", node["client_secret"])]),
    )
    return name, claim.format, app


def _consent(skip: Node) -> Fact[Literal["nobody", "each_user"]]:
    stated = skip.boolean(default=False)
    if isinstance(stated, Unknown):
        return stated
    return Known("nobody", skip.at) if value_of(stated) else Known("each_user", skip.at)
