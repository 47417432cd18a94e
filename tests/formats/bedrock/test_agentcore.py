"""What runtimes, gateways, interpreters and providers of AgentCore turn into."""

from __future__ import annotations

import json

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, value_of
from tests.formats.bedrock.reading import only, resources


def gateway(**properties):
    template = {"Resources": {"G": {"Type": "AWS::BedrockAgentCore::Gateway", "Properties": properties}}}
    return only("tool", template__json=json.dumps(template))


@pytest.mark.parametrize(
    ("properties", "kind", "offloaded"),
    [
        ({"AuthorizerType": "NONE"}, "none", False),
        ({"AuthorizerType": "AUTHENTICATE_ONLY"}, "authenticated_only", False),
        ({"AuthorizerType": "AWS_IAM"}, "platform", False),
        ({"AuthorizerType": "NONE", "InterceptorConfigurations": [{"InterceptionPoints": ["REQUEST"]}]}, "none", True),
        (
            {"AuthorizerType": "NONE", "InterceptorConfigurations": [{"InterceptionPoints": ["RESPONSE"]}]},
            "none",
            False,
        ),
        ({"AuthorizerType": "NONE", "PolicyEngineConfiguration": {"Mode": "ENFORCE"}}, "none", True),
        ({"AuthorizerType": "NONE", "PolicyEngineConfiguration": {"Mode": "LOG_ONLY"}}, "none", False),
    ],
)
def test_who_may_call_a_gateway(properties, kind, offloaded):
    inbound = gateway(**properties).inbound
    assert (value_of(inbound.kind), value_of(inbound.offloaded)) == (kind, offloaded)


@pytest.mark.parametrize(
    ("authorizer", "narrowed"),
    [
        ({"DiscoveryUrl": "https://a.example/x"}, False),
        ({"DiscoveryUrl": "https://a.example/x", "AllowedClients": []}, False),
        ({"DiscoveryUrl": "https://a.example/x", "AllowedScopes": ["a"]}, True),
        ({"DiscoveryUrl": "https://a.example/x", "AllowedWorkloadConfiguration": {"WorkloadIdentities": ["a"]}}, True),
        ({"DiscoveryUrl": "https://a.example/x", "AllowedAudience": {"Ref": "Somewhere"}}, True),
    ],
)
def test_any_of_four_lists_narrows_the_tokens(authorizer, narrowed):
    inbound = gateway(AuthorizerType="CUSTOM_JWT", AuthorizerConfiguration={"CustomJWTAuthorizer": authorizer}).inbound
    assert value_of(inbound.narrowed) is narrowed


def test_a_block_of_terraform_stands_for_its_type():
    tool = only(
        "tool",
        main__tf="""
resource "aws_bedrockagentcore_gateway" "g" {
  name = "g"
  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url = "https://a.example/x"
      custom_claim { inbound_token_claim_name = "team" }
    }
  }
}
""",
    )
    assert (value_of(tool.inbound.kind), value_of(tool.inbound.narrowed)) == ("oauth", True)


@pytest.mark.parametrize(
    ("block", "forwards"),
    [
        ("gateway_iam_role {}", "own_identity"),
        ('api_key { provider_arn = "x" }', "stored_key"),
        ("jwt_passthrough {}", "caller_token"),
        ('oauth { scopes = ["a"] }', "oauth_token"),
    ],
)
def test_what_a_target_is_shown(block, forwards):
    text = f'resource "aws_bedrockagentcore_gateway_target" "t" {{\n credential_provider_configuration {{\n {block}\n }}\n}}'
    assert value_of(only("tool", main__tf=text).forwards) == forwards


def test_the_project_file_decides_what_is_left_out():
    project = {
        "name": "p",
        "runtimes": [{"name": "r", "envVars": [{"name": "DB_PASSWORD", "value": "hunter2" + "xyzQ91"}]}],
        "agentCoreGateways": [{"name": "g", "targets": [{"name": "t", "outboundAuth": {"type": "NONE"}}]}],
    }
    found = {r.name: r.facts for r in resources(agentcore__json=json.dumps(project)) if r.kind != "credential"}
    assert value_of(found["g"].inbound.kind) == "none"
    assert value_of(found["r"].inbound.kind) == "platform"
    assert value_of(found["t"].forwards) == "nothing"
    assert [value_of(c.name) for c in found["r"].credentials] == ["DB_PASSWORD"]


@pytest.mark.parametrize(("kind", "network"), [("CodeInterpreterCustom", "none"), ("BrowserCustom", "public")])
def test_networks_that_are_not_stated(kind, network):
    template = {"Resources": {"T": {"Type": f"AWS::BedrockAgentCore::{kind}", "Properties": {"Name": "t"}}}}
    assert value_of(only("tool", template__json=json.dumps(template)).network) == network


def test_a_provider_with_its_secret_and_an_identity_with_its_addresses():
    template = {
        "Resources": {
            "P": {
                "Type": "AWS::BedrockAgentCore::OAuth2CredentialProvider",
                "Properties": {"Name": "p", "Oauth2ProviderConfigInput": {"X": {"ClientSecret": "hunter2" + "xyzQ91"}}},
            },
            "W": {
                "Type": "AWS::BedrockAgentCore::WorkloadIdentity",
                "Properties": {"Name": "w", "AllowedResourceOauth2ReturnUrls": ["http://a.acme-apps.com/cb"]},
            },
        }
    }
    found = {r.name: r.facts for r in resources(template__json=json.dumps(template)) if r.kind == "app"}
    assert [value_of(c.source) for c in found["p"].credentials] == ["literal"]
    assert [value_of(e.scheme) for e in found["w"].redirects] == ["http"]


def test_an_authorizer_that_is_filled_in_later_is_unknown():
    template = {
        "Resources": {
            "R": {"Type": "AWS::BedrockAgentCore::Runtime", "Properties": {"AuthorizerConfiguration": {"Ref": "A"}}}
        }
    }
    inbound = only("agent", template__json=json.dumps(template)).inbound
    assert isinstance(inbound.kind, Unknown)
    assert isinstance(inbound.narrowed, Unknown)


@pytest.mark.parametrize("text", ["a: 1", "agents: [1]", "[]"])
def test_other_files_of_the_name_are_left_alone(text):
    assert resources(**{".bedrock_agentcore.yaml": text}) == ()


@pytest.mark.parametrize(
    ("target", "forwards"),
    [
        ({"targetType": "lambdaFunctionArn"}, "own_identity"),
        ({"targetType": "lambda", "outboundAuth": {"type": "NONE"}}, "own_identity"),
        ({"targetType": "mcpServer", "outboundAuth": {"type": "NONE"}}, "nothing"),
        ({"targetType": "mcpServer"}, None),
        ({"targetType": "lambda", "outboundAuth": {"type": "OAUTH"}}, "oauth_token"),
    ],
)
def test_what_a_target_of_the_project_file_is_shown(target, forwards):
    project = {"name": "p", "runtimes": [], "agentCoreGateways": [{"name": "g", "targets": [{"name": "t", **target}]}]}
    (found,) = (r.facts for r in resources(agentcore__json=json.dumps(project)) if r.name == "t")
    assert value_of(found.forwards) == forwards


@pytest.mark.parametrize(
    ("wallet", "gate", "exposed"),
    [
        ({}, "none", "all"),
        ({"autoPayment": True, "paymentToolAllowlist": ["a"]}, "none", "list"),
        ({"autoPayment": False}, "prompt", "all"),
        ({"autoPayment": "yes"}, None, "all"),
    ],
)
def test_wallets(wallet, gate, exposed):
    project = {"name": "p", "runtimes": [], "payments": [{"name": "w", **wallet}]}
    tool = only("tool", agentcore__json=json.dumps(project))
    (pays,) = tool.capabilities
    assert (value_of(pays.gate), value_of(tool.exposed)) == (gate, exposed)


@pytest.mark.parametrize(
    ("header", "value", "sources"),
    [
        ("Authorization", "made", ["literal"]),
        ("Accept", "application/json", []),
        ("Authorization", "{{resolve:secretsmanager:mcp}}", []),
    ],
)
def test_headers_that_a_harness_sends_to_a_server(header, value, sources):
    sent = f"Bearer {sample('github-pat-fine-grained', 0)}" if value == "made" else value
    tool = {
        "Type": "remote_mcp",
        "Name": "mail",
        "Config": {"RemoteMcp": {"Url": "https://m.example/", "Headers": {header: sent}}},
    }
    properties = {"HarnessName": "h", "ExecutionRoleArn": "arn:aws:iam::123456789012:role/h", "Tools": [tool]}
    template = {"Resources": {"H": {"Type": "AWS::BedrockAgentCore::Harness", "Properties": properties}}}
    agent = only("agent", template__json=json.dumps(template))
    assert [value_of(one.source) for one in agent.credentials if value_of(one.source) == "literal"] == sources
