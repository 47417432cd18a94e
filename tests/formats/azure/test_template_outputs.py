"""Outputs of an ARM template that give a secret, what they give, and those that only look like it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.azure.claims import CLAIMS
from nhilint.formats.azure.template_outputs import shown_in_template
from nhilint.formats.node import Node
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read

BUS = "resourceId('Microsoft.ServiceBus/namespaces/authorizationRules', parameters('bus'), 'all')"
TEMPLATE = {
    "parameters": {
        "loginPassword": {"type": "secureString"},
        "loginName": {"type": "securestring"},
        "openPassword": {"type": "string"},
    },
    "variables": {
        "logs": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
        "bus": {"id": "[resourceId('Microsoft.ServiceBus/namespaces', 'bus')]"},
    },
}


def told(outputs):
    """What the first output gives and how many others give something."""
    document = read("azuredeploy.json", json.dumps(TEMPLATE | {"outputs": outputs}).encode(), Syntax.JSON)
    found = list(shown_in_template(Node.root(document), CLAIMS[0]))
    return [(value_of(one.facts.reference), len(one.facts.copies)) for one in found]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (
            f"[listKeys({BUS}, '2022-10-01').primaryKey]",
            "listKeys() of Microsoft.ServiceBus/namespaces/authorizationRules",
        ),
        ("[concat('Key=', listkeys(variables('bus').id, '2017-04-01').primaryKey)]", "listkeys() of bus"),
        ("[listKeys(concat(variables('bus').id, 'x'), '2017-04-01')]", "listKeys()"),
        ("[parameters('loginPassword')]", "the parameter loginPassword"),
        ({"key": ["[parameters('loginPassword')]"]}, "the parameter loginPassword"),
    ],
)
def test_values_that_give_a_secret(value, shown):
    assert told({"one": {"type": "object", "value": value}}) == [(shown, 0)]


@pytest.mark.parametrize(
    "value",
    [
        "[listKeys(variables('bus').id, '2017-04-01').keyName]",
        "[listKeys(variables('logs'), '2020-08-01').primarySharedKey]",
        "[listQueryKeys(variables('bus').id, '2020-08-01').value[0].key]",
        "[if(parameters('a'), listKeys(variables('bus').id, '2017-04-01').primaryKey, '')]",
        "[parameters('loginName')]",
        "[parameters('openPassword')]",
        "[reference('inner').outputs.loginPassword.value]",
        "[[listKeys('escaped', '2017-04-01')]",
        "listKeys('a text', '2017-04-01')",
        42,
    ],
)
def test_values_that_give_none(value):
    assert told({"one": {"type": "string", "value": value}}) == []


@pytest.mark.parametrize("kind", ["securestring", "secureString", "SecureObject"])
def test_an_output_of_a_secure_type_is_kept_back(kind):
    assert told({"one": {"type": kind, "value": "[parameters('loginPassword')]"}}) == []


def test_the_turns_of_a_loop_count():
    copied = {"type": "array", "copy": {"count": 2, "input": "[parameters('loginPassword')]"}}
    assert told({"one": copied}) == [("the parameter loginPassword", 0)]


def test_a_template_is_told_once():
    output = {"type": "string", "value": "[parameters('loginPassword')]"}
    assert told({"a": output, "b": output}) == [("the parameter loginPassword", 1)]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["[", "[listKeys(", "[a(b)]"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "type", "copy", "input"]), inner)
    ),
    max_leaves=8,
)


@given(ANYTHING)
def test_odd_outputs_are_passed_over(value):
    told(value)
    told({"one": value})
