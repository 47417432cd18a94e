"""What a folder runs is doubtful where the lists that install the folders beside it have it commented out."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.settle.less_grave.commented_out import COMMENTED_OUT, retold
from nhilint.testing import tree_of

SET = "kind: ApplicationSet\nspec:\n  generators:\n    - list:\n        elements:\n"
LIVE = SET + "        - name: one\n        - name: two\n"
COMMENTED = LIVE + "        #- name: bridge\n"
CHART = {f"charts/home/{name}/Chart.yaml": f"name: {name}\n" for name in ("one", "two", "bridge")}
AT = "charts/home/bridge/templates/set.yaml"


def doubt(files, path=AT, kind="identity", confidence=Confidence.HIGH):
    finding = Finding(
        check="workload-can-take-its-node",
        severity=Severity.MEDIUM,
        confidence=confidence,
        message="it may",
        place=Place(path),
        subject=Subject(kind, "bridge"),
        fingerprint="f",
    )
    (told,) = retold((finding,), (), tree_of(tuple((CHART | {path: "kind: x\n"} | files).items())))
    return told.doubt if told.confidence is Confidence.LOW else None


@pytest.mark.parametrize(
    "files",
    [
        {"roles/hub.yaml": COMMENTED},
        {"roles/hub.yaml": COMMENTED, "roles/lab.yaml": COMMENTED},
        {"roles/hub.yaml": COMMENTED, "README.md": "bridge is next", "renovate.json": '{"match": ["bridge"]}'},
        {
            "roles/hub.yaml": SET
            + "        - {name: one}\n        - {name: two, group: a}\n        # - { name: bridge }\n"
        },
        {"kustomization.yaml": "resources:\n- charts/home/one\n- charts/home/two/\n# - charts/home/bridge/\n"},
    ],
)
def test_an_entry_behind_a_comment(files):
    assert doubt(files) == COMMENTED_OUT


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"roles/hub.yaml": LIVE},
        {"roles/hub.yaml": LIVE + "        - name: bridge\n"},
        {"roles/hub.yaml": SET + "        - name: one\n        #- name: bridge\n"},
        {"roles/hub.yaml": COMMENTED, "roles/lab.yaml": LIVE + "        - name: bridge\n"},
        {"roles/hub.yaml": COMMENTED, "main.tf": 'chart = "charts/home/bridge"\n'},
        {"roles/hub.yaml": COMMENTED, "up.sh": "helm install x charts/home/bridge\n"},
        {"roles/hub.yaml": LIVE + "        # the bridge comes next\n"},
        {"charts/home/bridge/values.yaml": COMMENTED},
    ],
)
def test_other_lists_say_nothing(files):
    assert doubt(files) is None


@pytest.mark.parametrize(
    "about", [{"kind": "credential"}, {"path": "charts/home/one/templates/set.yaml"}, {"path": "bridge/set.json"}]
)
def test_other_findings_stay_as_they_are(about):
    assert doubt({"roles/hub.yaml": COMMENTED}, **about) is None


POD = """apiVersion: apps/v1
kind: Deployment
metadata: {name: bridge, namespace: home}
spec:
  template:
    spec:
      containers:
        - {name: bridge, image: "registry.example.com/bridge:1", securityContext: {privileged: true}}
"""


def test_it_is_told_so_of_a_whole_repository(tmp_path):
    for path, text in (CHART | {AT: POD, "roles/hub.yaml": COMMENTED}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (found,) = scan(tmp_path, select=["workload-can-take-its-node"]).findings
    assert found.doubt == COMMENTED_OUT
