"""An administrator's role that a Terraform module gives to an Okta service app becomes a grant of the app.

A scope says which part of the management API a token may call, the role what it may do there: without one the app sees
nothing. Roles are judged by the rules for scopes: handing out access, or how people sign in, is critical. A role of the
organisation's own (`CUSTOM`) is read where it is defined: see `okta_custom_roles`. Sources: the page of
okta_app_oauth_role_assignment (github.com/okta/terraform-provider-okta, docs/resources) and help.okta.com, "Standard
administrator roles and permissions"; read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.app import App, ScopeGrant

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place


class _Role(NamedTuple):
    access: Literal["read", "write", "admin"]
    sensitivity: Literal["medium", "high", "critical"]
    narrower: tuple[str, ...] = ()


_ROLES = {
    "SUPER_ADMIN": _Role("admin", "critical", ("READ_ONLY_ADMIN", "CUSTOM")),
    "ORG_ADMIN": _Role("admin", "critical", ("READ_ONLY_ADMIN", "CUSTOM")),
    "APP_ADMIN": _Role("admin", "critical", ("CUSTOM",)),
    "API_ACCESS_MANAGEMENT_ADMIN": _Role("admin", "critical", ("CUSTOM",)),
    "USER_ADMIN": _Role("admin", "critical", ("GROUP_MEMBERSHIP_ADMIN", "CUSTOM")),
    "GROUP_MEMBERSHIP_ADMIN": _Role("admin", "critical", ("CUSTOM",)),
    "HELP_DESK_ADMIN": _Role("admin", "critical", ("CUSTOM",)),
    "MOBILE_ADMIN": _Role("write", "high", ("CUSTOM",)),
    "READ_ONLY_ADMIN": _Role("read", "high", ("CUSTOM",)),
    "REPORT_ADMIN": _Role("read", "medium"),
}


def okta_role_assignment(label: str, at: Place, node: Node) -> tuple[str, App]:
    """The app's grant, named after the block, since the client is a reference."""
    app = App(
        at=at,
        name=Known(label, at),
        provider=Known("okta", at),
        kind=Known("grant", at),
        scopes=(_grant(node["type"]),),
        scopes_stated=Known(value=True, at=node["type"].at),
    )
    return label, app


def _grant(kind: Node) -> ScopeGrant | Unknown:
    text = kind.text()
    if not isinstance(text, Known):
        return text or kind.unknown("a role that is not stated")
    role = _ROLES.get(text.value)
    if role is None:
        return kind.unknown("a role that the organisation defines itself")
    return ScopeGrant(
        at=kind.at,
        id=text,
        category=Known("identity", kind.at),
        access=Known(role.access, kind.at),
        sensitivity=Known(role.sensitivity, kind.at),
        restricted=Known(value=False, at=kind.at),
        superseded=Known(value=False, at=kind.at),
        acts_as=Known("app", kind.at),
        optional=Known(value=False, at=kind.at),
        narrower=Known(role.narrower, kind.at),
        known=Known(value=True, at=kind.at),
    )
