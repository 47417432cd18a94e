"""What manifests that publish tool servers turn into."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.registries import bundle, docker_catalogue, registry_entry, smithery
from nhilint.formats.registries.claims import CLAIMS
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Syntax, read

REGISTRY, BUNDLE, SMITHERY, DOCKER = CLAIMS


def tools(reader, claim, value, path="a/file"):
    document = read(path, json.dumps(value).encode(), Syntax.YAML if claim.syntax is Syntax.YAML else Syntax.JSON)
    return [resource.facts for resource in reader.extract(document, claim).resources]


def entry(**server):
    return tools(registry_entry, REGISTRY, {"name": "io.github.acme/notes", **server})


def package(**keys):
    (tool,) = entry(packages=[{"registryType": "npm", "identifier": "notes", "version": "1.0.0", **keys}])
    return tool


@pytest.mark.parametrize(
    ("keys", "ecosystem", "pin"),
    [
        ({}, "npm", "exact"),
        ({"registryType": "oci", "identifier": "ghcr.io/a/b:1.2.0"}, "oci", "tag"),
        ({"registryType": "oci", "identifier": "ghcr.io/a/b@sha256:" + "0" * 64}, "oci", "digest"),
        ({"registryType": "mcpb", "fileSha256": "0" * 64}, "mcpb", "digest"),
    ],
)
def test_how_firmly_a_package_is_fixed(keys, ecosystem, pin):
    found = package(**keys).package
    assert (value_of(found.ecosystem), value_of(found.pin)) == (ecosystem, pin)


def test_a_version_that_is_filled_in_later_is_unknown():
    assert isinstance(package(registryType="oci", identifier="ghcr.io/a/b:${VERSION}").package.pin, Unknown)


@pytest.mark.parametrize(
    ("variable", "masked"),
    [
        ({"name": "NOTES_API_KEY"}, [False]),
        ({"name": "NOTES_API_KEY", "isSecret": True}, [True]),
        ({"name": "NOTES_API_KEY", "is_secret": True}, [True]),
        ({"name": "SEED", "isSecret": True}, [True]),
        ({"name": "NOTES_REGION"}, []),
        ({"name": "NOTES_API_KEY", "value": "{k}", "variables": {"k": {"isSecret": True}}}, [True]),
    ],
)
def test_what_is_asked_for(variable, masked):
    assert [value_of(c.masked) for c in package(environmentVariables=[variable]).credentials] == masked


def test_what_stands_in_clear_is_no_question():
    variable = {"name": "NOTES_API_KEY", "value": "hunter2" + "xyzQ91"}
    (credential,) = package(environmentVariables=[variable]).credentials
    assert value_of(credential.source) == "literal"


def test_options_of_docker_run_are_understood():
    arguments = [
        {"type": "named", "name": "-v", "value": "/var/run/docker.sock:/var/run/docker.sock"},
        {"type": "named", "name": "--privileged"},
    ]
    tool = package(registryType="oci", identifier="a/b:1.0.0", runtimeArguments=arguments)
    assert [value_of(m.reach) for m in tool.mounts] == ["docker_socket"]
    assert value_of(tool.elevated) is True


def test_remotes_are_servers_of_their_own():
    (tool,) = entry(
        remotes=[{"type": "sse", "url": "http://mcp.acme-notes.com/sse", "headers": [{"name": "X-Api-Key"}]}]
    )
    assert (value_of(tool.transport), value_of(tool.endpoint.scheme)) == ("sse", "http")
    assert [(value_of(c.location), value_of(c.masked)) for c in tool.credentials] == [("header", False)]


@pytest.mark.parametrize("value", [{}, {"name": "a", "packages": []}, {"name": "a", "packages": [{"name": "b"}]}, []])
def test_other_files_of_the_name_are_left_alone(value):
    assert tools(registry_entry, REGISTRY, value) == []


def manifest(**keys):
    server = {"mcp_config": {"command": "node", "args": ["${__dirname}/index.js"]}}
    return tools(bundle, BUNDLE, {"manifest_version": "0.3", "name": "notes", "server": server, **keys})


def test_settings_of_a_bundle():
    (tool,) = manifest(
        user_config={
            "api_key": {"type": "string"},
            "token": {"type": "string", "sensitive": True},
            "folders": {"type": "directory", "default": ["${HOME}", "${HOME}/Documents"]},
        }
    )
    assert [value_of(c.masked) for c in tool.credentials] == [False, True]
    assert [value_of(m.reach) for m in tool.mounts] == ["home", "outside"]
    assert value_of(tool.command) == "node"


def test_a_browser_extension_is_no_bundle():
    assert tools(bundle, BUNDLE, {"manifest_version": 3, "name": "a", "server": {"mcp_config": {}}}) == []


def test_smithery_settings():
    start = {
        "type": "stdio",
        "configSchema": {"properties": {"apiKey": {"type": "string"}, "port": {"type": "string"}}},
    }
    (tool,) = tools(smithery, SMITHERY, {"startCommand": start}, "notes/smithery.yaml")
    assert (value_of(tool.name), value_of(tool.transport)) == ("notes", "stdio")
    assert [(value_of(c.name), value_of(c.masked)) for c in tool.credentials] == [("apiKey", None)]


def catalogue(**keys):
    return tools(docker_catalogue, DOCKER, {"name": "notes", "about": {}, "type": "server", **keys})


def test_a_catalogue_entry():
    (tool,) = catalogue(
        image="mcp/notes",
        source={"project": "https://github.com/acme/notes", "commit": "0" * 40},
        run={"volumes": ["/var/run/docker.sock:/x", "data:/data", "{{notes.path}}:/p"], "disableNetwork": True},
        config={"secrets": [{"name": "notes.key", "env": "NOTES_KEY"}]},
    )
    assert (value_of(tool.package.ecosystem), value_of(tool.package.pin)) == ("git", "exact")
    assert [value_of(m.reach) for m in tool.mounts] == ["docker_socket"]
    assert [value_of(c.source) for c in tool.credentials] == ["secret_store"]
    assert value_of(tool.network) == "none"


def test_images_of_others_are_fixed_at_publication():
    (tool,) = catalogue(image="ghcr.io/acme/notes")
    assert isinstance(tool.package.pin, Unknown)


def test_a_file_of_another_product_is_left_alone():
    assert tools(docker_catalogue, DOCKER, {"name": "x", "about": {}, "type": "web"}) == []
