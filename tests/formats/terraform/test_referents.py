from __future__ import annotations

import pytest

from nhilint.formats.terraform.referents import attribute_of


@pytest.mark.parametrize(
    ("kind", "attribute", "form"),
    [
        ("aws_dynamodb_table", "arn", ":table/own"),
        ("aws_dynamodb_table", "stream_arn", ":table/own/stream/own"),
        ("aws_lambda_function", "qualified_arn", ":function:own"),
        ("aws_lambda_function", "invoke_arn", ":function:own"),
        ("aws_kms_alias", "target_key_arn", ":key/own"),
    ],
)
def test_an_attribute_that_holds_the_arn_of_the_resource(kind, attribute, form):
    assert attribute_of(kind, "own", attribute).endswith(form)


def test_an_attribute_that_is_called_as_the_resource_is_holds_its_arn():
    told = attribute_of("aws_bedrockagent_agent", "own", "agent_arn")
    assert told is not None
    assert told == attribute_of("aws_bedrockagent_agent", "own", "arn")


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("aws_lambda_function", "kms_key_arn"),
        ("aws_ecs_task_definition", "task_role_arn"),
        ("aws_s3_bucket", "stream_arn"),
        ("aws_cloudwatch_event_connection", "secret_arn"),
    ],
)
def test_the_arn_of_something_else_is_not_told(kind, attribute):
    assert attribute_of(kind, "own", attribute) is None
