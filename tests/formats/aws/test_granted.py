"""What of a statement nothing narrows."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.granted import grant
from nhilint.formats.aws.statement import denied_everywhere, read_statement
from nhilint.formats.node import Node
from nhilint.model.fact import Unknown


def read(**keys):
    return read_statement(Node(keys, "policy.json", ("Statement", 0)))


def open_in(*stated, fact):
    statements = [read(**keys) for keys in stated]
    return getattr(grant(statements[0], 0, None, denied_everywhere(statements)), fact)


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


AUDITED = ("ec2:Describe*", "iam:List*", "rds:Describe*")
PARAMETERS = ("ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath")


def test_denials_of_the_same_document_count():
    forbidden = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
    assert open_in(allow("iam:*"), fact="unlimited_services").value == ("iam",)
    assert open_in(allow("iam:*"), forbidden, fact="unlimited_services").value == ()
    assert open_in(allow("iam:PassRole"), forbidden, fact="passes_any_role").value is False


def test_a_service_less_a_few_actions_is_still_a_service():
    few = {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}
    assert open_in(allow("s3:*"), few, fact="unlimited_services").value == ("s3",)


@pytest.mark.parametrize(
    ("actions", "open_reads"),
    [
        (["ssm:GetParameter"], ("ssm:GetParameter",)),
        (["ssm:Get*", "ssm:List*", "ssm:Describe*"], PARAMETERS),
        (["ssm:Get*", "ssm:PutParameter", *AUDITED], PARAMETERS),
        (["ssm:Get*", "logs:PutLogEvents"], PARAMETERS),
        (["ssm:Get*", "logs:PutLogEvents", *AUDITED], ()),
        (["secretsmanager:Get*", *AUDITED], ("secretsmanager:GetSecretValue",)),
        (["secretsmanager:List*", *AUDITED], ()),
        (["secretsmanager:GetSecretValue"], ("secretsmanager:GetSecretValue",)),
        (["secretsmanager:BatchGetSecretValue", "secretsmanager:ListSecrets"], ()),
    ],
)  # fmt: skip
def test_reads_of_secret_stores_that_are_asked_for(actions, open_reads):
    assert open_in(allow(actions), fact="unlimited_store_reads").value == open_reads


def test_stored_data_is_open_on_every_bucket():
    assert open_in(allow("s3:GetObject", "arn:aws:s3:::*"), fact="unlimited_data_reads").value == ("s3:GetObject",)
    assert open_in(allow("s3:GetObject", "arn:aws:s3:::a/*"), fact="unlimited_data_reads").value == ()
    assert "s3:GetObject" in open_in(allow("s3:Get*"), fact="unlimited_data_reads").value
    assert open_in(allow(["s3:Get*", *AUDITED]), fact="unlimited_data_reads").value == ()


def test_a_denial_opens_nothing():
    forbidden = {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::*"}
    assert open_in(forbidden, fact="unlimited_services").value == ()


@pytest.mark.parametrize(
    "stated", [allow("s3:*", "${bucket}"), allow("${action}"), {**allow("s3:*"), "Effect": "${e}"}]
)
def test_what_is_filled_in_later_is_unknown(stated):
    assert isinstance(open_in(stated, fact="unlimited_services"), Unknown)


def test_resources_that_could_not_matter_leave_nothing_unknown():
    later = allow(["kms:Decrypt", "s3:GetObject"], "${bucket_or_key}")
    assert open_in(later, fact="unlimited_store_reads").value == ()
    assert open_in(later, fact="passes_any_role").value is False
    assert isinstance(open_in(later, fact="unlimited_data_reads"), Unknown)


def test_reading_that_aws_cannot_narrow_is_not_held_against_a_statement():
    assert open_in(allow("bedrock:RetrieveAndGenerate"), fact="unlimited_data_reads").value == ()
