"""Where reports go, what is printed where, and what `nhilint check` makes of the paths it is given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from nhilint.cli.check import pair_outputs
from nhilint.errors import UsageError
from nhilint.report import FORMATS
from tests.running import (
    BROAD_SCRIPT,
    BROKEN_SCRIPT,
    OPEN_SCRIPT,
    SAFE_SCRIPT,
    command,
    git,
    nhilint,
    surroundings,
)


def paths_found(ended):
    return [finding["path"] for finding in json.loads(ended.out)["findings"]]


class TestTargets:
    @pytest.mark.parametrize(
        ("formats", "outputs", "pairs"),
        [
            ([], [], [("text", "-")]),
            (["json"], [], [("json", "-")]),
            (["sarif"], ["out.sarif"], [("sarif", "out.sarif")]),
            ([], ["report.txt"], [("text", "report.txt")]),
            ([], ["sarif=out.sarif"], [("sarif", "out.sarif")]),
            ([], ["sarif=a=b.sarif"], [("sarif", "a=b.sarif")]),
            ([], ["a=b.txt"], [("text", "a=b.txt")]),
            (["text"], ["sarif=out.sarif"], [("text", "-"), ("sarif", "out.sarif")]),
            ([], ["sarif=out.sarif", "text=-"], [("sarif", "out.sarif"), ("text", "-")]),
            (["json", "sarif"], ["a", "b"], [("json", "a"), ("sarif", "b")]),
            (["json", "text"], ["a"], [("json", "a"), ("text", "-")]),
        ],
    )
    def test_formats_and_files_are_paired(self, formats, outputs, pairs):
        assert pair_outputs(formats, outputs) == pairs

    def test_an_output_too_many_is_refused(self):
        with pytest.raises(UsageError, match="write --output FMT=b"):
            pair_outputs(["json"], ["a", "b"])

    def test_sarif_to_a_file_as_the_readme_writes_it(self, repository):
        root = repository({"appsscript.json": OPEN_SCRIPT})
        ended = nhilint("check", "--format", "sarif", "--output", "out.sarif", ".", cwd=root)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == "nhilint: 1 finding at or above high\n"
        results = json.loads((root / "out.sarif").read_text())["runs"][0]["results"]
        assert [result["ruleId"] for result in results] == ["public-script-runs-as-owner"]

    def test_all_formats_in_one_run_agree(self, repository):
        root = repository({"appsscript.json": OPEN_SCRIPT})
        outputs = [f"--output={form}={form}.out" for form in FORMATS[1:]]
        ended = nhilint("check", *outputs, "--output", "text=-", cwd=root)
        assert ended.code == 1
        assert ended.err == ""
        for text in (ended.out, *((root / f"{form}.out").read_text(encoding="utf-8") for form in FORMATS[1:])):
            assert text.endswith("\n")
            assert "public-script-runs-as-owner" in text

    def test_an_earlier_report_is_replaced(self, repository):
        root = repository({"appsscript.json": SAFE_SCRIPT})
        (root / "out.json").write_text("x" * 100_000)
        assert nhilint("check", "--output", "json=out.json", cwd=root).code == 0
        assert json.loads((root / "out.json").read_text())["verdict"]["passed"] is True

    @pytest.mark.parametrize("target", ["out.sarif", "reports/out.sarif"])
    def test_a_link_in_the_scanned_tree_cannot_redirect_a_report(self, repository, tmp_path, target):
        root = repository({"appsscript.json": SAFE_SCRIPT})
        victim = tmp_path / "victim"
        victim.mkdir()
        (victim / "out.sarif").write_text("precious")
        if "/" in target:
            (root / "reports").symlink_to(victim)
        else:
            (root / target).symlink_to(victim / "out.sarif")
        ended = nhilint("check", "--output", f"sarif={target}", cwd=root)
        assert ended.code == 2
        assert "a symbolic link of the scanned tree is on the way" in ended.err
        assert (victim / "out.sarif").read_text() == "precious"

    def test_devices_and_files_elsewhere_are_targets(self, repository, tmp_path):
        root = repository({"appsscript.json": OPEN_SCRIPT})
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        outputs = ["--output", f"json={os.devnull}", "--output", f"sarif={elsewhere}/out.sarif"]
        assert nhilint("check", *outputs, cwd=root).code == 1
        assert (elsewhere / "out.sarif").stat().st_size > 100


class TestStandardOutput:
    @pytest.mark.parametrize("form", FORMATS)
    def test_a_reader_that_leaves_changes_no_code_and_prints_no_noise(self, repository, form):
        root = repository({f"{n}/appsscript.json": OPEN_SCRIPT for n in range(300)})
        running = subprocess.Popen(
            command("check", "--format", form),
            cwd=root,
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert running.stdout is not None
        running.stdout.close()
        _, err = running.communicate(timeout=60)
        assert running.returncode == 1
        assert err == b""

    def test_a_full_device_is_said_and_is_no_pass(self, repository):
        root = repository({"appsscript.json": SAFE_SCRIPT})
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                command("check"), cwd=root, env=surroundings(), stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert done.returncode == 2
        assert done.stderr == b"nhilint: cannot write standard output: No space left on device\n"

    def test_unicode_goes_out_whatever_the_platform_prefers(self, repository):
        root = repository({"appsscript.json": OPEN_SCRIPT})
        ended = nhilint("check", cwd=root, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
        assert ended.code == 1
        assert ended.out == nhilint("check", cwd=root).out
        assert "│" in ended.out

    @pytest.mark.parametrize(
        ("changes", "coloured"),
        [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
    )
    def test_colours_on_a_terminal_only_and_not_against_the_users_wish(self, repository, changes, coloured):
        root = repository({"appsscript.json": OPEN_SCRIPT})
        reader, writer = os.openpty()
        environment = surroundings(**{"TERM": "xterm", **changes})
        try:
            done = subprocess.run(
                command("check"), cwd=root, env=environment, stdout=writer, stderr=writer, check=False
            )
            os.close(writer)
            printed = os.read(reader, 100_000)
        finally:
            os.close(reader)
        assert done.returncode == 1
        assert (b"\x1b[" in printed) is coloured
        assert "\x1b[" not in nhilint("check", cwd=root, **{"TERM": "xterm", **changes}).out

    def test_a_report_in_a_file_has_no_colours(self, repository):
        root = repository({"appsscript.json": OPEN_SCRIPT})
        reader, writer = os.openpty()
        try:
            run = command("check", "--output", "text=out.txt")
            subprocess.run(run, cwd=root, env=surroundings(TERM="xterm"), stdout=writer, stderr=writer, check=False)
        finally:
            os.close(writer)
            os.close(reader)
        assert "\x1b" not in (root / "out.txt").read_text(encoding="utf-8")

    def test_what_is_left_out_is_said_on_standard_error(self, repository):
        root = repository(
            {"appsscript.json": OPEN_SCRIPT, ".nhilint/config.yaml": "ignore: [public-script-runs-as-owner]\n"}
        )
        ended = nhilint("check", cwd=root)
        assert ended.code == 0
        assert "options or configuration leave out 1 of" in ended.err


class TestPaths:
    FILES: ClassVar = {
        "appsscript.json": OPEN_SCRIPT,
        "a/appsscript.json": OPEN_SCRIPT,
        "a/b/appsscript.json": BROAD_SCRIPT,
        "ab/appsscript.json": OPEN_SCRIPT,
    }

    @pytest.mark.parametrize(
        ("start", "arguments", "found"),
        [
            (".", [], ["a/appsscript.json", "a/b/appsscript.json", "ab/appsscript.json", "appsscript.json"]),
            ("a", [], ["a/appsscript.json", "a/b/appsscript.json", "ab/appsscript.json", "appsscript.json"]),
            ("a", ["."], ["a/appsscript.json", "a/b/appsscript.json"]),
            ("a/b", [".."], ["a/appsscript.json", "a/b/appsscript.json"]),
            (".", ["a"], ["a/appsscript.json", "a/b/appsscript.json"]),
            (".", ["a/"], ["a/appsscript.json", "a/b/appsscript.json"]),
            (".", ["./a/../a/b/appsscript.json"], ["a/b/appsscript.json"]),
            (".", ["ab", "a/b"], ["a/b/appsscript.json", "ab/appsscript.json"]),
            ("a", [".", "../ab"], ["a/appsscript.json", "a/b/appsscript.json", "ab/appsscript.json"]),
        ],
    )
    def test_findings_are_reported_for_what_was_named(self, repository, start, arguments, found):
        root = repository(self.FILES)
        assert paths_found(nhilint("check", "--format", "json", *arguments, cwd=root / start)) == found

    def test_absolute_paths_and_paths_through_a_link_to_the_repository(self, repository, tmp_path):
        root = repository(self.FILES)
        (tmp_path / "link").symlink_to(root)
        for named in (root / "ab", tmp_path / "link" / "ab", tmp_path / "link" / "ab" / "appsscript.json"):
            assert paths_found(nhilint("check", "--format", "json", named, cwd=tmp_path)) == ["ab/appsscript.json"]

    def test_a_file_that_git_ignores_is_looked_at_when_it_is_named(self, repository):
        root = repository({".gitignore": "local/\nappsscript.json\n", "a.txt": ""})
        (root / "local" / "deep").mkdir(parents=True)
        (root / "local" / "deep" / "appsscript.json").write_text(OPEN_SCRIPT)
        assert paths_found(nhilint("check", "--format", "json", cwd=root)) == []
        for named in ("local", "local/deep/appsscript.json"):
            ended = nhilint("check", "--format", "json", named, cwd=root)
            assert paths_found(ended) == ["local/deep/appsscript.json"]

    def test_trouble_elsewhere_does_not_fail_the_run_on_one_file(self, repository):
        """A commit must not fail for a file that it does not touch; the trouble is still told."""
        root = repository({"appsscript.json": SAFE_SCRIPT, "other/appsscript.json": BROKEN_SCRIPT})
        ended = nhilint("check", "--format", "json", "appsscript.json", cwd=root)
        assert ended.code == 0
        assert [(p["path"], p["incomplete"]) for p in json.loads(ended.out)["problems"]] == [
            ("other/appsscript.json", False)
        ]
        assert nhilint("check", "other", cwd=root).code == 4

    def test_a_name_that_looks_like_an_option(self, repository):
        root = repository({"--exit-zero/appsscript.json": OPEN_SCRIPT})
        assert nhilint("check", "--", "--exit-zero", cwd=root).code == 1

    def test_a_file_deleted_but_still_tracked_is_no_trouble(self, repository):
        root = repository({"appsscript.json": OPEN_SCRIPT, "a.txt": ""})
        (root / "appsscript.json").unlink()
        ended = nhilint("check", cwd=root)
        assert ended.code == 0
        assert "problems" not in ended.out


class TestStandardInput:
    def test_the_given_bytes_stand_for_the_file(self, repository):
        root = repository({"appsscript.json": SAFE_SCRIPT, "other/appsscript.json": OPEN_SCRIPT})
        ended = nhilint("check", "--format", "json", "--stdin-filename", "appsscript.json", cwd=root, given=OPEN_SCRIPT)
        assert ended.code == 1
        assert paths_found(ended) == ["appsscript.json"]

    def test_a_file_that_is_not_saved_yet(self, repository):
        root = repository({"a.txt": ""})
        run = ["check", "--format", "json", "--stdin-filename", "new/appsscript.json"]
        assert paths_found(nhilint(*run, cwd=root, given=OPEN_SCRIPT)) == ["new/appsscript.json"]

    def test_the_excerpt_is_of_the_given_bytes(self, repository):
        root = repository({"appsscript.json": SAFE_SCRIPT})
        given = OPEN_SCRIPT.replace('"webapp"', '\n\n  "webapp"')
        ended = nhilint("check", "--stdin-filename", "appsscript.json", cwd=root, given=given)
        assert "appsscript.json:3:" in ended.out
        assert "3 │" in ended.out

    def test_what_is_no_text_is_incomplete(self, repository):
        root = repository({"appsscript.json": SAFE_SCRIPT})
        assert nhilint("check", "--stdin-filename", "appsscript.json", cwd=root, given=b"\xff\xfe\x00").code == 4


def test_the_two_ways_to_start_are_one(repository):
    root = repository({"appsscript.json": OPEN_SCRIPT})
    script = "import sys; from nhilint.__main__ import main; sys.argv = ['nhilint', 'check']; main()"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=surroundings(), capture_output=True, check=False
    )
    ended = nhilint("check", cwd=root)
    assert (done.returncode, done.stdout.decode()) == (ended.code, ended.out)


def test_the_version_is_one_line(tmp_path):
    ended = nhilint("--version", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("nhilint ")
    assert ended.out.count("\n") == 1


def test_help_of_every_command(tmp_path):
    top = nhilint("--help", cwd=tmp_path)
    for name in ("check", "checks", "explain", "frameworks", "schema"):
        assert f"\n  {name} " in top.out
        ended = nhilint(name, "--help", cwd=tmp_path)
        assert ended.code == 0
        assert ended.out.startswith(f"Usage: nhilint {name} ")


def test_a_commit_is_not_needed(folder):
    root = folder({"appsscript.json": OPEN_SCRIPT})
    git(root, "init", "-q")
    assert nhilint("check", cwd=root).code == 1
