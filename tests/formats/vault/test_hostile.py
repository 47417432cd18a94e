"""Odd content never raises: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.node import Node
from nhilint.formats.vault import external, objects, policy, role
from nhilint.formats.vault.claims import CLAIMS
from nhilint.formats.vault.policy_text import embedded_rules, written_policy
from nhilint.model.place import Place
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "path",
    "capabilities",
    "policy",
    "name",
    "secret/*",
    "*",
    "allowed_parameters",
    "user_claim",
    "bound_claims",
    "bound_subject",
    "role_type",
    "bound_audiences",
    "bound_service_account_names",
    "sub",
    "token_policies",
    "bound_service_account_namespaces",
    "audience",
    "bound_claims_type",
    "repository",
    "ref",
    "policies",
    "rules",
    "auth",
    "type",
    "roles",
    "config",
    "bound_issuer",
    "groups_claim",
    "externalConfig",
    "vault",
]
OBJECTS = [
    "spec", "externalConfig", "policies", "auth", "name", "policy", "metadata", "targetServiceAccounts", "targetNamespaces",
    "targetNamespaceSelector", "matchLabels", "roleType", "boundClaims", "boundAudiences", "tokenPolicies", "userClaim",
]  # fmt: skip
odd = odd_values(KEYS, ["", "*", "jwt", "glob", "read", "root", "${x}", "{{x}}", "repo:a/b", "a@b"])


@given(st.fixed_dictionaries({"path": odd}) | st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("module", [policy, role, external])
def test_any_value_is_read_or_left(module, value):
    for resource in module.extract(Document("p.json", Syntax.JSON, "", value), CLAIMS[1]).resources:
        activate(resource.facts)


@given(st.dictionaries(st.sampled_from(OBJECTS), odd_values(OBJECTS, ["jwt", "*", "{{x}}", "path"]), max_size=8) | odd)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("kind", ["Vault", "Policy", "KubernetesAuthEngineRole", "JWTOIDCAuthEngineRole"])
def test_any_object_is_read_or_left(kind, value):
    for _, facts in objects.read(Node({"metadata": {"name": "a"}, "spec": value, "kind": kind}, "a.yaml")):
        activate(facts)


@given(st.text(alphabet="path \"*{}[]=\n\ue000\ue001\uf8ff,capblties.`'-", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_of_a_manifest_is_read_or_left(text):
    activate(written_policy("a", Place("a.yaml"), Node(f'path "{{{{ x }}}}{text}" {{}}', "a.yaml")))


@given(st.text(alphabet='path "*{}[]=\n\ue000\ue001,capblties<E\\', max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_left(text):
    embedded_rules(text, Place("main.tf"), str)


def test_large_files_end():
    value = {"path": {f"p{n}": {"capabilities": ["read"] * 20} for n in range(100_000)}}
    (found,) = policy.extract(Document("p.json", Syntax.JSON, "", value), CLAIMS[1]).resources
    assert len(found.facts.rules) == 2_000


def test_many_actions_end():
    written_policy("a", Place("a.yaml"), Node('path "{{ x }}" {}\n' * 10_000, "a.yaml"))
    written_policy("a", Place("a.yaml"), Node("{{" * 50_000 + '"' * 50_000, "a.yaml"))
