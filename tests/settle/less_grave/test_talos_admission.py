"""An account of Talos is doubtful where the machine configuration of the repository admits other namespaces only."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.settle.less_grave.talos_admission import CHECK

ACCOUNT = """apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: builds}
---
apiVersion: talos.dev/v1alpha1
kind: ServiceAccount
metadata: {name: robot, namespace: builds}
spec:
  roles: ["os:admin"]
"""
BEGIN = "machine:\n  features:\n    kubernetesTalosAPIAccess:\n      enabled: true\n"
LIST = "      allowedKubernetesNamespaces:\n%s"


@pytest.mark.parametrize(
    ("patches", "doubtful"),
    [
        ({}, False),
        ({"patch.yaml": BEGIN + LIST % "        - upgrades\n"}, True),
        ({"patch.yaml": BEGIN + LIST % "        - upgrades\n        # and these\n        - builds # all\n"}, False),
        ({"patch.yaml": BEGIN + LIST % '        # only this\n        - "upgrades"\n'}, True),
        ({"patch.yaml": BEGIN + LIST % "        - ${namespace}\n"}, False),
        ({"patch.yaml": BEGIN + "      allowedKubernetesNamespaces: [upgrades]\n"}, True),
        ({"patch.yaml": BEGIN + "      allowedKubernetesNamespaces: [upgrades, builds]\n"}, False),
        ({"main.tf": "locals {\n  access = { allowedKubernetesNamespaces = var.namespaces }\n}\n"}, False),
        ({"a.yaml": BEGIN + LIST % "        - upgrades\n", "b.yaml": BEGIN + LIST % "        - builds\n"}, False),
        ({"a.yaml": BEGIN + LIST % "        - upgrades\n", "b.yaml": f"# {LIST}" % "# - builds\n"}, True),
        ({"patch.yaml": f"# {LIST}" % "#  - upgrades\n"}, False),
    ],
)
def test_what_any_list_admits_counts(tmp_path, patches, doubtful):
    for path, text in ({"robot.yaml": ACCOUNT} | patches).items():
        (tmp_path / path).write_text(text)
    (found,) = scan(tmp_path, select=[CHECK]).findings
    assert ("only the namespaces upgrades" in found.doubt) == doubtful
