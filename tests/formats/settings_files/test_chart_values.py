"""Which credentials are found in the values of charts and in ConfigMaps: those of providers alone."""

from __future__ import annotations

import json

import pytest
from formats.app_reading import resources
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.credentials.sample import sample
from nhilint.testing import rendered

TOKEN = sample("github-pat-fine-grained")
RANDOM = sample("generic-api-key")
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  "
WEB = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"


def places(family: str, path: str, text: str) -> list[str]:
    found = resources(family, path, text)
    return [rendered(one.at).partition("#")[2] for one in found if one.kind == "credential"]


@pytest.mark.parametrize("path", ["chart/values.yaml", "values-prod.yaml", "prod.values.yml"])
def test_a_providers_token_in_values(path):
    assert places("settings_files", path, f"env:\n  - name: BOT\n    value: {TOKEN}\n") == ["/env/0/value"]


@pytest.mark.parametrize(
    "text",
    [
        f"auth:\n  password: {RANDOM}\n# ghp_\n",
        f"url: postgres://owner:{RANDOM}@db.acme.io/app\n# ghp_\n",
        'token: ""  # ghp_\n',
        "token: {{ .Values.token }}  # ghp_\n",
    ],
)
def test_other_values_are_left_alone(text):
    assert places("settings_files", "values.yaml", text) == []


@pytest.mark.parametrize("more", ["", WEB])
def test_a_providers_token_in_a_config_map(more):
    text = f"{CONFIG}BOT: {TOKEN}\n  PASSWORD: {RANDOM}\n{more}"
    (place,) = places("kubernetes", "config.yaml", text)
    assert place.endswith("/data/BOT")


@pytest.mark.parametrize("value", ["null", "7", "[ghp_]", "{a: ghp_}", "ghp_"])
def test_odd_data_of_a_config_map(value):
    assert places("kubernetes", "config.yaml", f"{CONFIG}a: {value}\n") == []


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="ascii"), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=12,
)


@given(ODD)
def test_no_value_is_too_odd(value):
    places("settings_files", "values.yaml", json.dumps([value, "ghp_"]))
    places("kubernetes", "a.yaml", json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "data": value, "a": "ghp_"}))
