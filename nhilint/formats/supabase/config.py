"""A Supabase project's configuration becomes an app: redirects, lifetimes, ways in, secrets of providers.

Source: supabase.com/docs/guides/local-development/cli/config, partly re-read 2026-11-22: `auth.jwt_expiry` 3600 seconds
and `auth.enable_refresh_token_rotation` true unless stated; `functions.<name>.verify_jwt` true unless stated.
`env(NAME)` takes a value from the environment. The file configures the local stack and, by `supabase config push`, the
hosted project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import hours_of, redirects, secrets
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App, Entrance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_SECRETS = (
    ("auth", "email", "smtp", "pass"),
    ("auth", "sms", "twilio", "auth_token"),
    ("auth", "sms", "twilio_verify", "auth_token"),
    ("auth", "sms", "messagebird", "access_key"),
    ("auth", "sms", "vonage", "api_secret"),
    ("auth", "captcha", "secret"),
)


def templates(text: str) -> str | None:
    """Why a text cannot be taken as it stands."""
    return "taken from the environment" if text.startswith("env(") else braces(text)


def extract(document: Document, claim: Claim) -> Extraction:
    """One app a project."""
    root = Node.root(document, templates)
    auth = root["auth"]
    if not auth.is_mapping and not root["functions"].is_mapping:
        return Extraction(recognised=False)
    name = str(root["project_id"].value) if root["project_id"].is_text else "supabase"
    rotation = auth["enable_refresh_token_rotation"]
    app = App(
        at=root.first("project_id", "auth", "functions").at,
        name=Known(name, root["project_id"].at),
        provider=Known("supabase", root.at),
        kind=Known("client", root.at),
        redirects=(
            *redirects(auth["site_url"], "site_url"),
            *redirects(auth["additional_redirect_urls"], "additional_redirect_urls"),
        ),
        access_hours=hours_of(auth["jwt_expiry"]),
        refresh_rotates=rotation.boolean(default=True),
        entrances=tuple(_entrances(root)),
        credentials=secrets(_positions(root)),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _positions(root: Node) -> Iterator[tuple[str, Node]]:
    """Where secrets stand, but for those that are read from the environment."""
    found = [("secret", provider["secret"]) for _, provider in root.at_path("auth", "external").entries()]
    found += [(keys[-1], root.at_path(*keys)) for keys in _SECRETS]
    for name, node in found:
        if isinstance(node.value, str) and not node.value.startswith("env("):
            yield name, node


def _entrances(root: Node) -> Iterator[Entrance]:
    server = root.at_path("auth", "oauth_server")
    anonymous = root.at_path("auth", "enable_anonymous_sign_ins")
    if anonymous.value is True:
        yield _entrance(anonymous, "enable_anonymous_sign_ins", "sign_up")
    if server["enabled"].value is True and server["allow_dynamic_registration"].value is True:
        yield _entrance(server["allow_dynamic_registration"], "allow_dynamic_registration", "registration")
    for name, function in root["functions"].entries():
        if function["verify_jwt"].value is False:
            yield _entrance(function["verify_jwt"], name, "function")


def _entrance(node: Node, name: str, kind: str) -> Entrance:
    return Entrance(
        at=node.at,
        name=Known(name, node.at),
        kind=Known(kind, node.at),  # type: ignore[arg-type]
        open_to=Known("anyone", node.at),
    )
