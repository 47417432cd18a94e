"""Tool servers that ToolHive runs and that kagent reaches."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.kubernetes.cluster_files import resources


def tool(kind, spec, api=None):
    api = api or ("kagent.dev/v1alpha2" if kind == "RemoteMCPServer" else "toolhive.stacklok.dev/v1beta1")
    text = f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: search}}\nspec: {spec}\n"
    found = [one for one in resources({"a.yaml": text}) if one.kind == "tool"]
    return found[0].facts if found else None


@pytest.mark.parametrize(
    ("image", "name", "pin"),
    [
        ("ghcr.io/acme/search", "ghcr.io/acme/search", "none"),
        ("ghcr.io/acme/search:1.4.2", "ghcr.io/acme/search", "tag"),
        (f"ghcr.io/acme/search@sha256:{'ab' * 32}", "ghcr.io/acme/search", "digest"),
    ],
)
def test_the_image_of_a_hosted_server(image, name, pin):
    package = tool("MCPServer", f"{{image: '{image}'}}").package
    assert (value_of(package.ecosystem), value_of(package.name), value_of(package.pin)) == ("oci", name, pin)


@pytest.mark.parametrize(
    ("container", "package"),
    [
        ("{name: mcp, command: [npx], args: [-y, 'arr-server@1.5.4']}", ("npm", "arr-server", "exact")),
        ("{name: mcp, command: [npx, -y, arr-server]}", ("npm", "arr-server", "none")),
        ("{name: mcp, command: [node, server.js]}", ("oci", "docker.io/node", "tag")),
        ("{name: mcp, args: [-y, arr-server]}", ("oci", "docker.io/node", "tag")),
        ("{name: mcp, command: [npx, {a: b}]}", ("oci", "docker.io/node", "tag")),
        ("{name: helper, command: [npx, -y, arr-server]}", ("oci", "docker.io/node", "tag")),
    ],
)
def test_what_the_container_starts_in_place_of_its_image(container, package):
    spec = f"{{image: 'docker.io/node:24-alpine', podTemplateSpec: {{spec: {{containers: [{container}]}}}}}}"
    found = tool("MCPServer", spec).package
    assert (value_of(found.ecosystem), value_of(found.name), value_of(found.pin)) == package


def test_a_templated_image_is_not_known():
    package = tool("MCPServer", "{image: '{{ .Values.image }}'}").package
    assert isinstance(package.name, Unknown)
    assert isinstance(package.pin, Unknown)


@pytest.mark.parametrize(
    ("kind", "spec", "transport"),
    [
        ("MCPServer", "{image: a}", "stdio"),
        ("MCPServer", "{image: a, transport: streamable-http}", "http"),
        ("MCPServer", "{image: a, transport: sse}", "sse"),
        ("RemoteMCPServer", "{url: 'https://mcp.example.com/mcp'}", "http"),
        ("RemoteMCPServer", "{url: 'https://mcp.example.com/mcp', protocol: SSE}", "sse"),
    ],
)
def test_transport(kind, spec, transport):
    assert value_of(tool(kind, spec).transport) == transport


def test_credentials_of_a_hosted_server():
    spec = "{image: a, secrets: [{name: github-token, key: token, targetEnvName: GITHUB_TOKEN}], env: [{name: A, value: b}]}"
    (credential,) = known_records(tool("MCPServer", spec).credentials)
    facts = (credential.name, credential.reference, credential.source)
    assert tuple(map(value_of, facts)) == ("GITHUB_TOKEN", "github-token", "secret_store")


def test_host_paths_of_a_hosted_server():
    spec = "{image: a, volumes: [{hostPath: /var/run/docker.sock}, {hostPath: /, readOnly: true}, {hostPath: /data}]}"
    mounts = tool("MCPServer", spec).mounts
    assert [(value_of(one.reach), value_of(one.read_only)) for one in mounts] == [
        ("docker_socket", False),
        ("root", True),
        ("outside", False),
    ]


def test_the_address_and_headers_of_a_remote_server():
    token = sample("github-pat-classic", 0)
    headers = (
        f"[{{name: Authorization, value: 'Bearer {token}'}}, {{name: X-Key, valueFrom: {{type: Secret, name: s}}}}]"
    )
    found = tool("RemoteMCPServer", f"{{url: 'http://mcp.example.com/mcp', headersFrom: {headers}}}")
    assert (value_of(found.endpoint.scheme), value_of(found.endpoint.reach)) == ("http", "public")
    assert [value_of(one.source) for one in known_records(found.credentials)] == ["literal", "secret_store"]
    assert token not in repr(found)


def test_an_address_inside_the_cluster_is_near():
    found = tool("RemoteMCPServer", "{url: 'http://search.tools.svc:8080/mcp'}")
    assert value_of(found.endpoint.reach) == "local_name"
    assert value_of(found.endpoint.url) == "http://search.tools.svc:8080/mcp"


@pytest.mark.parametrize(
    ("kind", "spec", "api"),
    [
        ("MCPServer", "{}", None),
        ("RemoteMCPServer", "{}", None),
        ("MCPServer", "{image: a}", "example.com/v1"),
        ("RemoteMCPServer", "{url: 'https://a.example.com'}", "example.com/v1"),
    ],
)
def test_look_alikes_and_patches_are_left_alone(kind, spec, api):
    assert tool(kind, spec, api) is None
