"""A switch of a cluster of Google Kubernetes Engine becomes the fact that roles do not bind its accounts.

Source: https://cloud.google.com/config-connector/docs/reference/resource-docs/container/containercluster
(`enableLegacyAbac`), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.vocabulary.identity import ResourcePolicy

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place


def legacy_cluster(name: str, at: Place, switch: Node) -> ResourcePolicy | None:
    """The facts of a cluster; None where the switch is off or not there."""
    if not switch.exists or switch.value is None or switch.value in (False, "false"):
        return None
    on = switch.value in (True, "true")
    return ResourcePolicy(
        at=at,
        name=Known(name, at),
        provider=Known("gcp", at),
        service=Known("container", at),
        without_roles=Known(value=True, at=switch.at) if on else switch.unknown("filled in later"),
    )
