"""The shipped escalation paths are what the reviewed table gives."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "refresh" / "kubernetes_escalations.py"


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("kubernetes_escalations", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_data_is_fresh(tool):
    assert tool.main(["--check"]) == 0


def test_a_changed_table_is_told_and_written(tool, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool, "DATA", tmp_path / "paths.jsonl")
    assert tool.main(["--check"]) == 1
    assert "paths.jsonl is not what" in capsys.readouterr().out
    assert tool.main([]) == 0
    assert tool.main(["--check"]) == 0


def test_a_path_of_two_steps(tool):
    table = (
        "k8s-a rbac self-escalation high GOOD/#a one two\n  Do a thing\n  and cluster: core,apps: pods: get list\n"
        "  or any: : x: *\n  and any: core: y: z\n"
    )
    (record,) = tool.records(table)
    assert record["url"] == "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#a"
    assert record["open_names"] == ["one", "two"]
    assert [len(step) for step in record["needs"]] == [2, 1]
    assert record["needs"][0][0] == {
        "groups": ["", "apps"],
        "resources": ["pods"],
        "verbs": ["get", "list"],
        "cluster_wide": True,
    }
    assert record["needs"][0][1]["groups"] == []
