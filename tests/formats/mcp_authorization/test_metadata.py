"""What OAuth metadata turn into: resources, authorization servers, clients known by their document."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.mcp_authorization import client, resource, server
from nhilint.formats.mcp_authorization.claims import CLAIMS
from nhilint.formats.registry import Recogniser
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

SERVER = {"issuer": "https://id.acme-apps.com", "authorization_endpoint": "https://id.acme-apps.com/a"}


def apps(reader, value, path=".well-known/x"):
    return [r.facts for r in reader.extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources]


@pytest.mark.parametrize(
    ("path", "text", "format_id"),
    [
        (".well-known/oauth-protected-resource", b'{"resource": 1}', "oauth-resource-metadata"),
        ("public/.well-known/oauth-protected-resource/mcp", b'{"resource": 1}', "oauth-resource-metadata"),
        (".well-known/openid-configuration", b'{"issuer": 1}', "oauth-server-metadata"),
        ("web/client-metadata.json", b'{"client_id": 1}', "oauth-client-metadata"),
        ("web/metadata.json", b'{"client_id": 1}', None),
    ],
)
def test_recognised_by_name(path, text, format_id):
    found = Recogniser(CLAIMS).recognise(path, text)
    assert [claim.format for claim in found][:1] == ([format_id] if format_id else [])


@pytest.mark.parametrize(
    ("scopes", "broad"),
    [
        (["notes.read", "notes.write"], ()),
        (["read", "admin"], ("admin",)),
        (
            ["api.admin", "kye:admin", "*", "repo:*", "full_access"],
            ("api.admin", "kye:admin", "*", "repo:*", "full_access"),
        ),
        (["install", "small", "administer-nothing", "call", "files.readall"], ()),
        (["admin.access", "write:all"], ("admin.access", "write:all")),
    ],
)
def test_scopes_that_stand_for_everything(scopes, broad):
    (app,) = apps(resource, {"resource": "https://mcp.acme-apps.com", "scopes_supported": scopes})
    assert value_of(app.broad_offers) == broad


def test_addresses_and_bearer_methods_of_a_resource():
    value = {
        "resource": "https://mcp.acme-apps.com",
        "authorization_servers": ["http://id.acme-apps.com"],
        "bearer_methods_supported": ["query"],
    }
    (app,) = apps(resource, value)
    assert [value_of(e.scheme) for e in app.endpoints] == ["https", "http"]
    assert value_of(app.bearer_in) == ("query",)


@pytest.mark.parametrize(
    ("keys", "path", "offered"),
    [
        ({}, ".well-known/oauth-authorization-server", False),
        ({}, ".well-known/openid-configuration", None),
        ({"code_challenge_methods_supported": ["plain"]}, ".well-known/openid-configuration", False),
        ({"code_challenge_methods_supported": ["plain", "S256"]}, ".well-known/oauth-authorization-server", True),
    ],
)
def test_whether_codes_can_be_bound(keys, path, offered):
    (app,) = apps(server, {**SERVER, **keys}, path)
    assert value_of(app.pkce_offered) is offered


def test_without_codes_there_is_nothing_to_bind():
    (app,) = apps(server, {"issuer": "https://a.example", "token_endpoint": "https://a.example/t"})
    assert app.pkce_offered is None


def test_flows_and_registration_of_a_server():
    (app,) = apps(
        server, {**SERVER, "grant_types_supported": ["password"], "registration_endpoint": "https://a.example/r"}
    )
    assert value_of(app.grant_types) == ("password",)
    assert [(value_of(e.kind), value_of(e.open_to)) for e in app.entrances] == [("registration", None)]


def test_a_client_known_by_its_document():
    value = {
        "client_id": "https://app.acme-apps.com/client.json",
        "redirect_uris": ["http://localhost/cb", "https://*.acme-apps.com/cb"],
        "token_endpoint_auth_method": "none",
    }
    (app,) = apps(client, value)
    assert value_of(app.public_client) is True
    assert [value_of(r.wildcard) for r in app.redirects] == ["none", "host"]


@pytest.mark.parametrize("reader", [resource, server, client])
@pytest.mark.parametrize("value", [{}, [], {"resource": "x"}, {"issuer": "x"}, {"client_id": "x", "redirect_uris": []}])
def test_other_files_are_left_alone(reader, value):
    assert apps(reader, value) == []


KEYS = ["resource", "issuer", "client_id", "scopes_supported", "authorization_servers", "bearer_methods_supported",
        "redirect_uris", "token_endpoint", "code_challenge_methods_supported", "grant_types_supported",
        "registration_endpoint", "token_endpoint_auth_method", "client_name", "grant_types"]  # fmt: skip
odd = odd_values(KEYS, ["https://x/", "S256", "://[", "*"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=10) | odd)
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("reader", [resource, server, client])
def test_any_metadata_are_read_or_left(reader, value):
    for found in reader.extract(Document("x.json", Syntax.JSON, "", value), CLAIMS[0]).resources:
        activate(found.facts)
