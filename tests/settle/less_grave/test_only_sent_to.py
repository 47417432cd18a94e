"""A topic that anyone may only publish to is told less gravely than one that they may listen to."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

TOPIC = """
Resources:
  News: {{Type: "AWS::SNS::Topic"}}
  Open:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref News]
      PolicyDocument:
        Statement:
          - {{Effect: Allow, Principal: "*", Action: {action}, Resource: !Ref News}}
"""


@pytest.mark.parametrize(
    ("action", "severity"),
    [
        ("'sns:Publish'", Severity.MEDIUM),
        ("['SNS:Publish']", Severity.MEDIUM),
        ("['sns:Publish', 'sns:Subscribe']", Severity.HIGH),
        ("'sns:*'", Severity.HIGH),
    ],
)
def test_what_strangers_may_do_with_a_topic(tmp_path, action, severity):
    (tmp_path / "stack.yaml").write_text(TOPIC.format(action=action))
    (found,) = scan(tmp_path, select=["public-resource-policy"]).findings
    assert found.severity == severity
    assert found.message.endswith("they can only send messages to it, and read none") == (severity < Severity.HIGH)


def test_another_statement_of_the_policy_stays_as_it_is(tmp_path):
    more = '          - {Effect: Allow, Principal: "*", Action: "sns:Subscribe", Resource: !Ref News}\n'
    (tmp_path / "stack.yaml").write_text(TOPIC.format(action="'sns:Publish'") + more)
    found = scan(tmp_path, select=["public-resource-policy"]).findings
    assert sorted(one.severity for one in found) == [Severity.MEDIUM, Severity.HIGH]
