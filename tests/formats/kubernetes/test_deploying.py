"""Controllers that install whatever a repository or a backup has, by their image."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import bound, identities

POD = """---
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: ops}}
spec:
  serviceAccountName: bot
  containers: [{{name: c, image: "{image}"}}]
"""
FAROS = "quay.io/pusher/faros:v1"


@pytest.mark.parametrize(
    ("images", "taken_by"),
    [
        ([FAROS], "deployment"),
        (["ghcr.io/fluxcd/kustomize-controller@sha256:" + "0" * 64], "deployment"),
        (["velero/velero"], "deployment"),
        (["registry.example.com/web:1"], None),
        (["registry.example.com/pusher/faros-ui:1"], None),
        (["quay.io/argoproj/argocd:v3"], None),
        ([FAROS, "registry.example.com/web:1"], None),
        ([], None),
    ],
)
def test_what_runs_as_the_account(images, taken_by):
    pods = "".join(POD.format(name=f"p{number}", image=image) for number, image in enumerate(images))
    found = identities(bound(role_name="cluster-admin") + pods)["ops/bot"]
    assert value_of(found.taken_by) == taken_by
