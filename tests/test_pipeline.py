"""The order of the stages as seen from outside: what is read, counted, scoped and told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from nhilint import gather as gathering
from nhilint.model.finding import Confidence, Disposition, Severity
from nhilint.pipeline import gather, scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Limits, Settings
from nhilint.tree import DiskTree, MemoryTree
from tests.running import BROKEN_SCRIPT, OPEN_SCRIPT, OPEN_SCRIPT_CHECK, SAFE_SCRIPT, UNDECIDED_SCRIPT, nhilint

SETTINGS = Settings(root=Path("repo"), now=datetime(2026, 11, 22, tzinfo=UTC))
SLACK = "display_information: {name: digest}\noauth_config: {scopes: {bot: [commands]}}\n"


@pytest.fixture(scope="module")
def checks():
    return compile_policies((builtin_folder(),)).checks


def named(settings=SETTINGS, **changes):
    return replace(settings, **changes)


class TestCounting:
    def test_everything_is_counted(self):
        files = {
            "appsscript.json": SAFE_SCRIPT,
            "b/appsscript.json": BROKEN_SCRIPT,
            "slack-manifest.yaml": SLACK,
            "readme.md": "hello",
            "other.yaml": SLACK,
            "left/appsscript.json": SAFE_SCRIPT,
        }
        counts = gather(MemoryTree(files), named(exclude=("left/",))).counts
        assert (counts.seen, counts.recognised, counts.unread, counts.ignored) == (5, 2, 1, 1)
        assert counts.formats == (("google-apps-script", 1), ("slack-manifest", 1))

    def test_a_look_alike_is_not_recognised(self):
        counts = gather(MemoryTree({"appsscript.json": '{"name": "something else"}'}), SETTINGS).counts
        assert (counts.seen, counts.recognised, counts.unread) == (1, 0, 0)

    def test_a_tree_without_files(self, checks):
        run = scan(MemoryTree({}), SETTINGS, checks)
        assert (run.counts.seen, run.findings, run.verdict.code) == (0, (), 0)


class TestFailingClosed:
    @pytest.mark.parametrize(
        ("path", "content", "incomplete"),
        [
            ("appsscript.json", BROKEN_SCRIPT, True),
            ("tests/appsscript.json", BROKEN_SCRIPT, False),
            ("slack-manifest.yaml", "display_information: [", False),
            ("slack-manifest.yaml", "[", None),
            ("appsscript.json", "", False),
        ],
    )
    def test_what_is_surely_ours_must_be_readable(self, path, content, incomplete):
        problems = gather(MemoryTree({path: content}), SETTINGS).problems
        assert [problem.incomplete for problem in problems] == ([] if incomplete is None else [incomplete])

    def test_a_test_folder_that_is_named_is_meant(self, checks):
        tree = MemoryTree({"tests/x/appsscript.json": BROKEN_SCRIPT})
        assert scan(tree, SETTINGS, checks).verdict.code == 0
        assert scan(tree, named(paths=("tests",)), checks).verdict.code == 4

    def test_a_reader_that_fails_ends_neither_the_scan_nor_in_a_pass(self, monkeypatch, checks):
        class Broken:
            def extract(self, document, claim):
                if document.path == "appsscript.json":
                    raise RecursionError("too deep")
                return real.extract(document, claim)

        from nhilint.formats.google import apps_script as real

        monkeypatch.setattr(gathering, "reader_of", lambda claim: Broken())
        run = scan(MemoryTree({"appsscript.json": OPEN_SCRIPT, "b/appsscript.json": OPEN_SCRIPT}), SETTINGS, checks)
        assert [(p.path, p.kind) for p in run.problems] == [("appsscript.json", "defect")]
        assert [f.place.path for f in run.findings] == ["b/appsscript.json"]
        assert run.verdict.code == 4

    def test_limits_come_from_the_settings(self):
        files = {"appsscript.json": OPEN_SCRIPT}
        assert gather(MemoryTree(files), named(limits=Limits(file_bytes=20))).problems[0].kind == "too-large"
        assert gather(MemoryTree(files), SETTINGS).problems == ()


class TestSettling:
    def test_low_confidence_is_hidden_and_says_why(self, checks):
        run = scan(MemoryTree({"tests/appsscript.json": OPEN_SCRIPT}), SETTINGS, checks)
        (finding,) = run.findings
        assert (finding.confidence, finding.disposition) == (Confidence.LOW, Disposition.HIDDEN)
        assert finding.because == "its confidence is low: it stands in what is there for tests"
        assert run.verdict.code == 0

    def test_a_severity_of_the_settings_replaces_the_checks(self, checks):
        tree = MemoryTree({"appsscript.json": OPEN_SCRIPT})
        run = scan(tree, named(severity={OPEN_SCRIPT_CHECK: Severity.INFO}), checks)
        assert [f.severity for f in run.findings] == [Severity.INFO]
        assert run.verdict.code == 0

    def test_undecided_conditions_are_kept_with_their_place(self, checks):
        run = scan(MemoryTree({"appsscript.json": UNDECIDED_SCRIPT}), SETTINGS, checks)
        assert run.findings == ()
        assert {(u.check, u.missing) for u in run.undecided} == {(OPEN_SCRIPT_CHECK, "open_to")}
        assert run.locate(run.undecided[0].place).line == 1
        assert run.verdict.code == 0

    def test_every_place_of_a_finding_is_located(self, checks):
        run = scan(MemoryTree({"appsscript.json": OPEN_SCRIPT}), SETTINGS, checks)
        places = {place for f in run.findings for place in (f.place, *(n.place for n in (*f.related, *f.flow)))}
        assert places
        assert places <= run.positions.keys()

    def test_a_value_that_another_file_lends_has_its_line(self, checks):
        lender = 'module "ci" {\n  source = "./role"\n  arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n'
        trust = '{ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] }'
        role = (
            'variable "arn" {}\nresource "aws_iam_role" "r" {\n  managed_policy_arns = [var.arn]\n'
            f"  assume_role_policy = jsonencode({trust})\n}}\n"
        )
        run = scan(MemoryTree({"main.tf": lender, "role/main.tf": role}), SETTINGS, checks)
        (finding,) = run.findings
        assert (finding.place.path, run.locate(finding.place).line) == ("main.tf", 3)


class TestScope:
    FILES = ("appsscript.json", "a/appsscript.json", "ab/appsscript.json")

    @pytest.mark.parametrize(
        ("paths", "found"),
        [
            ((), FILES),
            (("a",), FILES[1:2]),
            (("a/",), FILES[1:2]),
            (("a/appsscript.json", "ab"), FILES[1:]),
            ((".",), FILES),
            (("none",), ()),
        ],
    )
    def test_findings_and_undecided_of_the_named_paths_only(self, checks, paths, found):
        for content, what in ((OPEN_SCRIPT, "findings"), (UNDECIDED_SCRIPT, "undecided")):
            run = scan(MemoryTree(dict.fromkeys(self.FILES, content)), named(paths=paths), checks)
            assert sorted(entry.place.path for entry in getattr(run, what)) == sorted(found)
            assert run.counts.seen == 3

    def test_trouble_elsewhere_is_a_remark(self, checks):
        tree = MemoryTree({"appsscript.json": BROKEN_SCRIPT, "a/appsscript.json": SAFE_SCRIPT})
        run = scan(tree, named(paths=("a",)), checks)
        assert [(p.path, p.incomplete) for p in run.problems] == [("appsscript.json", False)]
        assert run.verdict.code == 0


class TestLinks:
    """A symbolic link must neither hide a file from us nor show it twice."""

    def test_a_known_name_for_a_file_of_an_unknown_name_is_read(self, folder, checks):
        root = folder({"notes.txt": OPEN_SCRIPT})
        (root / "appsscript.json").symlink_to("notes.txt")
        run = scan(DiskTree(root), SETTINGS, checks)
        assert [f.place.path for f in run.findings] == ["appsscript.json"]

    def test_a_known_name_for_a_file_that_is_left_out_is_read(self, folder, checks):
        root = folder(
            {"old/appsscript.json": OPEN_SCRIPT, "node_modules/x/appsscript.json": OPEN_SCRIPT, "b/x.txt": ""}
        )
        (root / "appsscript.json").symlink_to("old/appsscript.json")
        (root / "b" / "appsscript.json").symlink_to("../node_modules/x/appsscript.json")
        run = scan(DiskTree(root), named(exclude=("old/",)), checks)
        assert [f.place.path for f in run.findings] == ["appsscript.json", "b/appsscript.json"]

    def test_two_names_for_one_file_are_one(self, folder, checks):
        root = folder({"a/appsscript.json": OPEN_SCRIPT})
        (root / "appsscript.json").symlink_to("a/appsscript.json")
        run = scan(DiskTree(root), SETTINGS, checks)
        assert [f.place.path for f in run.findings] == ["a/appsscript.json"]

    def test_a_known_name_that_leads_out_of_the_tree_is_said(self, folder, tmp_path, checks):
        root = folder({"x.txt": ""})
        (tmp_path / "appsscript.json").write_text(OPEN_SCRIPT)
        (root / "appsscript.json").symlink_to("../appsscript.json")
        run = scan(DiskTree(root), SETTINGS, checks)
        assert (run.findings, [(p.path, p.kind) for p in run.problems]) == ((), [("appsscript.json", "outside")])


def test_the_same_input_gives_the_same_report(repository):
    files = {f"{n}/appsscript.json": OPEN_SCRIPT for n in range(10)}
    root = repository({**files, "slack-manifest.yaml": SLACK, "x/appsscript.json": BROKEN_SCRIPT})
    first, second = (
        json.loads(nhilint("check", "--format", "json", cwd=root, PYTHONHASHSEED=seed).out) for seed in "12"
    )
    assert first.pop("started")
    assert second.pop("started")
    assert first == second


def test_deprecated_checks_rest(checks):
    old = tuple(replace(check, status="deprecated") for check in checks)
    from nhilint.settle.select import choose

    assert choose(old, (), (), lambda: pytest.fail("not needed")) == ()
