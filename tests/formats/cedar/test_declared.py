"""Cedar statements inside of templates and modules."""

from __future__ import annotations

from pathlib import Path

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN, rendered, tree_of

TEMPLATE = """
Resources:
  One:
    Type: AWS::VerifiedPermissions::Policy
    Properties:
      PolicyStoreId: x
      Definition: {Static: {Statement: 'permit(principal in G::"a", action, resource);'}}
  Two:
    Type: AWS::BedrockAgentCore::Policy
    Properties:
      Name: two
      Definition: {Cedar: {Statement: !Ref Statement}}
  Three:
    Type: AWS::VerifiedPermissions::Policy
    Properties:
      Definition: {TemplateLinked: {PolicyTemplateId: x}}
"""
MODULE = """
resource "aws_bedrockagentcore_policy" "tools" {
  name = "tools"
  definition {
    cedar {
      statement = <<-EOT
        permit(principal, action, resource == AgentCore::Gateway::"${aws_bedrockagentcore_gateway.a.gateway_arn}");
      EOT
    }
  }
}
resource "aws_verifiedpermissions_policy" "odd" {
  definition = var.definition
}
"""


def read(files):
    gathered = gather(tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN))
    return {r.name: r.facts for r in link(gathered.resources) if r.kind == "policy"}


def test_templates():
    found = read({"template.yaml": TEMPLATE})
    assert set(found) == {"One"}
    (rule,) = found["One"].rules
    assert value_of(rule.everyone) is False
    assert rendered(rule.at) == "template.yaml#/Resources/One/Properties/Definition/Static/Statement"


def test_modules():
    (found,) = read({"main.tf": MODULE}).items()
    assert found[0] == "tools"
    assert value_of(found[1].rules[0].every_resource) is True


def test_a_module_of_verified_permissions():
    text = 'resource "aws_verifiedpermissions_policy" "all" {\n  definition {\n    static {\n      statement = "permit(principal, action, resource);"\n    }\n  }\n}\n'
    (rule,) = read({"main.tf": text})["all"].rules
    at = "main.tf#/resource/aws_verifiedpermissions_policy/all/0/definition/0/static/0/statement"
    assert value_of(rule.everyone) is True
    assert rendered(rule.at) == at
