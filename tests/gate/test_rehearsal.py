"""Taking nhilint up in an old repository, and living with it: what people do, in the order in which they do it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import nhilint as library
from nhilint.knowledge.credentials.sample import sample
from tests.gate.history import AGENT, CALM_AGENT, OPEN_AGENT, OPEN_SERVER, OWNERS, SERVER, WORKFLOW, Work
from tests.running import git, nhilint

DEPLOY = """
on: {push: {branches: [main]}}
permissions: {id-token: write}
jobs:
  site:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@1111111111111111111111111111111111111111
        with: {role-to-assume: "%s", aws-region: eu-west-1}
"""
ROLE = "arn:aws:iam::111122223333:role/deploy"
OLD = {AGENT: OPEN_AGENT, "README.md": "an old repository\n", ".github/CODEOWNERS": OWNERS}


def test_adopt_add_move_waive_expire_and_mend(tmp_path):
    work = Work(tmp_path, OLD)
    assert work.check(since=None).active() == ["unrestricted-shell-allowed"]

    # Adopt: the old finding goes into the baseline, and everything passes.
    assert nhilint("baseline", "write", cwd=work.root).code == 0
    adopted = work.check(since=None)
    assert (adopted.code, adopted.settled("baselined")) == (0, ["unrestricted-shell-allowed"])
    work.change({".github/workflows/nhilint.yml": WORKFLOW}, "adopt")
    work.merge()

    # Add one finding: only that one fails, on the full run and on the change.
    work.branch()
    work.change({SERVER: OPEN_SERVER})
    for judged in (work.check("--fail-on", "medium", since=None), work.check("--fail-on", "medium")):
        assert (judged.code, judged.active()) == (1, ["unpinned-mcp-server"])
    work.merge()

    # Move lines and rename files: nothing is new.
    work.branch()
    git(work.root, "mv", AGENT, ".claude/settings.local.json")
    moved = json.dumps({"model": "opus", "permissions": {"allow": ["Read", "Bash"]}})
    work.change({SERVER: "\n\n" + OPEN_SERVER, ".claude/settings.local.json": moved})
    assert work.check("--fail-on", "medium").active() == []
    git(work.root, "checkout", "-q", "main")

    # Waive it properly: the waiver counts once it is merged, and passes the gate until its last day.
    work.branch("waiver")
    until = (datetime.now(UTC) + timedelta(days=30)).date()
    done = nhilint(
        *("waive", "unpinned-mcp-server", "--path", SERVER, "--reason", "pinned by the image", "--approver"),
        *("@octo/security", "--expires", until.isoformat()),
        cwd=work.root,
    )
    assert done.code == 0, done.err
    asked = work.check("--fail-on", "high")
    assert (asked.code, asked.active()) == (0, ["gate-weakened"])
    assert "waives unpinned-mcp-server for .mcp.json" in asked.messages()[0]
    work.change({}, "waive") if git(work.root, "status", "--porcelain") == "" else _commit(work, "waive")
    work.merge()
    assert work.check("--fail-on", "medium", since=None).settled("waived") == ["unpinned-mcp-server"]

    # On its last day it still holds; on the day after, the finding is back and the waiver says why.
    last = datetime(until.year, until.month, until.day, 23, tzinfo=UTC)
    assert _active(work, last) == []
    assert _active(work, last + timedelta(hours=2)) == ["unpinned-mcp-server", "waiver-ended"]

    # Mend the old finding: the baseline has nothing to cover and shrinks.
    work.branch("mend")
    work.change({AGENT: CALM_AGENT})
    mended = work.check(since=None)
    assert mended.report["stale_baseline"] == 1
    assert work.check().report["compared"]["gone"] == 1
    assert nhilint("baseline", "prune", cwd=work.root).out.startswith("dropped 1 entry")
    assert json.loads((work.root / ".nhilint/baseline.json").read_text())["findings"] == []


def _commit(work, message):
    git(work.root, "add", "-A")
    git(work.root, "commit", "-q", "-m", message)


def _active(work, moment):
    run = library.scan(work.root, now=moment)
    return sorted(f.check for f in run.findings if f.disposition == "active")


def test_taking_it_up_does_not_fail_for_it(tmp_path):
    work = Work(tmp_path, {AGENT: OPEN_AGENT})
    work.branch("adopt")
    nhilint("init", "--yes", cwd=work.root)
    nhilint("baseline", "write", cwd=work.root)
    _commit(work, "adopt")
    judged = work.check()
    assert (judged.code, judged.active()) == (0, ["gate-weakened"])
    assert "starts a baseline" in judged.messages()[0]


def test_a_baseline_only_shrinks_unless_somebody_lets_it_grow(tmp_path):
    work = Work(tmp_path, OLD)
    nhilint("baseline", "write", cwd=work.root)
    work.change({SERVER: OPEN_SERVER})
    kept = nhilint("baseline", "write", cwd=work.root)
    assert "1 finding not in it" in kept.out
    assert work.check(since=None).active() == ["unpinned-mcp-server"]
    nhilint("baseline", "write", "--grow", cwd=work.root)
    assert work.check(since=None).active() == []
    assert any("adds unpinned-mcp-server" in m or "baseline" in m for m in work.check().messages())


def test_a_finding_caused_elsewhere_stands_on_the_line_that_changed(tmp_path):
    """The workflow became the role before; the change makes the role an administrator, in another file."""

    def role(action, resource):
        statement = {"Effect": "Allow", "Action": action, "Resource": resource}
        policy = {"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}
        trust = {"Statement": []}
        facts = {"RoleName": "deploy", "Arn": ROLE, "AssumeRolePolicyDocument": trust, "RolePolicyList": [policy]}
        return json.dumps(facts, indent=2)

    work = Work(
        tmp_path,
        {".github/workflows/deploy.yml": DEPLOY % ROLE, "iam/deploy.json": role("s3:GetObject", "arn:aws:s3:::site/*")},
    )
    work.branch()
    work.change({"iam/deploy.json": role("*", "*")})
    found = next(f for f in work.check().report["findings"] if f["check"] == "pipeline-becomes-powerful-role")
    assert found["path"] == "iam/deploy.json"
    assert found["related"][0]["path"] == ".github/workflows/deploy.yml"
    assert "deploy.yml" not in {f["path"] for f in work.check().report["findings"] if f["disposition"] == "active"}


def test_another_secret_in_the_place_of_an_old_one_is_new(tmp_path):
    def server(seed):
        token = sample("github-pat-classic", seed)
        return json.dumps({"mcpServers": {"x": {"command": "./x", "env": {"GITHUB_TOKEN": token}}}}, indent=2)

    work = Work(tmp_path, {SERVER: server(1)})
    first = work.check(since=None).active()
    assert first
    assert work.check().active() == []
    work.branch()
    work.change({SERVER: server(2)})
    assert work.check().active() == first


class TestRevisions:
    def test_a_revision_that_is_not_here_names_the_command(self, tmp_path):
        work = Work(tmp_path, OLD)
        done = work.check(since="origin/release")
        assert (done.code, "git fetch origin release" in done.err) == (2, True)

    def test_a_shallow_clone_names_the_command(self, tmp_path):
        work = Work(tmp_path, OLD)
        work.branch()
        work.change({SERVER: OPEN_SERVER})
        git(work.root, "push", "-q", "origin", "HEAD:feature")
        git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "feature", f"file://{work.remote}", "shallow")
        done = nhilint("check", "--since", "HEAD^1", cwd=tmp_path / "shallow")
        assert (done.code, "git fetch --unshallow" in done.err) == (2, True)

    def test_no_repository(self, folder):
        done = nhilint("check", "--since", "HEAD", cwd=folder({AGENT: OPEN_AGENT}))
        assert (done.code, "not the top of a git repository" in done.err) == (2, True)

    def test_an_option_is_no_revision(self, tmp_path):
        done = Work(tmp_path, OLD).check(since="--output=x")
        assert done.code == 2

    def test_what_is_not_committed_counts(self, tmp_path):
        work = Work(tmp_path, OLD)
        (work.root / SERVER).write_text(OPEN_SERVER)
        assert work.check("--fail-on", "medium").active() == ["unpinned-mcp-server"]

    def test_a_commit_of_the_main_branch_that_came_later_is_not_the_changes(self, tmp_path):
        work = Work(tmp_path, OLD)
        work.branch()
        work.change({"README.md": "x\n"})
        git(work.root, "checkout", "-q", "main")
        work.change({SERVER: OPEN_SERVER}, "later")
        git(work.root, "push", "-q", "origin", "HEAD:main")
        git(work.root, "checkout", "-q", "feature")
        assert work.check("--fail-on", "medium").active() == []
