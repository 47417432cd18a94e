"""Odd content never raises: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.vault import policy, role
from nhilint.formats.vault.claims import CLAIMS
from nhilint.formats.vault.policy_text import embedded_rules
from nhilint.model.place import Place
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "path", "capabilities", "policy", "name", "secret/*", "*", "allowed_parameters", "user_claim", "bound_claims",
    "bound_subject", "role_type", "bound_audiences", "bound_service_account_names", "sub", "token_policies",
    "bound_service_account_namespaces", "audience", "bound_claims_type", "repository", "ref",
]  # fmt: skip
odd = odd_values(KEYS, ["", "*", "jwt", "glob", "read", "root", "${x}", "{{x}}", "repo:a/b", "a@b"])


@given(st.fixed_dictionaries({"path": odd}) | st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("module", [policy, role])
def test_any_value_is_read_or_left(module, value):
    for resource in module.extract(Document("p.json", Syntax.JSON, "", value), CLAIMS[1]).resources:
        activate(resource.facts)


@given(st.text(alphabet='path "*{}[]=\n\ue000\ue001,capblties<E\\', max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_left(text):
    embedded_rules(text, Place("main.tf"), str)


def test_large_files_end():
    value = {"path": {f"p{n}": {"capabilities": ["read"] * 20} for n in range(100_000)}}
    (found,) = policy.extract(Document("p.json", Syntax.JSON, "", value), CLAIMS[1]).resources
    assert len(found.facts.rules) == 2_000
