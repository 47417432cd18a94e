"""Machines and nodes that run as the default account of Compute Engine, and with which of Google's scopes.

Source: the `service_account` block of google_compute_instance(_template) and `node_config` of google_container_cluster
and _node_pool below registry.terraform.io/providers/hashicorp/google/latest/docs/resources, read 2026-11-22: a machine
without the block has no account at all, one whose block names none has the default account; nodes have it unless told
otherwise.
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
_FULL: Final = frozenset({"cloud-platform", "https://www.googleapis.com/auth/cloud-platform"})


def machines(resolver: GoogleResolver) -> Iterator[Machine]:
    """The machines and node pools that say which account they run as."""
    for block in resolver.module.resources.values():
        if block.kind in _COMPUTE:
            for index, body in enumerate(bodies(block.body.get("service_account"))):
                spot = block.spot.to("service_account", index)
                yield _machine(block, body, spot, resolver, ("email", "scopes"))
        elif block.kind in _NODES and block.body.get("remove_default_node_pool") is not True:
            for index, body in enumerate(bodies(block.body.get("node_config"))):
                spot = block.spot.to("node_config", index)
                yield _machine(block, body, spot, resolver, ("service_account", "oauth_scopes"))


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
