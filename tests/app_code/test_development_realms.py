"""A realm serves developers where a Keycloak started for them mounts it, and no other does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.development_realms import with_development_realms
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

REALM = json.dumps({"realm": "shop", "clients": [{"clientId": "portal", "redirectUris": ["https://a.acme.io/*"]}]})
SERVICE = "services:\n  login:\n    image: quay.io/keycloak/keycloak:26.0\n"


def settings_of_realm(files, earlier=None):
    tree = MemoryTree({"login/shop-realm.json": REALM, **files})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    found = with_development_realms(gathered.resources, tree if earlier is None else MemoryTree(earlier))
    return {one.setting for one in found if one.format == "keycloak-realm"}


def compose(command, mount):
    return f"{SERVICE}    command: {command}\n    volumes:\n      {mount}\n"


@pytest.mark.parametrize(
    "mount",
    [
        "- ./login:/opt/keycloak/data/import",
        "- ./login/shop-realm.json:/opt/keycloak/data/import/shop-realm.json:ro",
        '- "./login/shop-realm.json:/realm.json"',
        "- type: bind\n        source: ./login\n        target: /opt/keycloak/data/import",
    ],
)
@pytest.mark.parametrize("command", ["start-dev --import-realm", '["start-dev", "--import-realm"]'])
def test_a_realm_mounted_for_developers_is_a_tests(command, mount):
    assert settings_of_realm({"docker-compose.yml": compose(command, mount)}) == {"test"}


@pytest.mark.parametrize(
    ("command", "mount"),
    [
        ("start --import-realm", "- ./login:/opt/keycloak/data/import"),
        ("start-dev", "- ./other:/opt/keycloak/data/import"),
        ("start-dev", "- ./log:/opt/keycloak/data/import"),
    ],
)
def test_any_other_realm_counts(command, mount):
    assert settings_of_realm({"docker-compose.yml": compose(command, mount)}) == {"production"}


def test_a_realm_that_goes_into_production_as_well_counts():
    mount = "- ../login:/opt/keycloak/data/import"
    files = {"dev/compose.yaml": compose("start-dev", mount), "prod/compose.yaml": compose("start", mount)}
    assert settings_of_realm(files) == {"production"}


def test_a_change_does_not_hide_a_realm_by_the_file_that_it_adds():
    files = {"compose.yaml": compose("start-dev", "- ./login:/opt/keycloak/data/import")}
    assert settings_of_realm(files, earlier={}) == {"production"}


def test_a_compose_file_of_something_else_says_nothing():
    text = compose("npm run start-dev", "- ./login:/app").replace("quay.io/keycloak/keycloak:26.0", "node:24")
    assert settings_of_realm({"compose.yaml": text}) == {"production"}
