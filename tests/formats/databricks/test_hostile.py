"""Odd documents never raise, and large ones end."""

from __future__ import annotations

from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.formats.databricks import bundle
from nhilint.formats.databricks.claims import CLAIMS
from nhilint.link import link
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "bundle", "name", "targets", "prod", "mode", "run_as", "user_name", "permissions", "level", "group_name", "grants",
    "principal", "privileges", "resources", "jobs", "apps", "secret_scopes", "service_principal_name",
]  # fmt: skip
WORDS = ["production", "users", "CAN_MANAGE", "anna@acme.com", "${x}", "READ", ""]
odd = odd_values(KEYS, WORDS)


def read(value):
    document = Document("databricks.yml", Syntax.YAML, "", value)
    for resource in link(bundle.extract(document, CLAIMS[0]).resources):
        activate(resource.facts)


@given(odd)
@settings(max_examples=100, deadline=None)
def test_any_value_is_read_or_left(value):
    read(value)
    read({"bundle": {}, "targets": {"prod": value}, "resources": {"jobs": value, "apps": {"a": value}}})


def test_large_files_end():
    many = [{"level": "CAN_MANAGE", "group_name": "users"}] * 100_000
    read({"resources": {"jobs": {f"j{n}": {"permissions": many[:50]} for n in range(20_000)}}, "permissions": many})
