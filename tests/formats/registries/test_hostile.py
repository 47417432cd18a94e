"""Odd manifests never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.registries import bundle, docker_catalogue, registry_entry, smithery
from nhilint.formats.registries.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "name", "packages", "remotes", "registryType", "identifier", "version", "transport", "type", "url", "headers", "value",
    "environmentVariables", "runtimeArguments", "variables", "isSecret", "default", "manifest_version", "server",
    "mcp_config", "command", "args", "env", "user_config", "sensitive", "startCommand", "configSchema", "properties",
    "exampleConfig", "image", "source", "project", "commit", "run", "volumes", "tools", "container", "config", "secrets",
]  # fmt: skip
WORDS = ["", "*", "server", "remote", "oci", "npm", "string", "directory", "${HOME}", "-v", "/:/", "://[", "a:b@c"]
odd = odd_values(KEYS, WORDS)
WHOLE = {"name": "a", "type": "server", "manifest_version": "0.3"}


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8), st.booleans())
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("module", [registry_entry, bundle, smithery, docker_catalogue])
def test_any_manifest_is_read_or_left(module, value, completed):
    value = {**value, **WHOLE} if completed else value
    for resource in module.extract(Document("server.json", Syntax.JSON, "", value), CLAIMS[0]).resources:
        activate(resource.facts)


def test_large_files_end():
    variables = [{"name": "API_KEY"}] * 100_000
    package = {"registryType": "npm", "identifier": "a", "version": "1", "environmentVariables": variables}
    value = {"name": "a", "packages": [package] * 1_000}
    found = registry_entry.extract(Document("server.json", Syntax.JSON, "", value), CLAIMS[0]).resources
    assert len(found) == 200
