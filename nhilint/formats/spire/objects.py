"""Custom resources that register workloads with SPIRE become identities; settings inside a ConfigMap count as files.

Source: github.com/spiffe/spire-controller-manager, docs/clusterspiffeid-crd.md and clusterstaticentry-crd.md;
github.com/spiffe/spire, support/k8s/k8s-workload-registrar (SpiffeID, until 1.5), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.names import object_name
from nhilint.formats.spire.entry import entry
from nhilint.formats.spire.selection import selects_every_pod, written_selectors, written_template
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.identity import Identity


def read(node: Node) -> Iterator[tuple[str, Identity]]:
    """The identity of an object, with the object's name; nothing for a patch."""
    spec, kind = node["spec"], node["kind"].value
    if not spec.is_mapping or not object_name(node):
        return
    if kind == "ClusterSPIFFEID" and spec["spiffeIDTemplate"].is_text:
        yield object_name(node), _cluster_id(spec)
    elif kind == "ClusterStaticEntry" and spec["spiffeID"].is_text:
        selectors = [str(one.value) for one in spec["selectors"].items()]
        chosen = written_selectors(selectors, spec["selectors"].at)
        lifetimes = (spec["x509SVIDTTL"], spec["jwtSVIDTTL"])
        yield object_name(node), entry(spec, spec["spiffeID"], chosen, lifetimes)
    elif kind == "SpiffeID" and spec["spiffeId"].is_text:
        yield object_name(node), _older_id(spec)


def _cluster_id(spec: Node) -> Identity:
    chosen = written_template(spec)
    facts = entry(spec, spec["spiffeIDTemplate"], chosen, (spec["ttl"], spec["jwtTtl"]))
    if isinstance(facts.admin, Known) and facts.admin.value and selects_every_pod(spec):
        everybody = Known(("every pod of the cluster",), facts.admin.at)
        return entry(spec, spec["spiffeIDTemplate"], everybody, (spec["ttl"], spec["jwtTtl"]))
    return facts


def _older_id(spec: Node) -> Identity:
    """An id of the older registrar, whose selectors are keys of a mapping."""
    selector = spec["selector"]
    names = {"podLabel": "k8s:pod-label", "serviceAccount": "k8s:sa", "podName": "k8s:pod-name",
             "containerName": "k8s:container-name", "containerImage": "k8s:container-image"}  # fmt: skip
    written = [f"{names.get(key, f'k8s:{key}')}:{value.value}" for key, value in selector.entries()]
    chosen = written_selectors(written, selector.at)
    return entry(spec, spec["spiffeId"], chosen, (spec["ttl"],))
