"""What chat channels may do with a role is what their guardrails leave of it."""

from __future__ import annotations

import pytest

from nhilint.api import scan

CHECK = "permission-change-on-every-resource"
READS, ADMINISTERS = (f"arn:aws:iam::aws:policy/{name}" for name in ("ReadOnlyAccess", "AdministratorAccess"))
ROLE = """
resource "aws_iam_role" "chat" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = SERVICE } }] })
}
resource "aws_iam_role_policy" "chat" {
  role   = aws_iam_role.chat.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sns:AddPermission", Resource = "*" }] })
}
"""
CHANNEL = """
resource "%s" "%s" {
  iam_role_arn = aws_iam_role.chat.arn
  %s
}
"""
OF_AWS, OF_AWSCC = "aws_chatbot_slack_channel_configuration", "awscc_chatbot_slack_channel_configuration"
CHAT = '"chatbot.amazonaws.com"'


def is_told(folder, name, text):
    (folder / name).write_text(text)
    return bool(scan(folder, select=[CHECK]).findings)


@pytest.mark.parametrize(
    ("service", "channels", "told"),
    [
        (CHAT, [(OF_AWS, "a", f'guardrail_policy_arns = ["{READS}"]')], False),
        (CHAT, [(OF_AWSCC, "a", f'guardrail_policies = ["{READS}"]')], False),
        (CHAT, [(OF_AWS, "a", f'guardrail_policy_arns = ["{READS}", "{ADMINISTERS}"]')], True),
        (CHAT, [(OF_AWS, "a", "guardrail_policy_arns = var.guardrails")], True),
        (CHAT, [(OF_AWS, "a", "")], True),
        (CHAT, [], True),
        (CHAT, [(OF_AWS, "a", f'guardrail_policy_arns = ["{READS}"]'), (OF_AWS, "b", "")], True),
        (f'[{CHAT}, "lambda.amazonaws.com"]', [(OF_AWS, "a", f'guardrail_policy_arns = ["{READS}"]')], True),
    ],
)
def test_the_role_of_channels(tmp_path, service, channels, told):
    text = ROLE.replace("SERVICE", service) + "".join(CHANNEL % one for one in channels)
    assert is_told(tmp_path, "main.tf", text) == told


STACK = """
Resources:
  Chat:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: chatbot.amazonaws.com}}]
      Policies:
        - PolicyName: chat
          PolicyDocument: {Statement: [{Effect: Allow, Action: "sns:AddPermission", Resource: "*"}]}
  Channel:
    Type: AWS::Chatbot::SlackChannelConfiguration
    Properties:
      ConfigurationName: chat
      IamRoleArn: !GetAtt Chat.Arn
"""


@pytest.mark.parametrize(("more", "told"), [(f"      GuardrailPolicies: ['{READS}']\n", False), ("", True)])
def test_the_role_of_a_channel_in_a_template(tmp_path, more, told):
    assert is_told(tmp_path, "stack.yaml", STACK + more) == told
