"""Which descriptions of interfaces are read, and what they turn into."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.openapi.claims import CLAIMS
from nhilint.formats.openapi.interface import extract
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

TOKEN = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}


def interfaces(value, path="agents/openapi.json"):
    return [r.facts for r in extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources]


def interface(**keys):
    (found,) = interfaces({"openapi": "3.0.1", **keys})
    return found


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        ("openapi.json", False),
        ("docs/openapi.json", False),
        ("agents/openapi.json", True),
        ("my-agent/openapi.json", True),
        ("appPackage/openapi.json", True),
        ("mcp_server/openapi.json", True),
        ("agentic/openapi.json", False),
        ("agency/openapi.json", False),
    ],
)
def test_a_path_tells_of_agents(path, is_read):
    assert bool(interfaces({"openapi": "3.0.1", "info": {"title": "x"}}, path)) is is_read


def test_an_extension_tells_of_agents_anywhere():
    paths = {"/a": {"post": {"x-openai-isConsequential": False}}}
    assert len(interfaces({"openapi": "3.0.1", "paths": paths}, "openapi.json")) == 1


def test_the_pet_store_is_left_alone():
    assert interfaces({"openapi": "3.0.1", "info": {"title": "Swagger Petstore"}}) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"components": {"securitySchemes": {"o": {"type": "oauth2", "flows": {"implicit": {}, "password": {}}}}}},
        {
            "securityDefinitions": {
                "a": {"type": "oauth2", "flow": "implicit"},
                "b": {"type": "oauth2", "flow": "password"},
            }
        },
    ],
)
def test_flows_of_both_versions(keys):
    assert value_of(interface(**keys).grant_types) == ("implicit", "password")


def operations(own, document):
    paths = {
        "/a": {"post": {"operationId": "a", "x-openai-isConsequential": True, **own}},
        "/b": {"put": {"security": [{"token": []}]}},
    }
    return [value_of(o.name) for o in interface(components=TOKEN, paths=paths, **document).open_operations]


@pytest.mark.parametrize(
    ("security", "document", "expected"),
    [
        ({}, {}, ["a"]),
        ({}, {"security": [{"token": []}]}, []),
        ({"security": []}, {"security": [{"token": []}]}, ["a"]),
        ({"security": [{"token": []}, {}]}, {}, ["a"]),
        ({"security": [{"token": []}]}, {}, []),
    ],
)
def test_operations_that_ask_for_nothing(security, document, expected):
    assert operations(security, document) == expected


def test_without_an_extension_operations_are_no_tools():
    paths = {"/a": {"post": {}}, "/b": {"put": {"security": [{"token": []}]}}}
    assert interface(components=TOKEN, paths=paths).open_operations == ()


KEYS = ["openapi", "paths", "/a", "post", "security", "securityDefinitions", "components", "securitySchemes", "type", "flow",
        "flows", "implicit", "x-openai-isConsequential", "info", "title", "operationId", "in"]  # fmt: skip
odd = odd_values(KEYS, ["apiKey", "oauth2", "query"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=200, deadline=None)
def test_any_description_is_read_or_left(value):
    for resource in extract(Document("agents/openapi.json", Syntax.JSON, "", value), CLAIMS[0]).resources:
        activate(resource.facts)
