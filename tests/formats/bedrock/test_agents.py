"""What agents of Bedrock Agents turn into, in templates and in Terraform."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Known, Unknown, value_of
from tests.formats.bedrock.reading import only, resources

TEMPLATE = """
Parameters: {{Ask: {{Type: String}}}}
Resources:
  ShopRole:
    Type: AWS::IAM::Role
    Properties: {{RoleName: shop-agent}}
  Shop:
    Type: AWS::Bedrock::Agent
    Properties:
      AgentName: shop
      AgentResourceRoleArn: !GetAtt ShopRole.Arn
      AgentCollaborators: [{{CollaboratorName: payer, AgentDescriptor: {{AliasArn: x}}}}]
      ActionGroups:
        - ActionGroupName: orders
          ActionGroupExecutor: {executor}
          {schema}
"""


def shop(schema, executor="{Lambda: !GetAtt OrdersFunction.Arn}"):
    return only("agent", template__yaml=TEMPLATE.format(schema=schema, executor=executor))


def test_role_guardrail_and_collaborators():
    agent = shop("FunctionSchema: {Functions: []}")
    assert value_of(agent.runs_as.identity) == "ShopRole"
    assert agent.runs_as.declared.at.pointer == ("Resources", "ShopRole")
    assert value_of(agent.runs_as.power) == "limited"
    assert agent.guards == ()
    assert [value_of(d.target) for d in agent.delegations] == ["payer"]


@pytest.mark.parametrize(
    ("function", "approval"),
    [
        ("{Name: a}", "auto"),
        ("{Name: a, RequireConfirmation: ENABLED}", "prompt"),
        ("{Name: a, RequireConfirmation: DISABLED}", "auto"),
        ("{Name: a, RequireConfirmation: !Ref Ask}", None),
    ],
)
def test_a_function_asks_only_where_it_says_so(function, approval):
    (tool,) = shop(f"FunctionSchema: {{Functions: [{function}]}}").tools
    assert value_of(tool.approval) == approval


def test_who_hands_control_back_lets_the_application_decide():
    (tool,) = shop("FunctionSchema: {Functions: [{Name: a}]}", "{CustomControl: RETURN_CONTROL}").tools
    assert isinstance(tool.approval, Unknown)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("deleteOrder", ("other", "delete")),
        ("issue_refund", ("payments", "write")),
        ("refundOrder", ("payments", "execute")),
        ("getRefundStatus", ("other", "read")),
        ("send-email", ("other", "send")),
        ("orders", None),
    ],
)
def test_the_verb_of_a_name_says_what_a_function_does(name, expected):
    (tool,) = shop(f"FunctionSchema: {{Functions: [{{Name: {name}}}]}}").tools
    (capability,) = tool.capabilities
    if expected is None:
        assert isinstance(capability, Unknown)
    else:
        assert (value_of(capability.category), value_of(capability.access)) == expected
        assert value_of(capability.source) == "inferred"


def test_operations_of_a_schema_in_the_template():
    payload = '{\\"paths\\": {\\"/o\\": {\\"delete\\": {\\"x-requireConfirmation\\": \\"ENABLED\\"}, \\"get\\": {}}}}'
    tools = shop(f'ApiSchema: {{Payload: "{payload}"}}').tools
    assert [(value_of(t.name), value_of(t.approval)) for t in tools] == [("get /o", "auto"), ("delete /o", "prompt")]


def test_a_schema_in_a_bucket_is_unknown():
    (tool,) = shop("ApiSchema: {S3: {S3BucketName: b, S3ObjectKey: k}}").tools
    assert isinstance(tool, Unknown)


def test_terraform_puts_an_agent_together():
    agent = only(
        "agent",
        agent__tf="""
resource "aws_bedrockagent_agent" "shop" {
  agent_name              = "shop"
  agent_resource_role_arn = aws_iam_role.shop.arn
  dynamic "guardrail_configuration" {
    for_each = var.guardrails
    content { guardrail_identifier = guardrail_configuration.value }
  }
}
resource "aws_bedrockagent_agent_action_group" "orders" {
  agent_id = aws_bedrockagent_agent.shop.id
  action_group_executor { lambda = aws_lambda_function.orders.arn }
  function_schema {
    member_functions {
      functions { name = "cancel_order" }
    }
  }
}
resource "aws_bedrockagent_agent_collaborator" "payer" {
  agent_id          = aws_bedrockagent_agent.shop.agent_id
  collaborator_name = "payer"
}
""",
        role__tf='resource "aws_iam_role" "shop" {\n  name = "shop"\n}\n',
    )
    assert [value_of(t.name) for t in agent.tools] == ["cancel_order"]
    assert [value_of(d.target) for d in agent.delegations] == ["payer"]
    assert agent.runs_as.declared.at.path == "role.tf"
    assert len(agent.guards) == 1


def test_a_role_learns_that_an_agent_holds_it():
    found = resources(template__yaml=TEMPLATE.format(schema="FunctionSchema: {}", executor="{}"))
    (role,) = (r.facts for r in found if r.kind == "identity")
    assert role.agent_principal == Known(value=True, at=role.at)


def test_a_role_is_joined_by_its_full_id_across_files():
    role = (
        '{"RoleName": "x", "Arn": "arn:aws:iam::111122223333:role/triage", "AssumeRolePolicyDocument": {"Statement": []},'
        ' "AttachedManagedPolicies": [{"PolicyName": "A", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}]}'
    )
    toolkit = "agents: {t: {aws: {execution_role: 'arn:aws:iam::111122223333:role/triage'}}}"
    agent = only("agent", role__json=role, __bedrock_agentcore__yaml="", **{".bedrock_agentcore.yaml": toolkit})
    assert value_of(agent.runs_as.power) == "administers"
    assert agent.runs_as.power.at.path == "role.json"
