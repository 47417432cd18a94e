"""What this repository runs on itself: the same commands as on a laptop, with the least rights, every Python it claims."""

from __future__ import annotations

import re
import tomllib

import pytest
from ruamel.yaml import YAML

from tests.running import ROOT

WORKFLOW = YAML(typ="safe").load(ROOT / ".github" / "workflows" / "ci.yml")
JOBS = WORKFLOW["jobs"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_python_that_the_package_claims_is_tested():
    claimed = [found[1] for line in PROJECT["project"]["classifiers"] if (found := re.search(r":: (3\.\d+)$", line))]
    assert JOBS["test"]["strategy"]["matrix"]["python"] == claimed
    assert PROJECT["project"]["requires-python"] == f">={claimed[0]}"


def test_ci_runs_what_the_readme_says():
    assert any(step.get("run") == ".ci/run" for step in JOBS["test"]["steps"])
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", JOBS)
def test_a_job_has_its_rights_and_its_time_stated(name):
    assert WORKFLOW["permissions"] == {}
    rights = JOBS[name]["permissions"]
    assert {key for key, value in rights.items() if value == "write"} <= (
        {"security-events"} if name == "gate" else set()
    )
    assert JOBS[name]["timeout-minutes"] <= 30


@pytest.mark.parametrize("name", JOBS)
def test_actions_are_pinned_and_leave_no_credentials(name):
    for step in JOBS[name]["steps"]:
        if step.get("uses", "./") != "./":
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", "")


def test_one_job_stands_for_all():
    assert set(JOBS["required"]["needs"]) == set(JOBS) - {"required"}
    assert JOBS["required"]["if"] == "always()"


def test_the_hooks_for_others_and_our_own_run_the_same_command():
    hooks = {hook["id"]: hook for hook in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")}
    (own,) = (hook for hook in _own_hooks() if hook["id"] == "nhilint")
    assert own["entry"].endswith(hooks["nhilint"]["entry"])
    assert own["args"] == hooks["nhilint"]["args"] == ["--"]
    assert hooks["nhilint-full"]["pass_filenames"] is False


def test_our_own_hooks_are_targets_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for hook in _own_hooks():
        if hook["entry"].startswith("make "):
            assert re.search(rf"^{hook['entry'].removeprefix('make ')}:", makefile, re.MULTILINE)


def _own_hooks():
    return YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
