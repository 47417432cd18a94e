"""Which manifests a tool put together from sources elsewhere, so that nobody decides about them where they stand.

The output of `helm template`, an object of somebody's chart outside of any chart, a release's bundle (roles in one file
with the definitions of their custom resources, or objects that all carry one product and version and whose images are
all named by their digests, as ko writes it), an operator's bundle for the Operator Lifecycle Manager, what lies in a
folder of foreign code or under a release's number, a file that is called after the version of what it runs. A mend is
lost with the next copy: it belongs into the chart's values, a patch, or the project that releases it.
Sources, read 2026-11-22: https://helm.sh/docs/chart_best_practices/labels/ (`helm.sh/chart`, `managed-by: Helm`;
before, `heritage`), https://helm.sh/docs/helm/helm_template/ (writes `# Source:` above each file's output),
https://pkg.go.dev/github.com/google/ko/pkg/resolve (digests take the place of import paths),
https://istio.io/latest/docs/setup/install/istioctl/ (whose output is labelled `operator.istio.io/component`),
https://sdk.operatorframework.io/docs/olm-integration/generation/ (`bundle/manifests`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.source.document import Document

_FOREIGN = frozenset({"upstream", "vendor", "vendored", "third_party", "third-party"})
_OUTSIDE, _OF_A_CHART = "external", frozenset({"templates", "crds"})
"""Called so are charts of others that are kept along, and what outsiders reach; only charts have such folders."""
_RELEASE = Deferred(r"(?:(?!k8s|kube|ocp|openshift|eks|gke|aks)[a-z][a-z\d_-]{1,60}-)?v?\d+\.\d+\.\d+")
"""A release's number, alone or after the name of what was unpacked, which is not the cluster's: `istio-1.0.5`."""
_OF_A_VERSION = Deferred(r"[-_]v?(\d+\.\d+\.\d+)\.ya?ml$")
_BUNDLE = ["bundle", "manifests"]
"""What `operator-sdk generate bundle` writes for the Operator Lifecycle Manager from an operator's own manifests."""
_RENDERED = Deferred(r"^# Source: \S{1,200}/templates/", flags=re.MULTILINE)
_DEFINITION = Deferred(r"^kind: CustomResourceDefinition\b", flags=re.MULTILINE)
_WRAPPED = Deferred(r"^apiVersion: policy\.open-cluster-management\.io/", flags=re.MULTILINE)
"""In a file that is called generated, the manifests of another folder, wrapped into policies that spread them."""
_CHARTS = ("Helm", "Tiller")
_IMAGE = Deferred(r"^[ \t]{0,40}(?:- )?image: [\"']?(\S{1,300})", flags=re.MULTILINE)
_NUMBER = Deferred(r"v?\d+\.\d+\.\d+")
_OF_A_RELEASE = range(5, 500)
"""Objects of a file that is taken for a release by the labels of all of them."""


def stands_among_foreign(path: str) -> bool:
    """Whether a file lies in a folder of foreign code, or under a release's number."""
    folders = path.lower().split("/")[:-1]
    if any(folder in _FOREIGN or _RELEASE.fullmatch(folder) for folder in folders):
        return True
    return _OUTSIDE in folders and not _OF_A_CHART.isdisjoint(folders[folders.index(_OUTSIDE) + 2 :])


def is_copy(document: Document) -> bool:
    """Whether a whole file was put together elsewhere."""
    folders = document.path.split("/")[:-1]
    if stands_among_foreign(document.path):
        return True
    if folders[-2:] == _BUNDLE:
        return True
    if "templates" in folders:
        return False
    if _is_whole_release(document):
        return True
    if "generated" in document.path.rpartition("/")[2].lower() and _WRAPPED.search(document.text):
        return True
    return bool(_RENDERED.search(document.text) or _DEFINITION.search(document.text))


def _is_whole_release(document: Document) -> bool:
    """Whether a file is called after a version (`operator-1.10.0.yaml`) that its images or labels are of, too."""
    version = _OF_A_VERSION.search(document.path)
    if version is None:
        return False
    return re.search(rf"(?:version: [\"']?|image: \S{{1,200}}:)v?{re.escape(version[1])}\b", document.text) is not None


def is_labelled_release(document: Document, root: Node) -> bool:
    """Whether every object of a file is of one product and version, and every image is named by its digest."""
    images = _IMAGE.findall(document.text) if "@sha256:" in document.text else []
    if not images or not root.is_list or not all("@sha256:" in image for image in images):
        return False
    told = {
        (str(labels["app.kubernetes.io/name"].value), str(labels["app.kubernetes.io/version"].value))
        for labels in (node.at_path("metadata", "labels") for node in root.items() if node["kind"].is_text)
    }
    count = sum(1 for node in root.items() if node["kind"].is_text)
    return len(told) == 1 and count in _OF_A_RELEASE and all(_NUMBER.fullmatch(version) for _, version in told)


def is_of_chart(node: Node) -> bool:
    """Whether an object carries the finished labels of a chart, which stand in a chart's own files as templates.

    One of them is enough for the file: some charts label a part of their objects only.
    """
    if "templates" in node.path.split("/")[:-1]:
        return False
    labels = node.at_path("metadata", "labels")
    chart = labels["helm.sh/chart"].value
    if (isinstance(chart, str) and "{" not in chart) or labels["operator.istio.io/component"].exists:
        return True
    return labels["app.kubernetes.io/managed-by"].value in _CHARTS or labels["heritage"].value in _CHARTS
