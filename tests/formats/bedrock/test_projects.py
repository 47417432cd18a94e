"""What the files of AgentCore's own tools turn into: projects, harnesses, pools."""

from __future__ import annotations

import json

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Known, Unknown, known_records, value_of
from tests.formats.bedrock.reading import resources

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def project(**parts):
    return resources(agentcore__json=json.dumps({"name": "p", "runtimes": [], **parts}))


def harness(**parts):
    text = json.dumps({"name": "h", "model": {"provider": "bedrock", "modelId": "m"}, **parts})
    return resources(harness__json=text)


def named(found, name):
    return next(one.facts for one in found if one.name == name)


def allowed(*patterns, tools=()):
    agent = named(harness(allowedTools=list(patterns), tools=list(tools)), "h")
    return [value_of(tool.name) for tool in agent.tools]


def test_policies_of_a_runtime_are_what_its_role_may_do():
    found = project(runtimes=[{"name": "bot", "additionalPolicies": [ADMINISTRATOR, "more.json"]}])
    role = named(found, "bot-role")
    assert value_of(role.managed) == (ADMINISTRATOR,)
    assert [type(one) for one in role.grants] == [Unknown]
    assert value_of(named(found, "bot").runs_as.power) == "administers"


def test_a_role_that_is_named_gets_no_other():
    runtime = {"name": "bot", "executionRoleArn": "arn:aws:iam::1:role/r", "additionalPolicies": [ADMINISTRATOR]}
    found = project(runtimes=[runtime])
    assert [one.kind for one in found] == ["agent"]
    assert value_of(found[0].facts.runs_as.identity) == "arn:aws:iam::1:role/r"


@pytest.mark.parametrize("holder", ["mcpRuntimeTools", "agentCoreGateways"])
def test_a_tool_runs_with_the_policy_that_stands_beside_it(holder):
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    tool = {"name": "t", "targetType": "lambda", "compute": {"host": "Lambda", "iamPolicy": policy}}
    found = project(**{holder: [tool if holder == "mcpRuntimeTools" else {"name": "g", "targets": [tool]}]})
    assert value_of(named(found, "t").runs_as.power) == "administers"
    assert value_of(named(found, "t-role").admin) is True


def test_statements_of_an_engine_are_one_policy():
    permit, forbid = "permit(principal, action, resource);", "forbid(principal, action, resource);"
    policies = [
        {"name": "a", "statement": permit},
        {"name": "b", "statement": forbid, "enforcementMode": "LOG_ONLY"},
        {"name": "c", "statement": forbid, "sourceFile": "policies/c.cedar"},
        {"name": "d", "statement": "no policy"},
    ]
    policy = named(project(policyEngines=[{"name": "e", "policies": policies}]), "e")
    assert [value_of(rule.effect) for rule in policy.rules] == ["allow"]
    assert value_of(policy.denies) is False


def test_an_engine_that_only_logs_decides_nothing():
    policies = [{"name": "a", "statement": "permit(principal, action, resource);", "enforcementMode": "LOG_ONLY"}]
    assert project(policyEngines=[{"name": "e", "policies": policies}]) == ()


def test_a_provider_asks_for_the_scopes_of_its_vendor():
    listed = [
        {"authorizerType": "OAuthCredentialProvider", "name": "g", "vendor": "GithubOauth2", "scopes": ["repo"]},
        {"authorizerType": "ApiKeyCredentialProvider", "name": "k"},
    ]
    (app,) = project(credentials=listed)
    assert [value_of(scope.known) for scope in app.facts.scopes] == [True]


def test_a_target_asks_for_the_scopes_of_its_token():
    targets = [
        {"name": "a", "targetType": "mcpServer", "outboundAuth": {"type": "OAUTH", "scopes": ["mail.read"]}},
        {"name": "b", "targetType": "passthrough", "passthrough": {"endpoint": "https://b.example/x"}},
    ]
    found = project(agentCoreGateways=[{"name": "g", "targets": targets}])
    assert value_of(named(found, "a").auth.scopes) == ("mail.read",)
    assert (named(found, "b").auth, value_of(named(found, "b").endpoint.host)) == (None, "b.example")


def test_a_project_with_a_policy_in_it_is_no_policy_file():
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
    assert {one.format for one in project(mcpRuntimeTools=[{"name": "t", "compute": {"iamPolicy": policy}}])} == {
        "agentcore-project"
    }


def test_targets_behind_no_gateway_are_left_out():
    assert project(unassignedTargets=[{"name": "t", "targetType": "mcpServer", "endpoint": "http://a.example"}]) == ()


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["*"], ["shell", "file_operations", "web"]),
        (["shell"], ["shell"]),
        (["file_*", "web"], ["file_operations", "web"]),
        (["@builtin"], ["shell", "file_operations"]),
        (["@builtin/sh*"], ["shell"]),
        (["@web"], ["web"]),
        (["@web/search"], ["web"]),
        (["@other/search"], []),
        ([], []),
    ],
)
def test_what_a_list_of_tools_lets_through(patterns, names):
    assert allowed(*patterns, tools=[{"type": "agentcore_browser", "name": "web"}]) == names


def test_without_a_list_a_harness_has_a_shell_of_its_own_machine():
    agent = named(harness(), "h")
    assert [value_of(tool.name) for tool in agent.tools] == ["shell", "file_operations"]
    assert {value_of(one.gate) for tool in agent.tools for one in known_records(tool.capabilities)} == {"sandbox"}


def test_a_list_that_is_filled_in_later_is_unknown():
    agent = named(harness(allowedTools="${tools}"), "h")
    assert [type(one) for one in agent.tools] == [Unknown]


def test_tools_that_stand_elsewhere_are_unknown():
    browser = {"agentCoreBrowser": {"browserArn": "arn:aws:bedrock-agentcore:us-east-1:1:browser-custom/b"}}
    gateway = {"agentCoreGateway": {"gatewayArn": "arn:x", "outboundAuth": {"oauth": {"scopes": ["read"]}}}}
    tools = [
        {"type": "agentcore_browser", "name": "b", "config": browser},
        {"type": "agentcore_gateway", "name": "g", "config": gateway},
        {"type": "agentcore_code_interpreter", "name": "c"},
        {"type": "inline_function", "name": "i", "config": {"inlineFunction": {"description": "asks"}}},
    ]
    agent = named(harness(allowedTools=["b", "g", "c", "i"], tools=tools), "h")
    known = {value_of(tool.name): not isinstance(tool.capabilities, Unknown) for tool in agent.tools}
    assert known == {"b": False, "g": False, "c": True}
    assert [value_of(tool.auth.scopes) for tool in agent.tools if tool.auth] == [("read",)]


@pytest.mark.parametrize(
    ("outbound", "kind"), [({"awsIam": {}}, "workload_identity"), ({"none": {}}, "none"), ({}, None)]
)
def test_how_a_gateway_is_called(outbound, kind):
    gateway = {"agentCoreGateway": {"gatewayArn": "arn:x", "outboundAuth": outbound}}
    agent = named(harness(allowedTools=["g"], tools=[{"name": "g", "config": gateway}]), "h")
    assert [tool.auth and value_of(tool.auth.kind) for tool in agent.tools] == [kind]


def test_a_server_of_a_harness_is_a_tool_by_itself():
    remote = {"remoteMcp": {"url": "http://docs.example.com/mcp", "headers": {"Authorization": "Bearer ${KEY}"}}}
    found = harness(tools=[{"type": "remote_mcp", "name": "docs", "config": remote}])
    server = named(found, "docs")
    assert (value_of(server.endpoint.scheme), value_of(server.auth.kind)) == ("http", "static")
    assert [one.name for one in found if one.kind == "tool"] == ["docs"]


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "h"}',
        '{"name": "h", "model": "gpt"}',
        '{"name": "h", "model": {"provider": "acme", "modelId": "m"}}',
        '{"model": {"provider": "bedrock", "modelId": "m"}}',
        '[{"modelId": 1}]',
    ],
)
def test_other_harnesses_are_left_alone(text):
    assert resources(harness__json=text) == ()


def test_pools_of_the_toolkit_hold_a_password_and_a_secret():
    pools = {
        "runtime": {
            "pool_id": "us-west-2_a",
            "client_id": "c",
            "username": "testuser",
            "password": sample("generic-password"),
        },
        "identity": {"pool_id": "us-west-2_b", "client_id": "d", "client_secret": sample("generic-api-key")},
    }
    found = resources(__agentcore_identity_cognito_user__json=json.dumps(pools))
    apps = [one.facts for one in found if one.kind == "app"]
    assert [(value_of(app.client_id), value_of(app.credentials[0].name)) for app in apps] == [
        ("c", "password"),
        ("d", "client_secret"),
    ]


def test_a_file_without_pools_is_left_alone():
    assert resources(__agentcore_identity_cognito_user__json='{"runtime": {"client_id": "c"}}') == ()


def test_the_toolkit_names_where_people_are_sent_back():
    text = """
agents:
  a:
    identity:
      workload: {name: w, return_urls: ["http://a.example/back", "${url}"]}
"""
    found = resources(__bedrock_agentcore__yaml=text)
    redirects = named(found, "w").redirects
    assert [type(one) for one in redirects if isinstance(one, Unknown)] == [Unknown]
    assert [one.scheme for one in known_records(redirects)] == [Known("http", redirects[0].at)]
