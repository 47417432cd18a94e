"""Who gets past a condition: strangers, people with a merged change, or neither."""

from __future__ import annotations

import pytest

from nhilint.formats.github.condition import NO, PERHAPS, YES, always_holds, can_happen, ignores_needs, reached
from nhilint.formats.github.world import World

ANY = frozenset({"*"})


def reach(condition: str, event: str, types: frozenset[str] = ANY, **known: object) -> tuple[int, int]:
    return tuple(reached(condition, World(event, types, level, **known)) for level in ("anyone", "contributors"))


@pytest.mark.parametrize(
    ("condition", "event", "expected"),
    [
        # what the person writes is theirs to choose
        ("contains(github.event.comment.body, '/go')", "issue_comment", (YES, YES)),
        ("startsWith(github.head_ref, 'renovate/')", "pull_request_target", (YES, YES)),
        # what the event does not bring is empty
        ("contains(github.event.comment.body, '/go')", "issues", (NO, NO)),
        ("github.event_name == 'push'", "issues", (NO, NO)),
        # how close the person is to the repository
        ("github.event.comment.author_association == 'MEMBER'", "issue_comment", (NO, NO)),
        ("contains(fromJSON('[\"OWNER\",\"CONTRIBUTOR\"]'), github.event.comment.author_association)", "issue_comment", (NO, YES)),
        ("contains('OWNER MEMBER', github.event.comment.author_association)", "issue_comment", (NO, NO)),
        ("github.event.comment.author_association != 'NONE'", "issue_comment", (YES, YES)),
        # the author of an issue is somebody else than who comments on it
        ("github.event.issue.author_association == 'OWNER'", "issue_comment", (YES, YES)),
        ("github.event.issue.author_association == 'OWNER'", "issues", (NO, NO)),
        # who the person is
        ("github.actor == 'alice'", "issue_comment", (NO, NO)),
        ("contains(fromJSON('[\"alice\",\"bob\"]'), github.actor)", "issue_comment", (NO, NO)),
        ("github.actor == github.repository_owner", "issue_comment", (NO, NO)),
        ("github.actor != 'dependabot[bot]'", "issue_comment", (YES, YES)),
        ("github.event.issue.user.login == 'alice'", "issue_comment", (YES, YES)),
        # a list that maintainers keep elsewhere may hold the person, or not
        ("contains(vars.ALLOWED, github.actor)", "issue_comment", (PERHAPS, PERHAPS)),
        ("contains(fromJSON(secrets.ALLOWED), github.actor)", "issue_comment", (PERHAPS, PERHAPS)),
        ("!contains(vars.BLOCKED, github.actor)", "issue_comment", (YES, YES)),
        ("github.actor != vars.BOT", "issue_comment", (YES, YES)),
        ("contains(fromJSON(vars.ROLES), github.event.comment.author_association)", "issue_comment", (PERHAPS, PERHAPS)),
        ("vars.ON == 'true'", "issue_comment", (YES, YES)),
        # a bot can be made the latest actor of a pull request, not its author
        ("github.actor == 'dependabot[bot]'", "pull_request_target", (YES, YES)),
        ("github.actor_id == 49699333", "pull_request_target", (YES, YES)),
        ("github.event.pull_request.user.login == 'dependabot[bot]'", "pull_request_target", (NO, NO)),
        # where the code comes from
        ("github.event.pull_request.head.repo.full_name == github.repository", "pull_request_target", (NO, NO)),
        ("!github.event.pull_request.head.repo.fork", "pull_request_target", (NO, NO)),
        (
            "github.event.pull_request.head.repo.id == github.event.pull_request.base.repo.id",
            "pull_request_target",
            (NO, NO),
        ),
        ("github.event.pull_request.head.repo.fork == true", "pull_request_target", (YES, YES)),
        ("github.event.workflow_run.event == 'push'", "workflow_run", (NO, NO)),
        ("github.event.workflow_run.conclusion == 'success'", "workflow_run", (YES, YES)),
        ("github.event.workflow_run.head_branch == 'main'", "workflow_run", (YES, YES)),
        # labels stay on when new commits come
        ("contains(github.event.pull_request.labels.*.name, 'ok')", "pull_request_target", (NO, NO)),
        ("github.event.label.name == 'ok'", "pull_request_target", (NO, NO)),
        ("github.event.pull_request.merged == true", "pull_request_target", (NO, NO)),
        # words that say nothing about the person
        ("always()", "issues", (YES, YES)),
        ("github.repository == 'acme/site' && vars.ON == 'true'", "issues", (YES, YES)),
        ("failure() || github.actor == 'alice'", "issues", (YES, YES)),
        ("(github.actor == 'alice' || 'x' == 'x') && !cancelled()", "issues", (YES, YES)),
        ("false", "issues", (NO, NO)),
        ("not an expression ((", "issues", (YES, YES)),
    ],
)  # fmt: skip
def test_who_gets_past(condition, event, expected):
    assert reach(condition, event) == expected


def test_activity_types_that_outsiders_cannot_cause_do_not_count():
    assert reach("github.event.action == 'opened'", "issues", frozenset({"opened", "labeled"})) == (YES, YES)
    assert reach("github.event.action == 'labeled'", "issues", frozenset({"opened", "labeled"})) == (NO, NO)


def test_a_label_lets_in_whoever_wrote_what_bears_it():
    labelled = World("pull_request_target", ANY, "labelled")
    assert reached("contains(github.event.pull_request.labels.*.name, 'ok')", labelled) == YES
    assert reached("github.event.pull_request.author_association == 'CONTRIBUTOR'", labelled) == YES
    assert reached("github.event.pull_request.author_association == 'MEMBER'", labelled) == NO


def test_the_outcome_of_a_guarding_job_is_not_foreseen():
    guards = frozenset({"needs.who"})
    assert reach("needs.who.outputs.member == 'true'", "issues", guards=guards) == (PERHAPS, PERHAPS)
    assert reach("needs.who.outputs.member == 'true'", "issues") == (YES, YES)
    assert reach("needs.who.result == 'success'", "issues", needs={"who": NO}) == (NO, NO)


@pytest.mark.parametrize(
    ("text", "always"),
    [
        ("${{ a == b }}", False),
        ("a == b", False),
        ("${{ a == b }}\n", True),
        ("${{ a }} && ${{ b }}", True),
        ("!${{ a }}", True),
        ("${{ unclosed", False),
    ],
)
def test_a_text_around_the_brackets_is_always_true(text, always):
    assert always_holds(text) is always
    assert not always or reached(text, World("issues", ANY, "anyone")) == YES


@pytest.mark.parametrize(
    ("text", "ignores"),
    [("always() && x", True), ("!cancelled()", True), ("success()", False), ("x", False), (None, False)],
)
def test_status_questions_let_a_job_run_after_a_skipped_one(text, ignores):
    assert ignores_needs(text) is ignores


@pytest.mark.parametrize(
    ("text", "events", "can"),
    [
        ("github.event_name == 'issues'", ("workflow_dispatch",), False),
        ("github.event_name == 'issues' && github.actor == 'me'", ("push", "schedule"), False),
        ("github.event_name == 'issues' || github.actor == 'me'", ("push",), True),
        ("github.event_name != 'push'", ("push",), False),
        ("github.event_name == 'issues'", ("push", "issues"), True),
        ("github.event_name == 'issues'", ("workflow_call",), True),
        ("always() && github.event_name == 'issues'", ("push",), False),
        ("contains(fromJSON('[\"push\"]'), github.event_name)", ("issues",), False),
        ("github.actor == 'me'", ("push",), True),
        (None, ("push",), True),
    ],
)
def test_what_asks_for_another_event_never_happens(text, events, can):
    assert can_happen(text, events) is can
