"""Every row of the table of exit codes, by a process of its own; docs/exit-codes.md is held to the same table."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys

import pytest

from nhilint.catalogue.skeleton import skeleton
from nhilint.report import FORMATS
from tests.running import (
    BROAD_SCRIPT,
    BROKEN_SCRIPT,
    OPEN_SCRIPT,
    ROOT,
    SAFE_SCRIPT,
    command,
    nhilint,
    surroundings,
)

BROKEN_POLICY = skeleton("broken", "app").replace("\nseverity:", "\nseverty:")


def no_traceback(ended):
    assert "Traceback" not in ended.err
    assert "Traceback" not in ended.out
    return ended


def test_0_when_nothing_is_bad_enough(repository):
    ended = nhilint("check", cwd=repository({"appsscript.json": SAFE_SCRIPT}))
    assert ended.code == 0
    assert "passed: nothing at or above high" in ended.out
    assert ended.err == ""


def test_0_for_a_finding_below_the_gate(repository):
    root = repository({"appsscript.json": BROAD_SCRIPT})
    assert nhilint("check", cwd=root).code == 0
    assert nhilint("check", "--fail-on", "medium", cwd=root).code == 1


def test_0_and_a_hint_when_nothing_is_recognised(repository):
    ended = nhilint("check", cwd=repository({"a.txt": "hello"}))
    assert ended.code == 0
    assert ended.err == "nhilint: nothing in these files is of a kind that nhilint reads\n"


@pytest.mark.parametrize("form", FORMATS)
def test_1_when_the_gate_fails_whatever_the_format(repository, form):
    ended = nhilint("check", "--format", form, cwd=repository({"appsscript.json": OPEN_SCRIPT}))
    assert ended.code == 1
    assert "public-script-runs-as-owner" in ended.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--fail-on", "bad"], "'bad' is not one of"),
        (["--nonsense"], "No such option"),
        (["--format", "xml"], "unknown format 'xml'; expected one of text, json"),
        (["--format", "json", "--output", "a", "--output", "b"], "--output FMT=b"),
        (["--output", "json=-", "--output", "text=-"], "cannot both go to standard output"),
        (["--output", "json=a", "--output", "sarif=a"], "cannot both go to a"),
        (["--output", "json=none/a"], "cannot write none/a: there is no folder"),
        (["--policies", "none"], "'none' does not exist"),
        (["--policies", "."], "neither checks/ nor frameworks/"),
        (["--config", "none.yaml"], "the configuration none.yaml does not exist"),
        (["missing.json"], "nhilint: missing.json does not exist"),
        (["appsscript.json", ".."], "is outside of"),
        (["--stdin-filename", "../x.json"], "is outside of"),
        (["--stdin-filename", "x.json", "."], "leave the paths out"),
        (["--select", "public-script-runs-as-ownr"], "did you mean 'public-script-runs-as-owner'?"),
        (["--ignore", "owasp-nhi-2025/NHI55"], "did you mean owasp-nhi-2025/NHI5:2025"),
        (["--select", "nothing-*"], "no check matches 'nothing-*'; 'nhilint checks list' shows them all"),
        (["--ignore", "*"], "every check is ignored"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_2_for_what_cannot_be_used(repository, arguments, told):
    ended = no_traceback(nhilint("check", *arguments, cwd=repository({"appsscript.json": OPEN_SCRIPT})))
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""


def test_2_for_an_unknown_command(tmp_path):
    ended = no_traceback(nhilint("chekc", cwd=tmp_path))
    assert (ended.code, ended.out) == (2, "")
    assert "No such command 'chekc'" in ended.err


def test_2_with_file_line_and_column_for_a_wrong_configuration(repository):
    root = repository({"appsscript.json": OPEN_SCRIPT, ".nhilint/config.yaml": "# ours\nfail_onn: high\n"})
    ended = no_traceback(nhilint("check", cwd=root))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "nhilint: .nhilint/config.yaml:2:1: unknown key 'fail_onn'; did you mean 'fail_on'?\n"


def test_2_with_file_line_and_column_for_a_wrong_check(repository):
    root = repository({"pack/checks/custom/broken.yaml": BROKEN_POLICY})
    ended = no_traceback(nhilint("check", "--policies", "pack", cwd=root))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(
        "nhilint: checks/custom/broken.yaml:5:1: unknown key 'severty'; did you mean 'severity'?"
    )


def test_3_when_inputs_are_required_and_none_is_there(repository):
    ended = nhilint("check", "--require-inputs", cwd=repository({"a.txt": "hello"}))
    assert ended.code == 3
    assert "nothing was recognised" in ended.out


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (BROKEN_SCRIPT, "malformed"),
        ('{"timeZone": "' + "x" * 2_000_001 + '"}', "too-large"),
        (b"\x7fELF\x00\x00", "binary"),
        ('{"timeZone": "é"}'.encode("latin-1"), "encoding"),
        ("[" * 1000 + "]" * 1000, "too-deep"),
    ],
    ids=["malformed", "too-large", "binary", "encoding", "too-deep"],
)
def test_4_for_what_is_recognised_but_cannot_be_read(repository, content, kind):
    root = repository({"appsscript.json": content, "other/appsscript.json": OPEN_SCRIPT})
    ended = no_traceback(nhilint("check", "--format", "json", cwd=root))
    report = json.loads(ended.out)
    assert ended.code == report["verdict"]["code"] == 4
    assert [(p["path"], p["kind"], p["incomplete"]) for p in report["problems"]] == [("appsscript.json", kind, True)]
    assert [finding["path"] for finding in report["findings"]] == ["other/appsscript.json"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_highest_code_wins_whatever_the_format(repository, form):
    root = repository({"appsscript.json": BROKEN_SCRIPT, "other/appsscript.json": OPEN_SCRIPT})
    assert nhilint("check", "--format", form, "--require-inputs", cwd=root).code == 4


def test_exit_zero_forgives_findings_only(repository):
    root = repository({"appsscript.json": OPEN_SCRIPT})
    ended = nhilint("check", "--exit-zero", cwd=root)
    assert ended.code == 0
    assert "public-script-runs-as-owner" in ended.out
    (root / "other").mkdir()
    (root / "other" / "appsscript.json").write_text(BROKEN_SCRIPT)
    assert nhilint("check", "--exit-zero", cwd=root).code == 4


INTERNAL = """
import sys
import nhilint.pipeline
def broken(*arguments, **options):
    raise ZeroDivisionError("an example\\x1b[31m of a defect")
nhilint.pipeline.scan = broken
from nhilint.cli import run
sys.exit(run(["check"]))
"""


def test_5_for_a_defect_of_our_own(repository):
    root = repository({"appsscript.json": OPEN_SCRIPT})
    run = [sys.executable, "-c", INTERNAL]
    done = subprocess.run(run, cwd=root, env=surroundings(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith("nhilint: internal error: ZeroDivisionError: an example\\x1b[31m of a defect\n")
    assert "Traceback" not in done.stderr
    wordy = surroundings(NHILINT_TRACEBACK="1")
    done = subprocess.run(run, cwd=root, env=wordy, capture_output=True, text=True, check=False)
    assert done.returncode == 5
    assert "Traceback" in done.stderr


def test_130_when_interrupted(repository):
    root = repository({"appsscript.json": SAFE_SCRIPT})
    waiting = subprocess.Popen(
        command("check", "--stdin-filename", "x.json"),
        cwd=root,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a shell's background job ignores it
    )
    assert waiting.stdin is not None
    try:
        # More than a pipe holds: this returns when the run has begun to read, and it then waits for the rest.
        waiting.stdin.write(b" " * 1_000_000)
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=30)
    finally:
        waiting.kill()
    assert (waiting.returncode, out) == (130, b"")
    assert err.decode().strip() == "nhilint: interrupted"


def test_the_documented_table_is_the_one_tested():
    """Each code of docs/exit-codes.md has a test here whose name starts with it, and the other way round."""
    page = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    tested = {int(name.split("_")[1]) for name in globals() if re.match(r"test_\d", name)}
    assert documented == tested == {0, 1, 2, 3, 4, 5, 130}
