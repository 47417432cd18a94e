"""Machines and nodes that run as the default account of Compute Engine, and with which of Google's scopes.

Source: the `service_account` block of google_compute_instance(_template) and `node_config` of google_container_cluster
and _node_pool below registry.terraform.io/providers/hashicorp/google/latest/docs/resources, read 2026-11-22: a machine
without the block has no account at all, one whose block names none has the default account; nodes have it unless told
otherwise. google_project_iam_binding says who alone has a role (google_project_iam there), and
google_project_default_service_accounts takes the editor's role from the default accounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.gcp.declared import Machine
from nhilint.formats.gcp.members import is_default
from nhilint.formats.terraform.google_values import bodies, is_stated, member_of
from nhilint.formats.terraform.known_in_part import called_or_placed
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.gcp.declared import Member
    from nhilint.formats.terraform.google_values import GoogleResolver
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.model.fact import Fact
    from nhilint.source.value import Value

_COMPUTE: Final = (
    "google_compute_instance",
    "google_compute_instance_template",
    "google_compute_region_instance_template",
    "google_compute_instance_from_template",
)
_NODES: Final = ("google_container_cluster", "google_container_node_pool")
_WEAKENING: Final = frozenset({"DEPRIVILEGE", "DISABLE", "DELETE"})
_FULL: Final = frozenset({"cloud-platform", "https://www.googleapis.com/auth/cloud-platform"})


def machines(resolver: GoogleResolver) -> Iterator[Machine]:
    """The machines and node pools that say which account they run as, where that may still be an editor."""
    weakened = frozenset(_weakened(resolver))
    for block in resolver.module.resources.values():
        if weakened and ("project" not in block.body or _project(block, resolver) in weakened):
            continue
        if block.kind in _COMPUTE:
            for index, body in enumerate(bodies(block.body.get("service_account"))):
                spot = block.spot.to("service_account", index)
                yield _machine(block, body, spot, resolver, ("email", "scopes"))
        elif block.kind in _NODES and block.body.get("remove_default_node_pool") is not True:
            for index, body in enumerate(bodies(block.body.get("node_config"))):
                spot = block.spot.to("node_config", index)
                yield _machine(block, body, spot, resolver, ("service_account", "oauth_scopes"))


def _weakened(resolver: GoogleResolver) -> Iterator[str]:
    """The projects whose default account the module takes the editor's role from, or says who alone has that role."""
    for block in resolver.module.of_kind("google_project_default_service_accounts"):
        if resolver.text(block.body.get("action"), block.spot.to("action")) in _WEAKENING and _is_made(block):
            yield _project(block, resolver)
    for block in resolver.module.of_kind("google_project_iam_binding"):
        role = resolver.text(block.body.get("role"), block.spot.to("role"))
        members = resolver.members(block.body.get("members"), block.spot.to("members"))
        if role == "roles/editor" and members and all(map(_is_another, members)) and _is_made(block):
            yield _project(block, resolver)


def _is_made(block: Block) -> bool:
    """Whether it is there whatever the values of the module are."""
    return "count" not in block.body and "for_each" not in block.body


def _is_another(member: Member) -> bool:
    """Whether a member is surely not the default account."""
    return isinstance(member, Known) and not member.value.endswith("}") and not is_default(member.value)


def _project(block: Block, resolver: GoogleResolver) -> str:
    """The project as the module names it."""
    return resolver.text(block.body.get("project"), block.spot.to("project"))


def _machine(
    block: Block, body: dict[str, Value], spot: Spot, resolver: GoogleResolver, names: tuple[str, str]
) -> Machine:
    account, scopes = names
    stated = block.body.get("name")
    placed = called_or_placed("", block.kind, block.label, block.at.path)
    return Machine(
        at=block.at,
        label=stated if isinstance(stated, str) and stated else placed,
        default=_is_default(body, spot, resolver, account),
        full_scope=_is_full(body, spot, resolver, scopes),
    )


def _is_default(body: dict[str, Value], spot: Spot, resolver: GoogleResolver, name: str) -> Fact[bool]:
    node = resolver.node(body.get(name), spot.to(name))
    if not is_stated(node):
        return Known(value=True, at=spot.place)
    told = member_of(node)
    if isinstance(told, Unknown):
        return told
    return Known(told.value in ("", "default") or is_default(f"serviceAccount:{told.value}"), told.at)


def _is_full(body: dict[str, Value], spot: Spot, resolver: GoogleResolver, name: str) -> Fact[bool]:
    listed = resolver.members(body.get(name), spot.to(name))
    if any(isinstance(each, Known) and each.value in _FULL for each in listed):
        return Known(value=True, at=spot.to(name).place)
    gap = next((each for each in listed if isinstance(each, Unknown)), None)
    return gap or Known(value=False, at=spot.place)
