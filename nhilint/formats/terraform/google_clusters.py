"""Clusters of Google Kubernetes Engine that give every service account rights besides those of its roles.

Source: `enable_legacy_abac` of google_container_cluster (off by default) below
registry.terraform.io/providers/hashicorp/google/latest/docs/resources, and `enabled` of LegacyAbac below
cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters: service accounts, nodes and
controllers then hold permissions that neither roles nor IAM gave them. Read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gcp.clusters import legacy_cluster
from nhilint.formats.terraform.google_values import GoogleResolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Module
    from nhilint.model.vocabulary.identity import ResourcePolicy

_KIND = "google_container_cluster"
_SWITCH = "enable_legacy_abac"


def legacy_clusters(module: Module) -> Iterator[tuple[str, ResourcePolicy]]:
    """A name and the facts of every cluster that switches the rights on, or leaves that to whoever calls the module."""
    resolver = GoogleResolver(module)
    for block in module.resources.values():
        if block.kind == _KIND and _SWITCH in block.body:
            stated = block.body.get("name")
            name = stated if isinstance(stated, str) and stated else block.label
            facts = legacy_cluster(name, block.at, resolver.node(block.body[_SWITCH], block.spot.to(_SWITCH)))
            if facts is not None:
                yield name, facts
