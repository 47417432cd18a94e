"""The sheets of findings for readers, and how their marks are counted."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "precision.py"
ADMIN = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'


@pytest.fixture(scope="module")
def precision():
    spec = importlib.util.spec_from_file_location("precision", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*arguments):
    command = [sys.executable, str(TOOL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def finding(number, repository="acme/site", check="full-admin-policy", topic="aws"):
    return {"repository": repository, "check": check, "topic": topic, "line": number}


def test_a_sheet_holds_at_most_two_findings_of_a_repository_and_check(precision):
    found = [finding(n) for n in range(9)] + [finding(n, check="star-in-role") for n in range(9)]
    sheet = precision.drawn(found, 100, seed=1)
    assert sorted(entry["check"] for entry in sheet) == ["full-admin-policy"] * 2 + ["star-in-role"] * 2
    assert {entry["mark"] for entry in sheet} == {""}


def test_the_seed_alone_decides_the_order(precision):
    found = [finding(n, repository=f"acme/{n}") for n in range(40)]
    assert precision.drawn(found, 10, seed=7) == precision.drawn(found, 10, seed=7)
    assert precision.drawn(found, 10, seed=7) != precision.drawn(found, 10, seed=8)


def test_topics_keep_the_findings_of_their_checks(precision):
    found = [finding(1), finding(2, topic="ci")]
    assert [entry["line"] for entry in precision.drawn(found, 10, seed=1, topics=frozenset({"ci"}))] == [2]


def test_a_drawn_sheet_counts_once_it_is_marked(tmp_path):
    checkout = tmp_path / "acme__site"
    checkout.mkdir()
    (checkout / "policy.json").write_text(ADMIN)
    sheet = tmp_path / "sheet.json"
    done = run("draw", "--repositories", tmp_path, "--output", sheet)
    assert done.returncode == 0, done.stderr
    (entry,) = json.loads(sheet.read_text())
    assert (entry["repository"], entry["path"], entry["topic"]) == ("acme/site", "policy.json", "aws")
    assert run("count", sheet).returncode == 2  # nobody has marked it
    entry["mark"] = "right"
    sheet.write_text(json.dumps([entry]))
    counted = run("count", sheet)
    assert counted.returncode == 0
    assert "| right | 1 | 100% | 21% to 100% |" in counted.stdout


def test_shares_have_the_bounds_of_their_number(precision):
    assert [round(bound, 3) for bound in precision.interval(95, 100)] == [0.888, 0.978]
    marks = [{"mark": mark} for mark in ("right", "right", "lower", "waved")]
    rows = list(precision.table(marks))
    assert rows[0].startswith("| of 4 findings ")
    assert any(row.startswith("| worth telling (right or lower) | 3 | 75%") for row in rows)
    assert any(row.startswith("| true (not wrong) | 4 | 100%") for row in rows)
