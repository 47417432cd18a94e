"""`diff`, `waive`, `baseline` and `init` as people type them."""

from __future__ import annotations

import json

import pytest

from tests.gate.history import AGENT, CALM_AGENT, OPEN_AGENT, OWNERS, SERVER, Work
from tests.running import git, nhilint

WAIVE = ("waive", "unrestricted-shell-allowed", "--path", AGENT, "--reason", "for now", "--approver", "@octo")


class TestDiff:
    @pytest.fixture
    def work(self, tmp_path):
        made = Work(tmp_path, {AGENT: CALM_AGENT})
        made.branch()
        made.change({AGENT: OPEN_AGENT})
        return made

    def test_zero_configuration(self, work):
        done = nhilint("diff", cwd=work.root)
        assert done.code == 0
        assert "may use Bash without a question" in done.out
        assert done.out.endswith("1 actor with more authority\n")

    def test_two_revisions_of_which_none_is_checked_out(self, work):
        git(work.root, "checkout", "-q", "main")
        assert nhilint("diff", cwd=work.root).out == "This change leaves everybody's authority as it is\n"
        assert "may use Bash without a question" in nhilint("diff", "main", "feature", cwd=work.root).out

    def test_json_has_everything(self, work):
        report = json.loads(nhilint("diff", "--format", "json", cwd=work.root).out)
        assert report["schema"] == "nhilint/delta/1"
        assert (len(report["base"]), report["head"]) == (40, "")
        (actor,) = report["actors"]
        assert (actor["kind"], actor["state"], actor["shifts"][0]["line"]) == ("agent", "changed", 5)

    def test_markdown(self, work):
        assert nhilint("diff", "--format", "markdown", cwd=work.root).out.startswith("### What this change does")

    def test_without_a_main_branch_it_asks_for_one(self, repository):
        root = repository({"x": "y"})
        git(root, "branch", "-m", "trunk")
        done = nhilint("diff", cwd=root)
        assert (done.code, "name the revision to compare with" in done.err) == (2, True)


class TestWaive:
    def test_what_is_there_stays(self, repository):
        old = "# why we except at all\nwaivers:\n  - check: critical-scope # long story\n    path: a.json\n"
        root = repository({AGENT: OPEN_AGENT, ".nhilint/waivers.yaml": old})
        assert nhilint(*WAIVE, cwd=root).code == 0
        text = (root / ".nhilint/waivers.yaml").read_text()
        assert text.startswith(old.rstrip("\n"))
        assert 'approver: "@octo"' in text
        assert "unrestricted-shell-allowed" in text

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("waive", "no-such-check", *WAIVE[2:]), "there is no check 'no-such-check'"),
            (("waive", "gate-weakened", *WAIVE[2:]), "gate-weakened allows no exceptions"),
            (("waive", "unrestricted-shell-allowed", "--path", "**", *WAIVE[4:]), "say what it is for"),
            ((*WAIVE, "--expires", "2999-01-01"), "must lie between today and"),
            ((*WAIVE, "--expires", "soon"), "is no date"),
            ((*WAIVE[:-1], "@helper[bot]"), "a bot cannot be the approver"),
        ],
    )
    def test_what_would_have_no_effect_is_refused(self, repository, arguments, said):
        root = repository({AGENT: OPEN_AGENT})
        done = nhilint(*arguments, cwd=root)
        assert (done.code, said in done.err) == (2, True), done.err
        assert not (root / ".nhilint").exists()

    def test_a_list_that_cannot_be_read_is_not_overwritten(self, repository):
        root = repository({".nhilint/waivers.yaml": "waivers: [{chek: x}]\n"})
        assert nhilint(*WAIVE, cwd=root).code == 2
        assert (root / ".nhilint/waivers.yaml").read_text() == "waivers: [{chek: x}]\n"


class TestInit:
    def test_shows_and_writes_nothing_without_a_yes(self, repository):
        root = repository({"README.md": "x"})
        done = nhilint("init", "--owner", "@octo/security", cwd=root)
        assert done.code == 0
        assert "+fail_on: high" in done.out
        assert "+/.nhilint/ @octo/security" in done.out
        assert "nothing was written" in done.out
        assert git(root, "status", "--porcelain") == ""

    def test_what_it_writes_can_be_run(self, repository):
        root = repository({AGENT: CALM_AGENT, ".pre-commit-config.yaml": "repos:\n  - repo: local\n    hooks: []\n"})
        assert nhilint("init", "--owner", "@octo/security", "--yes", cwd=root).code == 0
        assert nhilint("check", cwd=root).code == 0
        assert "- id: nhilint" in (root / ".pre-commit-config.yaml").read_text()
        again = nhilint("init", "--owner", "@octo/security", "--yes", cwd=root)
        assert "wrote" not in again.out

    def test_what_is_there_is_kept(self, repository):
        files = {".nhilint/config.yaml": "fail_on: low\n", ".github/CODEOWNERS": OWNERS, SERVER: "{}"}
        root = repository(files)
        nhilint("init", "--owner", "@mallory", "--yes", cwd=root)
        assert (root / ".nhilint/config.yaml").read_text() == "fail_on: low\n"
        assert "@mallory" not in (root / ".github/CODEOWNERS").read_text()

    def test_without_an_owner_it_says_what_is_missing(self, repository):
        assert "nobody owns .nhilint/" in nhilint("init", cwd=repository({"x": ""})).out


class TestBaseline:
    def test_an_incomplete_scan_makes_none(self, repository):
        root = repository({AGENT: OPEN_AGENT, SERVER: "{"})
        done = nhilint("baseline", "write", cwd=root)
        assert (done.code, "a baseline with holes" in done.err) == (2, True)

    def test_every_place_of_what_is_said_once_is_taken_and_a_further_one_is_new(self, repository):
        servers = '{"mcpServers": {"notes": {"command": "npx", "args": ["-y", "@acme/notes-mcp"]}}}'
        root = repository({".mcp.json": servers, ".cursor/mcp.json": servers})
        assert "2 findings" in nhilint("baseline", "write", cwd=root).out
        assert nhilint("check", "--fail-on", "medium", cwd=root).code == 0
        (root / ".roo").mkdir()
        (root / ".roo/mcp.json").write_text(servers)
        done = nhilint("check", "--fail-on", "medium", cwd=root)
        assert (done.code, ".roo/mcp.json:1" in done.out, "2 baselined" in done.out) == (1, True, True)

    def test_nothing_to_prune(self, repository):
        assert nhilint("baseline", "prune", cwd=repository({"x": ""})).code == 2

    def test_another_one(self, repository, tmp_path):
        root = repository({AGENT: OPEN_AGENT})
        nhilint("baseline", "write", cwd=root)
        (root / ".nhilint/baseline.json").rename(tmp_path / "kept.json")
        assert nhilint("check", cwd=root).code == 1
        assert nhilint("check", "--baseline", tmp_path / "kept.json", cwd=root).code == 0

    def test_one_that_is_none(self, repository):
        done = nhilint("check", cwd=repository({".nhilint/baseline.json": "{}"}))
        assert (done.code, ".nhilint/baseline.json:1:1: this is no baseline" in done.err) == (2, True)
