"""`.nhilint/config.yaml`: every key has its effect, every mistake its place, and the scanned tree cannot lead elsewhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from nhilint.catalogue.skeleton import skeleton
from nhilint.config import CONFIG_SCHEMA, FILE, load_config
from nhilint.errors import CatalogueError, UsageError
from nhilint.model.finding import Confidence, Severity
from nhilint.settings import Limits, Settings
from tests.running import BROAD_SCRIPT, OPEN_SCRIPT, OPEN_SCRIPT_CHECK, ROOT, nhilint

NOW = datetime(2026, 11, 22, tzinfo=UTC)
EVERYTHING = """\
fail_on: low
min_confidence: high
select: [oauth]
ignore: [critical-scope]
include: ["apps/"]
exclude: ["apps/old/"]
policies: [pack]
severity: {public-script-runs-as-owner: critical}
limits: {file_bytes: 4096}
waivers: {max_days: 30}
"""


@pytest.fixture
def configured(folder):
    """Settings that a configuration makes."""

    def load(text, **files):
        root = folder({FILE: text, **{name.replace("__", "/"): content for name, content in files.items()}})
        return load_config(root, None, NOW)

    return load


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_config(tmp_path, None, NOW) == Settings(root=tmp_path, now=NOW)


@pytest.mark.parametrize("text", ["", "# fail_on: low\n", "{}\n", "---\n"])
def test_a_file_that_sets_nothing_changes_nothing(configured, text, tmp_path):
    assert configured(text) == Settings(root=tmp_path / "repo", now=NOW)


def test_every_key_has_its_setting(configured, tmp_path):
    root = tmp_path / "repo"
    assert configured(EVERYTHING, pack__checks__none="") == Settings(
        root=root,
        now=NOW,
        fail_on=Severity.LOW,
        min_confidence=Confidence.HIGH,
        select=("oauth",),
        ignore=("critical-scope",),
        include=("apps/",),
        exclude=("apps/old/",),
        policies=(root / "pack",),
        severity={"public-script-runs-as-owner": Severity.CRITICAL},
        limits=Limits(file_bytes=4096),
        waiver_days=30,
    )


def test_every_key_of_the_schema_is_tried_above_and_documented():
    known = set(CONFIG_SCHEMA["properties"])  # type: ignore[call-overload]
    assert {line.split(":")[0] for line in EVERYTHING.splitlines()} == known
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert [key for key in known if f"`{key}`" not in page] == []


def test_the_example_of_the_documentation_is_valid():
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    from nhilint.source.document import Syntax, read

    Draft202012Validator(CONFIG_SCHEMA).validate(read("x", example.encode(), Syntax.YAML).value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fail_onn: high\n", "1:1: unknown key 'fail_onn'; did you mean 'fail_on'?"),
        ("fail_on: hihg\n", "1:10: unknown value 'hihg'; did you mean 'high'?"),
        ("\nselect: oauth\n", "2:9: expected a list, found text"),
        ("select: [1]\n", "1:10: expected text, found the number 1"),
        ("severity:\n  critical-scope: 9\n", "2:19: unknown value the number 9"),
        ("limits: {file_byte: 4096}\n", "1:10: unknown key 'file_byte'; did you mean 'file_bytes'?"),
        ("limits: {file_bytes: 1}\n", "1:22: expected a number from 1024, found 1"),
        ("limits: {file_bytes: 100000000}\n", "1:22: expected a number up to 50000000"),
        ("- fail_on\n", "1:1: expected a mapping, found a list"),
        ("fail_on: [high\n", "2:1:"),
        ("fail_on: high\nfail_on: low\n", "2:1:"),
        ("policies: [pack]\n", "1:12: the policy folder pack is not a folder of this repository"),
        ("policies:\n  - ../pack\n", "2:5: the policy folder ../pack is not a folder of this repository"),
        ("policies: [/etc]\n", "1:12: the policy folder /etc is not a folder of this repository"),
    ],
)
def test_every_mistake_has_its_place(configured, text, told):
    with pytest.raises(CatalogueError) as caught:
        configured(text)
    assert str(caught.value).startswith(f"{FILE}:{told}")


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_linked_configuration_is_not_followed(folder, tmp_path, linked):
    root = folder({"x.txt": ""})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "config.yaml").write_text("fail_on: critical\n")
    if linked == "folder":
        (root / ".nhilint").symlink_to(elsewhere)
    else:
        (root / ".nhilint").mkdir()
        (root / FILE).symlink_to(elsewhere / "config.yaml")
    with pytest.raises(CatalogueError, match="behind a symbolic link"):
        load_config(root, None, NOW)


@pytest.mark.parametrize("link", ["pack", "pack/checks", "pack/checks/custom/mine.yaml"])
def test_policies_behind_links_are_refused(folder, tmp_path, link):
    root = folder({FILE: "policies: [pack]\n"})
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "checks" / "custom").mkdir(parents=True)
    (elsewhere / "checks" / "custom" / "mine.yaml").write_text("text of somebody else's file")
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(elsewhere / Path(link).relative_to("pack"))
    with pytest.raises(CatalogueError, match=r"is not a folder of this repository|has symbolic links in it") as caught:
        load_config(root, None, NOW)
    assert "somebody" not in str(caught.value)


def test_a_configuration_that_is_named_must_be_there_and_may_be_anywhere(tmp_path, folder):
    root = folder({FILE: "fail_on: low\n"})
    (tmp_path / "other.yaml").write_text("fail_on: critical\n")
    assert load_config(root, tmp_path / "other.yaml", NOW).fail_on is Severity.CRITICAL
    with pytest.raises(UsageError, match="does not exist"):
        load_config(root, tmp_path / "none.yaml", NOW)


class TestInARun:
    def test_options_outrank_the_file_and_ignored_checks_add_up(self, repository):
        files = {"appsscript.json": OPEN_SCRIPT, "b/appsscript.json": BROAD_SCRIPT}
        root = repository({**files, FILE: "fail_on: critical\nignore: [critical-scope]\n"})
        assert nhilint("check", cwd=root).code == 0
        ended = nhilint("check", "--fail-on", "medium", "--format", "json", cwd=root)
        assert (ended.code, [f["check"] for f in json.loads(ended.out)["findings"]]) == (1, [OPEN_SCRIPT_CHECK])
        ended = nhilint("check", "--fail-on", "medium", "--ignore", OPEN_SCRIPT_CHECK, cwd=root)
        assert ended.code == 0
        assert "leave out 2 of" in ended.err

    def test_a_severity_of_ones_own_reaches_gate_and_report(self, repository):
        root = repository({"appsscript.json": BROAD_SCRIPT, FILE: "severity: {critical-scope: critical}\n"})
        ended = nhilint("check", "--format", "json", cwd=root)
        assert ended.code == 1
        assert json.loads(ended.out)["counts"]["findings"]["critical"] == 1

    def test_a_severity_for_no_check_is_a_mistake(self, repository):
        root = repository({"appsscript.json": BROAD_SCRIPT, FILE: "severity: {critical-scop: critical}\n"})
        ended = nhilint("check", cwd=root)
        assert ended.code == 2
        assert "severity is set for 'critical-scop', which is no check; did you mean 'critical-scope'?" in ended.err

    @pytest.mark.parametrize(
        ("text", "found", "left_out"),
        [
            ('exclude: ["old/"]', ["a/appsscript.json", "appsscript.json", "very/old/appsscript.json"], 1),
            ("exclude: [old]", ["a/appsscript.json", "appsscript.json", "very/old/appsscript.json"], 1),
            ('exclude: ["**/old/**"]', ["a/appsscript.json", "appsscript.json"], 2),
            ('exclude: ["*/appsscript.json"]', ["appsscript.json"], 3),
            ('exclude: ["**/appsscript.json"]', [], 4),
            (
                'exclude: ["appsscript.json"]',
                ["a/appsscript.json", "old/appsscript.json", "very/old/appsscript.json"],
                1,
            ),
            ("include: [a, very]", ["a/appsscript.json", "very/old/appsscript.json"], 3),
            ('include: ["a", "very/"]\nexclude: ["very/o*"]', ["a/appsscript.json"], 4),
        ],
    )
    def test_what_is_excluded_is_counted(self, repository, text, found, left_out):
        names = ["a/appsscript.json", "appsscript.json", "old/appsscript.json", "very/old/appsscript.json"]
        root = repository({**dict.fromkeys(names, OPEN_SCRIPT), FILE: text + "\n"})
        report = json.loads(nhilint("check", "--format", "json", cwd=root).out)
        assert [finding["path"] for finding in report["findings"]] == found
        assert report["counts"]["files"]["ignored"] == left_out
        assert f"{left_out} left out" in nhilint("check", cwd=root).out

    def test_limits(self, repository):
        text = OPEN_SCRIPT[:-1] + ', "note": "' + "x" * 3000 + '"}'
        root = repository({"appsscript.json": text, FILE: "limits: {file_bytes: 2048}\n"})
        assert nhilint("check", cwd=root).code == 4
        assert nhilint("check", "--config", "/dev/null", cwd=root).code == 1
        (root / FILE).write_text("limits: {file_bytes: 4096}\n")
        assert nhilint("check", cwd=root).code == 1

    def test_a_raised_limit_still_finds_the_line(self, repository):
        text = OPEN_SCRIPT.replace("{", '{"note": "' + "x" * 2_100_000 + '",\n', 1)
        root = repository({"appsscript.json": text, FILE: "limits: {file_bytes: 3000000}\n"})
        assert "appsscript.json:2:" in nhilint("check", cwd=root).out

    def test_policies_of_the_repository_are_used(self, repository):
        check = skeleton("named-like-ours", "app").replace(
            "subject.name == 'replace this condition; nhilint schema facts --kind app lists what it may name'",
            "subject.provider == 'google'",
        )
        root = repository(
            {
                "appsscript.json": OPEN_SCRIPT,
                "pack/checks/custom/named-like-ours.yaml": check,
                FILE: "policies: [pack]\n",
            }
        )
        report = json.loads(nhilint("check", "--format", "json", cwd=root / "pack").out)
        assert {finding["check"] for finding in report["findings"]} == {OPEN_SCRIPT_CHECK, "named-like-ours"}

    def test_no_text_of_the_file_reaches_a_terminal_raw(self, repository):
        root = repository({FILE: '"a\\e[31mb\\n::error::c": 1\n'})
        ended = nhilint("check", cwd=root)
        assert ended.code == 2
        assert "\x1b" not in ended.err
        assert ended.err.count("\n") == 1
