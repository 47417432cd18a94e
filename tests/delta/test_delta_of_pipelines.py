"""What changes around pipelines: who starts them with rights, what their jobs wait for, what they become."""

from __future__ import annotations

from tests.delta.two_states import delta, words, workflow

PATH = ".github/workflows/deploy.yml"
HEAD = "name: deploy\non: {on}\npermissions: {{contents: write}}\njobs:\n  deploy:\n    runs-on: x\n"


def job(more="", on="push", steps="- run: make"):
    lines = f"    {more}\n" if more else ""
    return {PATH: HEAD.format(on=on) + lines + f"    steps:\n      {steps}\n"}


class TestWhoStartsIt:
    def test_a_condition_that_is_dropped(self):
        gate = "if: github.event.comment.author_association == 'OWNER'"
        ship = "- uses: acme/ship@v1"
        before, after = job(gate, "issue_comment", ship), job("", "issue_comment", ship)
        said = "issue_comment, which anybody can cause with rights"
        assert words(before, after) == [f"is started by {said}"]
        assert words(before, after, "narrowed") == []
        assert words(after, before) == []
        assert f"is no longer started by {said}" in words(after, before, "narrowed")

    def test_the_event_that_came_tells_it_alone(self):
        said = words(job(), job(on="[push, pull_request_target]"))
        assert said == ["is started by pull_request_target, which anybody can cause with rights"]

    def test_an_event_behind_a_condition(self):
        gate = "if: github.event.comment.author_association == 'OWNER'"
        said = words(job(gate), job(gate, "[push, issue_comment]"))
        assert said == ["is started by issue_comment, behind conditions on who causes it"]

    def test_a_plain_pull_request_starts_nothing_with_rights(self):
        """The token of a stranger's pull request only reads."""
        (found,) = delta(job(on="push"), job(on="[push, pull_request]"))
        assert max(shift.weight.word for shift in found.shifts) == "low"
        after = workflow("contents: write", trigger="pull_request")
        (found,) = delta(workflow("contents: read", trigger="pull_request"), after)
        assert found.consequence == ""


class TestEnvironments:
    def test_a_job_that_waits_no_more(self):
        said = "no longer waits for the environment live"
        assert said in words(job("environment: live"), job())

    def test_a_job_that_is_gone_waits_for_nothing(self):
        other = {
            PATH: job("environment: live")[PATH].replace("  deploy:\n", "  check:\n").replace("environment", "x-e")
        }
        assert "no longer waits for the environment live" not in words(job("environment: live"), other)

    def test_a_run_that_approves_itself_from_now_on(self):
        script = '"gh api -X POST repos/o/r/actions/runs/$GITHUB_RUN_ID/pending_deployments -f state=approved"'
        after = job(steps=f"- run: {script}\n        env: {{GH_TOKEN: '${{{{ secrets.APPROVER }}}}'}}")
        assert "approves its own deployment with APPROVER" in words(job(), after)
        assert "no longer approves its own deployment with APPROVER" in words(after, job(), "narrowed")


class TestActions:
    def test_an_action_in_a_pipeline_that_stays_says_how_it_is_fixed(self):
        after = job(steps="- uses: acme/ship@v1")
        assert "uses acme/ship by a name that moves (v1)" in words(job(), after)

    def test_an_action_of_the_repository_itself_weighs_little(self):
        (found,) = delta(job(), job(steps="- uses: ./.github/actions/ship"))
        assert found.weight.word == "low"

    def test_a_pin_to_a_digest_narrows(self):
        digest = "0123456789abcdef0123456789abcdef01234567"
        before, after = job(steps="- uses: acme/ship@v1"), job(steps=f"- uses: acme/ship@{digest}")
        assert words(before, after, "narrowed") == [
            "takes acme/ship at 0123456789ab…; before, it took acme/ship by a name that moves (v1)"
        ]

    def test_a_guard_among_the_actions(self):
        digest = "0123456789abcdef0123456789abcdef01234567"
        before = job(steps=f"- uses: step-security/harden-runner@{digest}\n      - run: make")
        assert words(before, job()) == ["no longer has step-security/harden-runner watch where the job connects to"]
