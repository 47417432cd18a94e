"""Whom Nomad's binding rules for JWTs let in, and what they give."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract
from nhilint.gather import gather
from nhilint.link import link, terraform
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.settings import Settings
from nhilint.source.document import Document, Syntax
from nhilint.source.value import Expression
from nhilint.testing import WHEN, rendered, tree_of

TEXT = """
resource "nomad_acl_auth_method" "ci" {
  name = "ci"
  type = "%s"
  config {
    %s
    bound_audiences = ["nomad"]
    claim_mappings  = { repository_id = "repo", ref = "ref", "https://x/y" = "odd" }
    list_claim_mappings = { namespace_path = "groups" }
  }
}
resource "nomad_acl_binding_rule" "deploy" {
  auth_method = %s
  bind_type   = "%s"
  %s
}
"""
GITHUB = 'bound_issuer = ["https://token.actions.githubusercontent.com"]'
OWN = "nomad_acl_auth_method.ci.name"


def read(rule="", config=GITHUB, method=OWN, bind="management", kind="JWT"):
    gathered = gather(
        tree_of((("main.tf", TEXT % (kind, config, method, bind, rule)),)), Settings(root=Path(), now=WHEN)
    )
    assert not gathered.problems
    return {r.name: r.facts for r in link(gathered.resources) if r.kind == "identity"}


def trust(rule="", config=GITHUB):
    (found,) = known_records(read(rule, config)["deploy"].trusts)
    return found


def selected(text):
    return f'selector = "{text}"'.replace("'", '\\"')


@pytest.mark.parametrize("rule", ["", 'selector = ""'])
def test_without_a_selector_everybody_enters(rule):
    found = trust(rule)
    assert value_of(found.subject_scope) == "any"
    assert value_of(found.issuer_kind) == "github"
    assert value_of(found.audience) == ("nomad",)


@pytest.mark.parametrize(
    ("selector", "scope"),
    [
        ("value.repo == '1'", "repository"),
        ("value.ref == 'refs/heads/main'", "any"),
        ("value.repo == '1' and value.ref == 'refs/heads/main'", "branch_or_environment"),
        ("'acme' in list.groups", "organization"),
    ],
)
def test_a_selector_narrows_by_the_claims_that_its_names_stand_for(selector, scope):
    found = trust(selected(selector))
    assert value_of(found.subject_scope) == scope
    assert rendered(found.subject_scope.at) == "main.tf#/resource/nomad_acl_binding_rule/deploy/0/selector"


@pytest.mark.parametrize(
    "selector",
    [
        "value.repo != '1'",
        "value.repo == '1' or value.ref == 'x'",
        "not value.repo == '1'",
        "value.unmapped == '1'",
        "value.odd == '1'",
        "value.repo matches '.*'",
    ],
)
def test_a_selector_of_another_form_is_unknown(selector):
    assert isinstance(trust(selected(selector)).subject_scope, Unknown)


@pytest.mark.parametrize(
    ("config", "issuer"),
    [
        (
            'jwks_url = "https://token.actions.githubusercontent.com/.well-known/jwks"',
            "token.actions.githubusercontent.com",
        ),
        ('jwks_url = "https://gitlab.com/oauth/discovery/keys"', "gitlab.com"),
        ('oidc_discovery_url = "https://gitlab.com"', "gitlab.com"),
        ("bound_issuer = [var.issuer]", None),
        ('bound_issuer = ["https://a", "https://b"]', None),
        ('jwt_validation_pub_keys = ["x"]', None),
    ],
)
def test_the_issuer_is_the_bound_one_or_the_one_whose_keys_are_asked_for(config, issuer):
    assert value_of(trust(config=config).issuer) == issuer


def test_what_a_rule_gives():
    assert value_of(read()["deploy"].admin) is True
    facts = read('bind_name = "ops"', bind="policy")["deploy"]
    assert (value_of(facts.admin), value_of(facts.managed), value_of(facts.managed_admin)) == (False, ("ops",), ())
    assert isinstance(read("bind_name = var.x", bind="role")["deploy"].admin, Unknown)


def test_people_and_methods_of_elsewhere_are_left():
    assert read(kind="OIDC") == {}
    assert read(method='"other"') == {}
    assert list(read(method='"ci"')) == ["deploy"]


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["JWT", "ci", 'value.repo == "1"', Expression("var.x")]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["auth_method", "bind_type", "bind_name", "selector", "name", "type", "config"]
CONFIG = ["bound_issuer", "jwks_url", "claim_mappings", "list_claim_mappings", "bound_audiences"]
BODY = st.dictionaries(
    st.sampled_from(FIELDS), ODD | st.lists(st.dictionaries(st.sampled_from(CONFIG), ODD), max_size=2)
)


@settings(max_examples=60, deadline=None)
@given(BODY, BODY)
def test_odd_blocks_raise_nothing(rule, method):
    claim = next(claim for claim in CLAIMS if claim.format == "terraform-nomad")
    method = {**method, "name": "ci", "type": "JWT"}
    resources = {
        "nomad_acl_binding_rule": {"r": [{**rule, "auth_method": "ci"}]},
        "nomad_acl_auth_method": {"m": [method]},
    }
    terraform.join(extract(Document("main.tf", Syntax.HCL, "", {"resource": resources}), claim).resources)
