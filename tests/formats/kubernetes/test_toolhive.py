"""What ToolHive puts before tool servers: proxies, gateways, who may call them, and the policies in them."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.kubernetes.cluster_files import identities, resources

ROUTE = (
    "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r}}\n"
    "spec: {{rules: [{{backendRefs: [{{name: {service}, port: 80}}]}}]}}\n"
)
INGRESS = (
    "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: r}}\n"
    "spec: {{rules: [{{http: {{paths: [{{backend: {{service: {{name: {service}}}}}}}]}}}}]}}\n"
)


def custom(kind, spec, name="search", api="v1beta1"):
    return f"apiVersion: toolhive.stacklok.dev/{api}\nkind: {kind}\nmetadata: {{name: {name}, namespace: ops}}\nspec: {spec}\n"


def read(text, kind="tool"):
    return {one.name: one.facts for one in resources({"deploy/a.yaml": text}) if one.kind == kind}


@pytest.mark.parametrize("kind", ["MCPServerEntry", "MCPRemoteProxy"])
def test_a_server_elsewhere(kind):
    spec = "{remoteUrl: 'https://api.githubcopilot.com/mcp/', transport: streamable-http, headerForward: {addHeadersFromSecret: [{headerName: X-Key, valueSecretRef: {name: s, key: k}}]}}"
    found = read(custom(kind, spec))["search"]
    assert (value_of(found.endpoint.host), value_of(found.transport), value_of(found.official)) == (
        "api.githubcopilot.com",
        "http",
        True,
    )
    assert [value_of(one.reference) for one in known_records(found.credentials)] == ["s"]


def test_a_header_in_clear():
    token = sample("github-pat-classic", 0)
    spec = f"{{remoteURL: 'https://mcp.example.com', headerForward: {{addPlaintextHeaders: {{Authorization: 'Bearer {token}', X-Tenant: acme}}}}}}"
    found = read(custom("MCPRemoteProxy", spec, api="v1alpha1"))["search"]
    assert [value_of(one.source) for one in known_records(found.credentials)] == ["literal"]
    assert token not in repr(found)


@pytest.mark.parametrize(
    ("kind", "spec", "service"),
    [
        ("VirtualMCPServer", "{incomingAuth: {type: anonymous}}", "vmcp-search"),
        ("MCPServer", "{image: a}", "mcp-search-proxy"),
        ("MCPRemoteProxy", "{remoteUrl: 'https://mcp.example.com'}", "mcp-search-remote-proxy"),
    ],
)
@pytest.mark.parametrize("route", [ROUTE, INGRESS])
def test_a_route_that_leads_to_a_server_without_sign_in(kind, spec, service, route):
    found = read(custom(kind, spec) + route.format(service=service))["search"]
    assert (value_of(found.inbound.kind), value_of(found.inbound.offloaded)) == ("none", False)
    assert read(custom(kind, spec) + route.format(service="other"))["search"].inbound is None


@pytest.mark.parametrize(
    ("spec", "kind", "offloaded"),
    [
        ("{serviceType: LoadBalancer, incomingAuth: {type: anonymous}}", "none", False),
        ("{serviceType: LoadBalancer, incomingAuth: {type: oidc, oidcConfigRef: {name: a}}}", "oauth", False),
        ("{serviceType: NodePort, incomingAuth: {type: anonymous, authzConfig: {type: inline}}}", "none", True),
    ],
)
def test_a_gateway_that_its_type_opens(spec, kind, offloaded):
    inbound = read(custom("VirtualMCPServer", spec))["search"].inbound
    assert (value_of(inbound.kind), value_of(inbound.offloaded)) == (kind, offloaded)


def test_a_gateway_whose_sign_in_is_filled_in_later():
    spec = "{serviceType: LoadBalancer, incomingAuth: {type: '{{ .Values.auth }}'}}"
    assert isinstance(read(custom("VirtualMCPServer", spec))["search"].inbound.kind, Unknown)


@pytest.mark.parametrize("is_gateway", [True, False])
def test_policies_that_stand_in_an_object(is_gateway):
    listed = "['permit(principal, action, resource);', 'forbid(principal, action == Action::\"call_tool\", resource);']"
    config = f"authzConfig: {{type: inline, inline: {{policies: {listed}}}}}"
    spec = f"{{incomingAuth: {{type: oidc, {config}}}}}" if is_gateway else f"{{{config}}}"
    (found,) = read(custom("VirtualMCPServer", spec), "policy").values()
    rules = known_records(found.rules)
    assert [(value_of(one.effect), value_of(one.every_action)) for one in rules] == [("allow", True), ("deny", False)]
    assert value_of(found.denies) is True
    assert rules[1].at.pointer[-2:] == ("policies", 1)


def test_policies_that_are_filled_in_later_are_left():
    spec = "{authzConfig: {type: inline, inline: {policies: ['{{ .Values.policy }}', 3]}}}"
    assert read(custom("VirtualMCPServer", spec), "policy") == {}


def test_credentials_of_the_pod_that_is_added():
    env = "[{name: API_TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}]"
    spec = f"{{image: a, podTemplateSpec: {{spec: {{containers: [{{name: mcp, env: {env}}}]}}}}}}"
    assert [
        value_of(one.reference) for one in known_records(read(custom("MCPServer", spec))["search"].credentials)
    ] == ["s"]


@pytest.mark.parametrize("kind", ["MCPRemoteProxy", "VirtualMCPServer"])
def test_proxies_run_as_an_account(kind):
    (workload,) = identities(custom(kind, "{remoteUrl: 'https://a.example.com', serviceAccount: bot}"))[
        "ops/bot"
    ].workloads
    assert value_of(workload.runs_agent) is True


def test_what_an_image_is_known_to_do():
    found = read(custom("MCPServer", "{image: 'ghcr.io/github/github-mcp-server:1'}"))["search"]
    assert "source_code" in {value_of(one.category) for one in known_records(found.capabilities)}


def test_odd_objects_beside_a_gateway_are_passed_over():
    odd = "---\nkind: [HTTPRoute]\nspec: {rules: 3}\n---\nkind: HTTPRoute\nspec: {rules: [{backendRefs: [3, {name: [a]}]}]}\n"
    assert read(custom("VirtualMCPServer", "{serviceType: [NodePort]}") + odd)["search"].inbound is None


@pytest.mark.parametrize(
    ("host", "reach"), [("mcp-grafana.observability", "local_name"), ("mcp.example.com", "public")]
)
def test_a_name_of_two_parts_stays_in_the_cluster(host, reach):
    found = read(custom("MCPServerEntry", f"{{remoteUrl: 'http://{host}/sse', transport: sse}}"))["search"]
    assert value_of(found.endpoint.reach) == reach
