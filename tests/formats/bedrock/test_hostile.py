"""Odd configuration never raises: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.bedrock import harness_file, project_file, toolkit_identity, toolkit_project
from nhilint.formats.bedrock.claims import CLAIMS
from nhilint.formats.bedrock.spelling import Hosted
from nhilint.formats.bedrock.subjects import NAMES, subject
from nhilint.formats.node import Node
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "agents", "runtimes", "agentCoreGateways", "targets", "name", "aws", "entrypoint", "ActionGroups", "FunctionSchema",
    "Functions", "Name", "RequireConfirmation", "ApiSchema", "Payload", "ActionGroupExecutor", "Lambda", "Hooks", "Target",
    "AuthorizerConfiguration", "CustomJWTAuthorizer", "DiscoveryUrl", "AllowedTools", "EnvironmentVariables", "envVars",
    "CredentialProviderConfigurations", "OutboundAuth", "type", "PolicyEngineConfiguration", "Mode", "ClientSecret",
    "InterceptorConfigurations", "AgentCollaborators", "NetworkConfiguration", "NetworkMode", "RoleArn", "MaxIterations",
    "tools", "config", "remoteMcp", "url", "headers", "agentCoreGateway", "outboundAuth", "oauth", "scopes", "model",
    "modelId", "provider", "allowedTools", "credentials", "authorizerType", "policyEngines", "policies", "statement",
    "additionalPolicies", "compute", "iamPolicy", "mcpRuntimeTools", "runtime", "identity", "pool_id", "password",
    "workload", "return_urls", "client_secret", "agentCoreBrowser", "browserArn",
    "BeforeToolCall", "FailureMode", "AllowedResourceOauth2ReturnUrls", "ParentActionGroupSignature", "value",
]  # fmt: skip
odd = odd_values(
    KEYS,
    [
        "",
        "*",
        "NONE",
        "bedrock",
        "OAuthCredentialProvider",
        "arn:a",
        "permit(principal, action, resource);",
        "${x}",
        "{",
        "://[",
    ],
)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("module", [project_file, toolkit_project, harness_file, toolkit_identity])
def test_any_project_is_read_or_left(module, value):
    for resource in module.extract(Document("agentcore.json", Syntax.JSON, "", value), CLAIMS[0]).resources:
        activate(resource.facts)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("kind", sorted(NAMES))
def test_any_properties_are_read(kind, value):
    node = Node(value, "template.json")
    activate(subject(Hosted(kind, "x", node, node.at), "aws-cloudformation").facts)


def test_large_files_end():
    value = {"name": "p", "runtimes": [{"name": "r"}] * 100_000, "agentCoreGateways": [{"targets": [{}] * 100_000}]}
    found = project_file.extract(Document("agentcore.json", Syntax.JSON, "", value), CLAIMS[1]).resources
    assert len(found) == 500 + 1 + 500


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_harness_is_read(value):
    known = {"name": "h", "model": {"provider": "bedrock", "modelId": "m"}}
    (agent, *_) = harness_file.extract(Document("harness.json", Syntax.JSON, "", value | known), CLAIMS[2]).resources
    activate(agent.facts)
