"""Attributes that are put together from several claims."""

from __future__ import annotations

import pytest

from nhilint.formats.gcp.put_together import scope_by_parts

EVENT_AND_WORKFLOW = '"event:" + assertion.event_name + ":owner:" + assertion.repository_owner_id + ":by:" + '
PINNED = "acme/flows/.github/workflows/build.yml@refs/heads/main"


@pytest.mark.parametrize(
    ("expression", "value", "scope"),
    [
        (f"{EVENT_AND_WORKFLOW}assertion.job_workflow_ref", f"event:push:owner:1234567:by:{PINNED}", "workload"),
        (f"{EVENT_AND_WORKFLOW}assertion.job_workflow_ref", f"event:push:owner:${{var.id}}:by:{PINNED}", "workload"),
        (f"{EVENT_AND_WORKFLOW}assertion.job_workflow_ref", "event:push:owner:1:by:${var.flow}", "repository"),
        (f"{EVENT_AND_WORKFLOW}assertion.job_workflow_ref", f"event:push:by:{PINNED}", None),
        (f"{EVENT_AND_WORKFLOW}assertion.job_workflow_ref + assertion.ref", f"event:push:owner:1:by:{PINNED}", None),
        ("assertion.actor + ':' + assertion.job_workflow_ref", f"someone:{PINNED}", None),
        ("assertion.workflow + ':' + assertion.job_workflow_ref", f"build:{PINNED}", None),
        (f"{EVENT_AND_WORKFLOW}assertion.job_workflow_ref.lowerAscii()", f"event:push:owner:1:by:{PINNED}", None),
        ("assertion.repository + assertion.ref", "acme/siterefs/heads/main", "branch_or_environment"),
        ("assertion.event_name + ':' + assertion.repository_owner_id", "push:1234567", None),
    ],
)
def test_a_value_asks_of_each_claim_that_it_is_put_together_from(expression, value, scope):
    assert scope_by_parts("github", expression, value) == scope


def test_other_issuers_say_nothing_of_workflows():
    assert (
        scope_by_parts("gitlab", f"{EVENT_AND_WORKFLOW}assertion.job_workflow_ref", f"event:x:owner:1:by:{PINNED}")
        is None
    )
