"""Outputs of a Bicep file that give a secret, what they give, and those that only look like it."""

from __future__ import annotations

import pytest

from nhilint.formats.azure.claims import CLAIMS
from nhilint.formats.azure.shown_outputs import shown_in_bicep
from nhilint.formats.azure.syntax import Parser
from nhilint.formats.azure.tokens import tokens
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read

FILE = """
@secure()
param loginPassword string
@secure()
param loginName string
resource bus 'Microsoft.ServiceBus/namespaces@2022-10-01' existing = { name: 'bus' }
"""


def told(*outputs):
    """What the first output gives and how many others give something."""
    text = FILE + "\n".join(outputs)
    document = read("main.bicep", text.encode(), Syntax.TEXT)
    declared = tuple(Parser(text, tokens(text)).declarations())
    found = list(shown_in_bicep(document, declared, CLAIMS[0]))
    return [(value_of(one.facts.reference), len(one.facts.copies)) for one in found]


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("bus.listKeys().primaryKey", "listKeys() of bus"),
        ("listKeys(bus.id, '2022-10-01').primaryKey", "listKeys() of bus"),
        ("listKeys('${bus.id}/rules/all', bus.apiVersion).primaryKey", "listKeys() of bus"),
        ("az.listKeys(bus.id, '2022-10-01').keys[0].value", "listKeys() of bus"),
        ("'Endpoint=${bus.properties.host};Key=${bus.listKeys().primaryKey}'", "listKeys() of bus"),
        ("{ key: bus.listKeys().primaryKey }", "listKeys() of bus"),
        ("'User=${loginName};Password=${loginPassword}'", "the parameter loginPassword"),
    ],
)
def test_values_that_give_a_secret(value, given):
    assert told(f"output one string = {value}") == [(given, 0)]


@pytest.mark.parametrize(
    "value",
    ["bus.id", "loginName", "bus.listKeys().keyName", "bus.listQueryKeys().value[0].key", "'listKeys()'", "42"],
)
def test_values_that_give_none(value):
    assert told(f"output one string = {value}") == []


SERVER = """
param adminPass string
param loginPass string
resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2021-06-01' = {
  name: 'server'
  properties: { administratorLoginPassword: adminPass }
}
"""


def test_a_parameter_that_a_server_takes_as_its_password_is_secret_without_a_mark():
    assert told(SERVER, "output one string = 'password=${adminPass}'") == [("the parameter adminPass", 0)]


def test_one_that_nothing_takes_so_is_left():
    assert told(SERVER, "output one string = 'password=${loginPass}'") == []


def test_a_file_is_read_for_keys_asked_in_small_letters():
    written = b"output one string = listkeys(bus.id, '2022-10-01').primaryKey"
    assert any(word in written for word in CLAIMS[0].probe)


def test_a_file_is_told_once():
    assert told("output a string = bus.listKeys().primaryKey", "output b string = loginPassword") == [
        ("listKeys() of bus", 1)
    ]


def test_one_output_kept_back_says_nothing_of_the_next():
    kept, shown = "@secure()\noutput a string = bus.listKeys().primaryKey", "output b string = loginPassword"
    assert told(kept, shown) == [("the parameter loginPassword", 0)]
