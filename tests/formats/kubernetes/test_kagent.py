"""Agents of kagent: which tools they call unasked, whom they hand work to, what they hold; and kagent's own servers."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.kubernetes.cluster_files import resources

HEAD = "apiVersion: kagent.dev/{api}\nkind: {kind}\nmetadata: {{name: {name}, namespace: ops}}\n"


def custom(kind, spec, name="helper", api="v1alpha2"):
    return HEAD.format(kind=kind, name=name, api=api) + f"spec: {spec}\n"


def declarative(tools, more=""):
    return custom("Agent", f"{{type: Declarative, declarative: {{tools: [{tools}]}}{more}}}")


def server(rest, name="cluster"):
    return f"{{type: McpServer, mcpServer: {{kind: RemoteMCPServer, name: {name}{rest}}}}}"


def of(files, kind):
    files = {"deploy/agents/a.yaml": files} if isinstance(files, str) else files
    return {one.name: one.facts for one in resources(files) if one.kind == kind}


@pytest.mark.parametrize(
    ("lists", "unasked", "approval"),
    [
        (", toolNames: [k8s_get_events, k8s_delete_resource]", ("k8s_get_events", "k8s_delete_resource"), None),
        (", toolNames: [a, b], requireApproval: [b]", ("a",), None),
        (", toolNames: [a], requireApproval: [a]", (), "prompt"),
        ("", ("*",), "auto"),
    ],
)
def test_what_an_agent_is_not_asked_about(lists, unasked, approval):
    share = of(declarative(server(lists)), "tool")["cluster"]
    assert (value_of(share.auto_approved), value_of(share.approval)) == (unasked, approval)


@pytest.mark.parametrize(
    "lists", [", toolNames: '{{ .Values.tools }}'", ", toolNames: ['{{ .Values.tool }}']", ", toolNames: []"]
)
def test_a_list_that_is_filled_in_later_is_not_known(lists):
    share = of(declarative(server(lists)), "tool")["cluster"]
    assert isinstance(share.auto_approved, Unknown)
    assert isinstance(share.approval, Unknown)


def test_what_the_tools_of_kagent_do():
    names = "k8s_get_pod_logs, k8s_delete_resource, k8s_execute_command, helm_upgrade, shell, other"
    agent = of(declarative(server(f", toolNames: [{names}], requireApproval: [shell]")), "agent")["helper"]
    found = [
        (value_of(one.category), value_of(one.access), value_of(one.gate))
        for one in known_records(agent.tools[0].capabilities)
    ]
    assert found == [
        ("infra", "read", "none"),
        ("infra", "delete", "none"),
        ("infra", "execute", "none"),
        ("infra", "write", "none"),
        ("code_execution", "execute", "prompt"),
    ]


def test_an_agent_reaches_through_another_what_it_has_not_itself():
    boss = custom("Agent", "{declarative: {tools: [{type: Agent, agent: {name: helper}}]}}", name="boss")
    files = {
        "deploy/agents/boss.yaml": boss,
        "deploy/agents/helper.yaml": declarative(server(", toolNames: [k8s_delete_resource]")),
    }
    boss = of(files, "agent")["boss"]
    (delegation,) = known_records(boss.delegations)
    assert value_of(delegation.resolved) is True
    assert [value_of(one.through) for one in known_records(delegation.gains)] == ["k8s_delete_resource"]
    assert [value_of(one.through) for one in known_records(boss.capabilities)] == [
        "k8s_delete_resource (by way of helper)"
    ]


def test_agents_of_two_charts_do_not_meet():
    boss = custom("Agent", "{declarative: {tools: [{type: Agent, agent: {name: helper}}]}}", name="boss")
    files = {"one/templates/a.yaml": boss, "two/templates/b.yaml": declarative(server(""))}
    (delegation,) = known_records(of(files, "agent")["boss"].delegations)
    assert value_of(delegation.resolved) is False


def test_an_agent_knows_its_server_and_the_server_its_agent():
    remote = custom(
        "RemoteMCPServer",
        "{url: 'https://api.githubcopilot.com/mcp/', headersFrom: [{name: Authorization, valueFrom: {type: Secret, name: forge, key: token}}]}",
        name="forge",
    )
    files = {
        "k/a.yaml": declarative(server(", toolNames: [search_issues, list_commits]", name="forge")),
        "k/b.yaml": remote,
    }
    agent = of(files, "agent")["helper"]
    (share,) = known_records(agent.tools)
    assert value_of(share.endpoint.host) == "api.githubcopilot.com"
    assert [value_of(one.reference) for one in known_records(share.credentials)] == ["forge"]
    assert {value_of(one.access) for one in known_records(share.capabilities)} == {"read"}
    servers = [one.facts for one in resources(files) if one.kind == "tool" and value_of(one.facts.users)]
    assert [value_of(one.users) for one in servers] == [("helper",)]


def test_a_mail_of_outsiders_leads_to_the_cluster():
    mail = custom("RemoteMCPServer", "{url: 'https://mcp.slack.com/mcp'}", name="chat")
    tools = f"{server('', name='chat')}, {server(', toolNames: [k8s_execute_command]')}"
    agent = of({"k/a.yaml": declarative(tools), "k/b.yaml": mail}, "agent")["helper"]
    (flow,) = known_records(agent.flows)
    assert (value_of(flow.source.through), value_of(flow.stake.through)) == ("chat", "k8s_execute_command")


def test_the_key_of_the_model():
    model = custom("ModelConfig", "{apiKeySecret: openai, apiKeySecretKey: KEY, model: m}", name="fast")
    agent = custom("Agent", "{declarative: {modelConfig: fast}}")
    held = known_records(of({"k/a.yaml": agent, "k/b.yaml": model}, "agent")["helper"].credentials)
    assert [(value_of(one.name), value_of(one.reference), value_of(one.source)) for one in held] == [
        ("KEY", "openai", "secret_store")
    ]


def test_a_header_of_a_model_in_clear():
    token = sample("github-pat-classic", 0)
    model = custom("ModelConfig", f"{{model: m, defaultHeaders: {{Authorization: 'Bearer {token}'}}}}")
    (found,) = [one for one in of(model, "credential").values() if value_of(one.source) == "literal"]
    assert token not in repr(found)


def test_the_older_version():
    spec = (
        "{systemMessage: hi, deployment: {env: [{name: GITHUB_TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}]}, tools: ["
        "{type: McpServer, mcpServer: {toolServer: kagent/cluster, toolNames: [a]}}, {type: Agent, agent: {ref: kagent/other}}]}"
    )
    agent = of(custom("Agent", spec, api="v1alpha1"), "agent")["helper"]
    assert [value_of(one.name) for one in known_records(agent.tools)] == ["cluster"]
    assert [value_of(one.target) for one in known_records(agent.delegations)] == ["other"]
    assert [value_of(one.reference) for one in known_records(agent.credentials)] == ["s"]


def test_an_image_that_was_brought_decides_about_its_tools():
    agent = of(custom("Agent", "{type: BYO, byo: {deployment: {image: a, serviceAccountName: bot}}}"), "agent")[
        "helper"
    ]
    assert isinstance(agent.tools, Unknown)
    assert value_of(agent.runs_as.identity) == "bot"


@pytest.mark.parametrize(
    ("skills", "pin"),
    [
        ("gitRefs: [{url: 'https://git.example.com/a.git', ref: main}]", "none"),
        (f"gitRefs: [{{url: 'https://git.example.com/a.git', ref: {'ab' * 20}}}]", "digest"),
        ("refs: ['ghcr.io/acme/skill:1']", "tag"),
        (f"refs: ['ghcr.io/acme/skill@sha256:{'ab' * 32}']", "digest"),
    ],
)
def test_skills_that_are_fetched(skills, pin):
    agent = of(declarative("", f", skills: {{{skills}}}"), "agent")["helper"]
    assert [value_of(one.pin) for one in known_records(agent.plugins)] == [pin]


def test_a_package_that_a_server_of_kmcp_fetches():
    spec = "{deployment: {image: node:24, cmd: npx, args: [-y, some-mcp], env: {A: b}, secretRefs: [{name: keys}]}, transportType: stdio}"
    found = of(custom("MCPServer", spec, api="v1alpha1"), "tool")["helper"]
    assert (value_of(found.package.name), value_of(found.package.pin), value_of(found.transport)) == (
        "some-mcp",
        "none",
        "stdio",
    )
    assert [value_of(one.reference) for one in known_records(found.credentials)] == ["keys"]


def test_an_image_of_a_server_of_kmcp():
    found = of(
        custom("MCPServer", "{deployment: {image: 'acme/mcp:1', cmd: python, args: [server.py]}, transportType: http}"),
        "tool",
    )
    assert (value_of(found["helper"].package.name), value_of(found["helper"].transport)) == ("acme/mcp", "http")


@pytest.mark.parametrize(
    ("config", "transport"),
    [
        ("stdio: {command: uvx, args: [some-mcp]}", "stdio"),
        (
            "sse: {url: 'http://a.ops:3000/sse', headersFrom: [{name: X-Key, valueFrom: {type: Secret, valueRef: s, key: k}}]}",
            "sse",
        ),
        ("streamableHttp: {url: 'http://a.ops:3000/mcp'}", "http"),
    ],
)
def test_older_declarations_of_servers(config, transport):
    found = of(custom("ToolServer", f"{{config: {{{config}}}}}", api="v1alpha1"), "tool")["helper"]
    assert value_of(found.transport) == transport
    assert [value_of(one.reference) for one in known_records(found.credentials)] == (
        ["s"] if transport == "sse" else []
    )


@pytest.mark.parametrize(("host", "reach"), [("search.tools", "local_name"), ("example.com", "public")])
def test_short_names_of_services_stay_in_the_cluster(host, reach):
    found = of(custom("RemoteMCPServer", f"{{url: 'http://{host}/mcp'}}"), "tool")["helper"]
    assert value_of(found.endpoint.reach) == reach


@pytest.mark.parametrize("spec", ["{}", "{deployment: {replicas: 2}}"])
def test_patches_of_servers_are_left_alone(spec):
    assert of(custom("MCPServer", spec, api="v1alpha1"), "tool") == {}
