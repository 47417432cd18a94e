"""action.yml, executed as a runner does it: inputs become environment variables, scripts run in bash, files take outputs.

What a runner does is from docs.github.com, "Metadata syntax for GitHub Actions" and "Workflow syntax": `shell: bash` is
`bash --noprofile --norc -eo pipefail FILE`; outputs are lines of the file GITHUB_OUTPUT.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from tests.running import BROAD_SCRIPT, BROKEN_SCRIPT, OPEN_SCRIPT, OPEN_SCRIPT_CHECK, ROOT, SAFE_SCRIPT, git

ACTION = YAML(typ="safe").load(ROOT / "action.yml")
STEPS = ACTION["runs"]["steps"]
REFERENCE = re.compile(r"\$\{\{\s*([\w.-]+(?:\s*\|\|\s*[\w.-]+)*)\s*\}\}")


class Done(NamedTuple):
    """What a run of the whole action left behind."""

    code: int
    outputs: dict[str, str]
    summary: str
    log: str
    ran: list[str]


class Runner:
    """As much of a runner as the action needs. Steps that use other actions end as `others` says."""

    def __init__(self, temp, workspace, others=None, event=None):
        self.temp, self.workspace = temp, workspace
        self.others = {"upload": "success", **(others or {})}
        self.values = {"runner.temp": str(temp), "github.action_path": str(ROOT)}
        self.values["steps.python.outputs.python-path"] = sys.executable
        self.values |= {"github.event_name": "push", **(event or {})}
        self.log: list[str] = []
        self.ran: list[str] = []

    def run(self, **inputs):
        """Run every step whose condition holds; a failed step ends the run unless it may fail."""
        known = {name: entry.get("default", "") for name, entry in ACTION["inputs"].items()}
        assert inputs.keys() <= {name.replace("-", "_") for name in known}
        given = {name: inputs.get(name.replace("-", "_"), default) for name, default in known.items()}
        self.values |= {f"inputs.{name}": value for name, value in given.items()}
        code = 0
        for step in STEPS:
            if not code and self.holds(step.get("if", "")):
                self.ran.append(step["name"])
                code = self.execute(step)
        outputs = {name: self.resolved(entry["value"]) for name, entry in ACTION["outputs"].items()}
        summary = self.temp / "summary.md"
        return Done(code, outputs, summary.read_text() if summary.exists() else "", "".join(self.log), self.ran)

    def execute(self, step):
        name = step.get("id", "")
        if "uses" in step:
            outcome = self.others.get(name, "success")
            self.values[f"steps.{name}.outcome"] = outcome
            return int(outcome == "failure" and not step.get("continue-on-error", False))
        code = self.script(step)
        self.values[f"steps.{name}.outcome"] = "failure" if code else "success"
        return 0 if step.get("continue-on-error", False) else code

    def script(self, step):
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an expression in a script is a way to inject"
        script, output = self.temp / "step.sh", self.temp / "output"
        script.write_text(step["run"])
        output.write_text("")
        environment = {
            key: os.environ[key] for key in os.environ if key in ("PATH", "HOME", "LANG") or key.startswith("PIP_")
        }
        environment["PATH"] = f"{self.temp}/bin:{environment['PATH']}"
        environment |= {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md")}
        environment |= {
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(self.temp)),
            "RUNNER_TEMP": str(self.temp),
        }
        environment |= {key: self.resolved(value) for key, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        self.log += [done.stdout, done.stderr]
        for line in output.read_text().splitlines():
            key, _, value = line.partition("=")
            self.values[f"steps.{step['id']}.outputs.{key}"] = value
        return done.returncode

    def resolved(self, text):
        """Expressions with their values; of several joined by `||` the first that is not empty."""

        def value(found):
            named = (self.values.get(name.strip(), "") for name in found[1].split("||"))
            return next(filter(None, named), "")

        return REFERENCE.sub(value, text)

    def holds(self, condition):
        """Whether a condition made of `==`, `!=` and `&&` holds; an absent value is empty."""
        for part in filter(None, condition.split(" && ")):
            name, operator, literal = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", part).groups()
            if (self.values.get(name, "") == literal) is not (operator == "=="):
                return False
        return True


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The environment that the action's own install step makes from this checkout, once for all tests."""
    temp = tmp_path_factory.mktemp("runner")
    (install,) = (step for step in STEPS if step.get("id") == "install")
    runner = Runner(temp, temp)
    code = runner.script(install)
    if code:
        pytest.fail(f"the action could not install nhilint; this needs a package index:\n{''.join(runner.log)}")
    return temp / "nhilint-venv"


@pytest.fixture
def action(installed, tmp_path):
    """Run the action on some files, each time in a fresh checkout called `repo`."""

    def run(files, others=None, event=None, before=None, gh=None, **inputs):
        temp, workspace = tmp_path / "temp folder", tmp_path / "repo"
        for folder in (temp, workspace):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        git(workspace, "init", "-q", "-b", "main")
        if before is not None:
            write(workspace, before)
            git(workspace, "checkout", "-q", "-b", "feature")
        write(workspace, files)
        if before is not None:
            git(workspace, "checkout", "-q", "main")
            git(workspace, "merge", "-q", "--no-ff", "-m", "merge", "feature")
        (temp / "nhilint-venv").symlink_to(installed)
        if gh is not None:
            gh.install(temp)
        runner = Runner(temp, workspace, others, event)
        runner.script = _without_installing(runner.script)
        return runner.run(**inputs)

    return run


def write(workspace, files):
    for name, content in files.items():
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_text(content)
    git(workspace, "add", "-A")
    git(workspace, "commit", "-q", "-m", "change")


def _without_installing(script):
    return lambda step: 0 if step.get("id") == "install" else script(step)


class TestAsWritten:
    def test_third_party_actions_are_pinned_by_commit(self):
        used = [step["uses"] for step in STEPS if "uses" in step]
        assert used
        assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) for name in used)

    def test_every_input_is_used_described_and_has_a_default(self):
        text = (ROOT / "action.yml").read_text(encoding="utf-8")
        for name, entry in ACTION["inputs"].items():
            assert entry["description"].endswith(".") or "(" in entry["description"]
            assert isinstance(entry["default"], str)
            assert f"inputs.{name} " in text

    def test_the_documentation_has_every_input(self):
        page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
        assert [name for name in ACTION["inputs"] if f"`{name}`" not in page] == []

    def test_the_gate_is_the_last_step(self):
        assert STEPS[-1]["name"] == "Decide"
        assert "if" not in STEPS[-1]


class TestGate:
    @pytest.mark.parametrize(
        ("content", "inputs", "code"),
        [
            (OPEN_SCRIPT, {}, 1),
            (SAFE_SCRIPT, {}, 0),
            (BROAD_SCRIPT, {}, 0),
            (BROAD_SCRIPT, {"fail_on": "medium"}, 1),
            (BROKEN_SCRIPT, {}, 4),
            (OPEN_SCRIPT, {"fail_on": "nonsense"}, 2),
            (OPEN_SCRIPT, {"ignore": f"critical-scope {OPEN_SCRIPT_CHECK}"}, 0),
            (OPEN_SCRIPT, {"select": "critical-scope"}, 0),
            (OPEN_SCRIPT, {"min_confidence": "high", "annotations": "false"}, 1),
        ],
    )
    def test_the_job_ends_with_the_gates_code(self, action, content, inputs, code):
        done = action({"appsscript.json": content}, **inputs)
        assert (done.code, done.outputs["exit-code"]) == (code, str(code))
        assert ("Upload SARIF" in done.ran) is (code != 2)
        assert (done.outputs["sarif-file"] == "") is (code == 2)

    def test_reports_are_written_before_the_gate_decides(self, action):
        done = action({"appsscript.json": OPEN_SCRIPT})
        results = json.loads(Path(done.outputs["sarif-file"]).read_text(encoding="utf-8"))["runs"][0]["results"]
        assert [result["ruleId"] for result in results] == [OPEN_SCRIPT_CHECK]
        assert OPEN_SCRIPT_CHECK in done.summary
        assert "::error file=appsscript.json,line=1" in done.log
        assert "::error" not in action({"appsscript.json": OPEN_SCRIPT}, annotations="false").log

    def test_a_configuration_of_the_repository_holds(self, action):
        files = {"appsscript.json": BROAD_SCRIPT, ".nhilint/config.yaml": "fail_on: medium\n"}
        assert action(files).code == 1
        assert action({**files, "other.yaml": "fail_on: critical\n"}, config="other.yaml").code == 0


class TestUpload:
    """A pull request from a fork has a read-only token: the upload fails, and the gate must mean what it means."""

    @pytest.mark.parametrize(("content", "code"), [(SAFE_SCRIPT, 0), (OPEN_SCRIPT, 1), (BROKEN_SCRIPT, 4)])
    def test_a_failed_upload_changes_nothing_and_is_explained(self, action, content, code):
        done = action({"appsscript.json": content}, others={"upload": "failure"})
        assert done.code == code
        assert "::notice title=nhilint::Code scanning did not take the report" in done.log

    def test_no_upload_when_it_is_not_wanted(self, action):
        done = action({"appsscript.json": OPEN_SCRIPT}, upload_sarif="false")
        assert done.code == 1
        assert "Upload SARIF" not in done.ran
        assert "Explain a failed upload" not in done.ran

    def test_a_report_that_the_tree_brings_along_is_never_uploaded(self, action):
        done = action(
            {"nhilint.sarif": "theirs", "appsscript.json": OPEN_SCRIPT}, fail_on="nonsense", sarif_file="nhilint.sarif"
        )
        assert (done.code, done.outputs["sarif-file"], "Upload SARIF" in done.ran) == (2, "", False)


class TestPaths:
    FILES = ("a b/appsscript.json", "c/appsscript.json")

    @pytest.mark.parametrize(
        ("paths", "found"),
        [
            ("", ["a b/appsscript.json", "c/appsscript.json"]),
            ("c", ["c/appsscript.json"]),
            ("c c/appsscript.json", ["c/appsscript.json"]),
            ("a b\n", ["a b/appsscript.json"]),
            ("a b\nc\n", ["a b/appsscript.json", "c/appsscript.json"]),
        ],
    )
    def test_by_spaces_or_by_lines(self, action, paths, found):
        done = action(dict.fromkeys(self.FILES, OPEN_SCRIPT), paths=paths)
        results = json.loads(Path(done.outputs["sarif-file"]).read_text(encoding="utf-8"))["runs"][0]["results"]
        places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
        assert [place.replace("%20", " ") for place in places] == found

    def test_a_report_in_a_folder_with_spaces(self, action, tmp_path):
        done = action({"my reports/x.txt": "", "appsscript.json": OPEN_SCRIPT}, sarif_file="my reports/out file.sarif")
        assert done.outputs["sarif-file"] == "my reports/out file.sarif"
        assert (tmp_path / "repo" / "my reports" / "out file.sarif").is_file()


HOSTILE = (
    "$(touch ran)",
    "`touch ran`",
    "; touch ran",
    "| touch ran",
    "'; touch ran; '",
    '"; touch ran; "',
    "*",
    "--exit-zero",
    "${{ github.token }}",
)
INPUTS = ("paths", "select", "ignore", "config", "policies", "sarif_file", "fail_on", "min_confidence")


@pytest.mark.parametrize(("text", "name"), [*zip(HOSTILE * 3, cycle(INPUTS), strict=False)])
def test_no_input_is_run(action, tmp_path, text, name):
    """Whatever an input holds, it is a word or several. What comes out may be a usage error, never a pass."""
    done = action({"appsscript.json": OPEN_SCRIPT, "x.txt": ""}, **{name: text})
    assert not (tmp_path / "repo" / "ran").exists()
    assert done.code in (1, 2)


def test_a_star_is_no_pattern(action):
    """Spread out by the shell, it would be the names that a pull request gives its files."""
    done = action({"appsscript.json": OPEN_SCRIPT}, paths="*")
    assert (done.code, "* does not exist" in done.log) == (2, True)


def test_a_line_break_in_an_input_adds_no_output(action):
    done = action({"appsscript.json": OPEN_SCRIPT}, sarif_file="out.sarif\nexit-code=0")
    assert done.code == 1
    assert done.outputs == {"exit-code": "1", "sarif-file": "out.sarifexit-code=0"}


PULL = {
    "github.event_name": "pull_request",
    "github.event.pull_request.number": "7",
    "github.event.pull_request.user.login": "author",
    "github.repository": "octo/app",
}
OPENED = {"appsscript.json": OPEN_SCRIPT}


class GitHub:
    """A stand-in for the `gh` program: `found` is the id of a comment that is there, `refuses` says no to writing."""

    def __init__(self, found="", *, refuses=False):
        self.found, self.refuses = found, refuses
        self.log = None

    def install(self, temp):
        self.log = temp / "gh.log"
        program = temp / "bin" / "gh"
        program.parent.mkdir()
        answer = "exit 1" if self.refuses else "exit 0"
        lines = ["#!/bin/bash", f'echo "$@" >> "{self.log}"', f'case "$*" in *--paginate*) echo "{self.found}" ;;']
        program.write_text("\n".join([*lines, f"*) {answer} ;; esac", ""]))
        program.chmod(0o755)

    def asked(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


class TestPullRequest:
    def test_only_what_it_introduces_counts(self, action):
        done = action({"README.md": "more"}, before=OPENED, event=PULL, gh=GitHub())
        assert done.code == 0, done.log
        assert "1 there before" in done.summary
        assert action(OPENED, before={"README.md": "x"}, event=PULL, gh=GitHub()).code == 1

    def test_since_none_takes_all_of_it(self, action):
        assert action({"README.md": "more"}, before=OPENED, event=PULL, gh=GitHub(), since="none").code == 1

    def test_a_push_takes_all_of_it(self, action):
        assert action({"README.md": "more"}, before=OPENED).code == 1

    def test_a_merge_group_is_judged_against_its_base(self, action):
        event = {"github.event_name": "merge_group", "github.event.merge_group.base_sha": "HEAD^1"}
        assert action({"README.md": "more"}, before=OPENED, event=event).code == 0

    def test_a_checkout_of_one_commit_says_what_to_do(self, action):
        event = PULL | {"github.event.pull_request.base.sha": "1" * 40}
        done = action(OPENED, event=event, gh=GitHub())
        assert done.code == 2
        assert "fetch-depth: 2" in done.log


class TestComment:
    def test_written_once_then_updated(self, action):
        github = GitHub()
        done = action(OPENED, before={"README.md": "x"}, event=PULL, gh=github)
        assert done.code == 1
        assert "--method POST repos/octo/app/issues/7/comments" in github.asked()[-1]
        github = GitHub(found="42")
        action(OPENED, before={"README.md": "x"}, event=PULL, gh=github)
        assert "--method PATCH repos/octo/app/issues/comments/42" in github.asked()[-1]

    def test_a_change_of_nobodys_authority_gets_none(self, action):
        github = GitHub()
        action({"README.md": "more"}, before=OPENED, event=PULL, gh=github)
        assert not any("--method" in line for line in github.asked())

    def test_a_refusal_changes_nothing_and_is_explained(self, action):
        done = action(OPENED, before={"README.md": "x"}, event=PULL, gh=GitHub(refuses=True))
        assert done.code == 1
        assert "::notice title=nhilint::The comment could not be written" in done.log

    def test_not_when_it_is_not_wanted_and_not_on_a_push(self, action):
        quiet = action(OPENED, before={"README.md": "x"}, event=PULL, gh=GitHub(), comment="false")
        assert "Comment" not in quiet.ran
        assert "Comment" not in action(OPENED, gh=GitHub()).ran
