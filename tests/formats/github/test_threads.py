"""What an agent reads when somebody who may is asked for, and the thread was begun by another."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.github.reading import SHA, agent_of

CALLED = f"""
on: %s
jobs:
  j:
    if: %s
    runs-on: x
    steps:
      - uses: anthropics/claude-code-action@{SHA}
        with: {{prompt: "About ${{{{ %s }}}}"}}
"""
MEMBER = "github.event.comment.author_association == 'MEMBER'"
OWN = "github.event.issue.user.login == 'ada'"


@pytest.mark.parametrize(
    ("event", "condition", "text", "is_read"),
    [
        ("issue_comment", MEMBER, "github.event.issue.title", True),
        ("discussion_comment", MEMBER, "github.event.discussion.body", True),
        ("issue_comment", MEMBER, "github.event.comment.body", False),
        ("issue_comment", f"{MEMBER} && {OWN}", "github.event.issue.title", False),
        ("issues", "github.event.issue.author_association == 'MEMBER'", "github.event.issue.title", False),
        ("push", "always()", "github.event.issue.title", False),
    ],
)
def test_a_member_who_calls_an_agent_into_a_thread_has_not_begun_it(event, condition, text, is_read):
    agent = agent_of(CALLED % (event, condition, text))
    assert value_of(agent.untrusted_input) == ((text,) if is_read else ())
