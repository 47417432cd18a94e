"""A role that the organisation made itself, given to an Okta service app, becomes grants for its permissions.

The assignment names an `okta_admin_role_custom`, which lists permissions, and an `okta_resource_set`, which says on
what. Permissions are judged by the rules for scopes: handing out access, or how people sign in, is critical on all of
one kind (`/api/v1/users`, `orn:okta:directory:…:groups`) and a level below on what is listed one by one. Where role or
set are not in the module, nothing can be said. Sources: the pages of these resources in
github.com/okta/terraform-provider-okta, docs/resources, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.filled_later import fill_later
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.app import App, ScopeGrant
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Module
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value

Level = Literal["low", "medium", "high", "critical"]

_HANDS_OUT = frozenset(
    {
        "okta.users.manage",
        "okta.users.credentials.manage",
        "okta.users.credentials.resetFactors",
        "okta.users.credentials.resetPassword",
        "okta.users.groupMembership.manage",
        "okta.users.appAssignment.manage",
        "okta.users.apitokens.manage",
        "okta.groups.manage",
        "okta.groups.members.manage",
        "okta.groups.appAssignment.manage",
        "okta.apps.manage",
        "okta.apps.assignment.manage",
    }
)
_HANDS_OUT_EVERYWHERE = frozenset({"okta.authzServers.manage", "okta.identityProviders.manage"})
"""They work on what no set divides by people, groups or apps."""
_ALL_OF_A_KIND = Deferred(r"(?:/api/v1/|^orn:[^/]*:)(users|groups|apps)/?$")
_SETS = ("resources", "resources_orn")


def with_custom_role(app: App, assignment: Block, resolver: Resolver) -> App:
    """The grant of an assignment with the permissions of its role, where role and set are in the module."""
    role = _referred(assignment.body.get("role"), "okta_admin_role_custom", resolver.module)
    covered = _covered(_referred(assignment.body.get("resource_set"), "okta_resource_set", resolver.module))
    if role is None or covered is None:
        return app
    stated = fill_later(resolver.node(role.body.get("permissions"), role.spot.to("permissions")))
    return replace(app, scopes=tuple(_grants(stated, covered)))


def _referred(value: Value, kind: str, module: Module) -> Block | None:
    if not isinstance(value, Expression):
        return None
    steps = value.text.split(".")
    label = steps[1].partition("[")[0] if len(steps) > 1 and steps[0] == kind else ""
    return module.resources.get((kind, label))


def _covered(resources: Block | None) -> frozenset[str] | None:
    """The kinds of which a set holds all; None where it cannot be read."""
    if resources is None:
        return None
    stated = [resources.body[key] for key in _SETS if key in resources.body]
    if not stated or not all(isinstance(value, list) for value in stated):
        return None
    texts = [_written(one) for value in stated if isinstance(value, list) for one in value]
    return frozenset(found[1] for found in map(_ALL_OF_A_KIND.search, texts) if found)


def _written(value: Value) -> str:
    """An address as it is written; what a template leaves open stands before the part that counts."""
    if isinstance(value, Expression):
        value = value.arguments[0] if value.function == "format" and value.arguments else value.text.strip('"')
    return value if isinstance(value, str) else ""


def _grants(permissions: Node, covered: frozenset[str]) -> Iterator[ScopeGrant | Unknown]:
    if not permissions.is_list:
        yield permissions.unknown("permissions that are filled in later")
    for node in permissions.items():
        text = node.text()
        if not isinstance(text, Known):
            yield text or node.unknown("a permission that is not a text")
        else:
            yield _grant(text.value, node, covered)


def _grant(permission: str, node: Node, covered: frozenset[str]) -> ScopeGrant:
    reads = permission.endswith(".read")
    return ScopeGrant(
        at=node.at,
        id=Known(permission, node.at),
        category=Known("identity", node.at),
        access=Known("read" if reads else "admin" if _hands_out(permission) else "write", node.at),
        sensitivity=Known(_level(permission, covered), node.at),
        restricted=Known(value=False, at=node.at),
        superseded=Known(value=False, at=node.at),
        acts_as=Known("app", node.at),
        optional=Known(value=False, at=node.at),
        narrower=Known((), node.at),
        known=Known(value=True, at=node.at),
    )


def _hands_out(permission: str) -> bool:
    return permission in _HANDS_OUT or permission in _HANDS_OUT_EVERYWHERE


def _level(permission: str, covered: frozenset[str]) -> Level:
    kind = permission.split(".")[1] if permission.count(".") > 1 else ""
    everything = kind in covered or permission in _HANDS_OUT_EVERYWHERE
    if permission.endswith(".read"):
        return "high" if permission == "okta.users.read" and everything else "medium"
    if _hands_out(permission):
        return "critical" if everything else "high"
    return "high" if everything else "medium"
