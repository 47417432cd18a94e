"""Actions by the type of resource that limits them."""

from __future__ import annotations

from nhilint.knowledge.aws import acting_on


def test_actions_on_roles_are_not_those_on_users():
    on_roles = acting_on("iam", "role")
    assert "iam:PassRole" in on_roles
    assert "iam:AttachUserPolicy" not in on_roles
    assert "sts:AssumeRole" in acting_on("sts", "role")


def test_case_and_marks_of_the_reference_do_not_count():
    assert acting_on("states", "stateMachine") == acting_on("STATES", "statemachine")
    assert "secretsmanager:GetSecretValue" in acting_on("secretsmanager", "secret")
    assert "logs:DeleteLogGroup" in acting_on("logs", "log-group")


def test_an_action_of_several_types_counts_for_each():
    assert "ssm:SendCommand" in acting_on("ssm", "document")
    assert "ssm:SendCommand" in acting_on("ssm", "instance")


def test_a_type_or_service_that_aws_does_not_have_says_nothing():
    assert acting_on("s3", "acme-reports") is None
    assert acting_on("nosuch", "thing") is None
