"""Servers of ToolHive with the objects that they name, and gateways with the servers of their group."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.kubernetes.cluster_files import resources
from tests.formats.kubernetes.test_toolhive import custom, read

GITHUB = "{image: 'ghcr.io/github/github-mcp-server:v1', toolConfigRef: {name: some}, groupRef: {name: all}}"
PERMIT = "permit(principal, action, resource);"


def capabilities(tool):
    return {
        (value_of(one.category), value_of(one.access), value_of(one.through))
        for one in known_records(tool.capabilities)
    }


def accesses(tool):
    return {access for _, access, _ in capabilities(tool)}


def test_a_server_offers_the_tools_of_a_list():
    text = custom("MCPServer", GITHUB) + "---\n" + custom("MCPToolConfig", "{toolsFilter: [get_issue]}", "some")
    found = read(text)
    assert list(found) == ["search"]
    assert value_of(found["search"].exposed) == "list"
    assert value_of(found["search"].exposed_tools) == ("get_issue",)
    assert accesses(found["search"]) == {"read"}


@pytest.mark.parametrize(
    ("filtered", "exposed"),
    [
        ("{toolsFilter: [create_issue, get_issue]}", "list"),
        ("{toolsFilter: []}", "all"),
        ("{toolsOverride: {}}", "all"),
    ],
)
def test_a_list_that_also_writes_leaves_everything(filtered, exposed):
    alone = read(custom("MCPServer", GITHUB))["search"]
    tool = read(custom("MCPServer", GITHUB) + "---\n" + custom("MCPToolConfig", filtered, "some"))["search"]
    assert (value_of(tool.exposed), accesses(tool)) == (exposed, accesses(alone))
    assert accesses(alone) > {"read"}


@pytest.mark.parametrize(("listed", "exposed", "reads"), [("[get_issue]", "list", True), ("[]", "all", False)])
def test_older_servers_hold_the_list_themselves(listed, exposed, reads):
    spec = f"{{image: 'ghcr.io/github/github-mcp-server:v1', tools: {listed}}}"
    tool = read(custom("MCPServer", spec, api="v1alpha1"))["search"]
    assert value_of(tool.exposed) == exposed
    assert (accesses(tool) == {"read"}) is reads


def test_older_servers_name_their_group_by_a_text():
    members = custom("MCPServer", "{image: 'ghcr.io/github/github-mcp-server:v1', groupRef: all}", "github", "v1alpha1")
    front = custom("VirtualMCPServer", "{incomingAuth: {type: oidc}, config: {group: all}}", "front", "v1alpha1")
    assert capabilities(read(members + "---\n" + front)["front"])


def test_a_list_of_another_namespace_says_nothing():
    other = custom("MCPToolConfig", "{toolsFilter: [get_issue]}", "some").replace("namespace: ops", "namespace: dev")
    assert read(custom("MCPServer", GITHUB) + "---\n" + other)["search"].exposed is None


@pytest.mark.parametrize(
    ("spec", "kind", "forwards", "secrets"),
    [
        (
            "{type: tokenExchange, tokenExchange: {tokenUrl: 'https://a.example/t', scopes: [mail.read], clientSecretRef: {name: s, key: k}}}",
            "oauth",
            "oauth_token",
            ["s"],
        ),
        ("{type: bearerToken, bearerToken: {tokenSecretRef: {name: t, key: k}}}", "static", "stored_key", ["t"]),
        (
            "{type: headerInjection, headerInjection: {headerName: X-Key, valueSecretRef: {name: h, key: k}}}",
            "static",
            "stored_key",
            ["h"],
        ),
        ("{type: unauthenticated}", "none", "nothing", []),
    ],
)
def test_how_a_server_is_called(spec, kind, forwards, secrets):
    server = custom("MCPRemoteProxy", "{remoteUrl: 'https://mcp.example.com', externalAuthConfigRef: {name: a}}")
    tool = read(server + "---\n" + custom("MCPExternalAuthConfig", spec, "a"))["search"]
    assert (value_of(tool.auth.kind), value_of(tool.forwards)) == (kind, forwards)
    assert [value_of(one.reference) for one in known_records(tool.credentials)] == secrets
    assert value_of(tool.auth.scopes) == (("mail.read",) if secrets == ["s"] else None)


def test_what_is_not_here_or_not_known_stays_unknown():
    server = custom("MCPRemoteProxy", "{remoteUrl: 'https://mcp.example.com', externalAuthConfigRef: {name: a}}")
    assert isinstance(read(server)["search"].auth.kind, Unknown)
    later = custom("MCPExternalAuthConfig", "{type: '{{ .Values.type }}'}", "a")
    assert isinstance(read(server + "---\n" + later)["search"].auth.kind, Unknown)
    people = custom("MCPExternalAuthConfig", "{type: embeddedAuthServer, embeddedAuthServer: {issuer: a}}", "a")
    assert read(server + "---\n" + people)["search"].auth is None


@pytest.mark.parametrize(
    "role",
    ["fallbackRoleArn: 'arn:aws:iam::1:role/r'", "roleMappings: [{claim: a, roleArn: 'arn:aws:iam::1:role/r'}]"],
)
def test_a_server_that_is_called_with_a_role(role):
    server = custom("MCPServer", "{image: a, externalAuthConfigRef: {name: a}}")
    tool = read(server + "---\n" + custom("MCPExternalAuthConfig", f"{{type: awsSts, awsSts: {{{role}}}}}", "a"))[
        "search"
    ]
    assert value_of(tool.runs_as.identity) == "arn:aws:iam::1:role/r"


def gateway(config="{groupRef: all}"):
    members = [
        custom("MCPServer", GITHUB.replace("toolConfigRef: {name: some}, ", ""), "github"),
        custom("MCPRemoteProxy", "{remoteUrl: 'https://mcp.example.com', groupRef: {name: all}}", "other"),
        custom("VirtualMCPServer", f"{{incomingAuth: {{type: oidc}}, config: {config}}}", "front"),
    ]
    return read("---\n".join(members))


def test_a_gateway_can_do_what_its_members_can():
    found = gateway()
    assert {through for _, _, through in capabilities(found["front"])} == {"github"}
    assert accesses(found["front"]) == accesses(found["github"])
    assert [type(one) for one in found["front"].capabilities if isinstance(one, Unknown)] == [Unknown]
    assert value_of(found["github"].users) == ("front",)


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ("{tools: [{workload: github, filter: [get_issue]}]}", {"read"}),
        ("{tools: [{workload: github, excludeAll: true}]}", set()),
        ("{excludeAllTools: true}", set()),
        ("{defaultToolVisibility: deny}", set()),
        ("{defaultToolVisibility: deny, tools: [{workload: github, filter: [get_issue]}]}", {"read"}),
    ],
)
def test_a_gateway_offers_no_more_than_it_shows(aggregation, expected):
    assert accesses(gateway(f"{{groupRef: all, aggregation: {aggregation}}}")["front"]) == expected


def test_a_group_whose_members_are_elsewhere_is_unknown():
    front = read(custom("VirtualMCPServer", "{groupRef: {name: all}, incomingAuth: {type: oidc}}"))["search"]
    assert isinstance(front.capabilities, Unknown)


def test_a_gateway_without_a_group_says_nothing_of_it():
    assert read(custom("VirtualMCPServer", "{incomingAuth: {type: oidc}}"))["search"].capabilities == ()


def test_statements_of_a_config_map_and_of_an_object_of_their_own():
    document = json.dumps(
        {"version": "1.0", "type": "cedarv1", "cedar": {"policies": [PERMIT, "forbid(principal, action, resource);"]}}
    )
    data = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: rules}}\ndata:\n  authz.json: |\n    {document}\n"
    own = custom("MCPAuthzConfig", f"{{type: cedarv1, config: {{policies: ['{PERMIT}']}}}}", "shared")
    found = {one.name: one.facts for one in resources({"deploy/a.yaml": data + "---\n" + own}) if one.kind == "policy"}
    assert [value_of(rule.effect) for rule in found["rules"].rules] == ["allow", "deny"]
    assert [value_of(rule.effect) for rule in found["shared"].rules] == ["allow"]


def test_other_documents_of_a_config_map_are_left_alone():
    data = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: \'cedarv1\', b: \'{"type": "cedarv1"}\', c: \'{"type": "httpv1", "x": "cedarv1"}\'}\n'
    assert resources({"deploy/a.yaml": data}) == ()
