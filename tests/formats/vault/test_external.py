"""Settings that Bank-Vaults writes into Vault: in a `Vault` object, in a file of their own, in a chart's values."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of
from tests.formats.vault.vault_files import read

OBJECT = """\
apiVersion: vault.banzaicloud.com/v1alpha1
kind: Vault
metadata: {name: main}
spec:
  externalConfig:
%s
"""
POLICY = """\
policies:
  - name: shop
    rules: path "secret/*" {
      capabilities = ["create", "read"]
      }
"""
ROLE = """\
auth:
  - type: kubernetes
    roles:
      - name: till
        bound_service_account_names: ["*"]
        bound_service_account_namespaces: ["*"]
        policies: shop, other
"""


def indented(text, by=4):
    return "".join(" " * by + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vault.yaml", OBJECT % indented(POLICY + ROLE)),
        ("vault-config.yml", POLICY + ROLE),
        ("values.yaml", "vault:\n  externalConfig:\n" + indented(POLICY + ROLE)),
        ("values.yaml", "externalConfig:\n" + indented(POLICY + ROLE)),
        ("vault.yaml", "kind: Namespace\napiVersion: v1\n---\n" + OBJECT % indented(POLICY + ROLE)),
    ],
)
def test_wherever_they_stand(name, text):
    found = read({name: text})
    policy, role = found["shop"].facts, found["till"].facts
    assert (value_of(policy.whole_stores), value_of(policy.holders)) == (("secret/*",), ("till",))
    assert value_of(policy.entered_by) == ("any account of the cluster",)
    assert value_of(role.managed) == ("shop", "other")
    assert value_of(role.opens) == ("secret/* (shop)",)
    (trust,) = known_records(role.trusts)
    assert value_of(trust.subject_scope) == "any"


def test_a_rule_stands_where_the_text_has_it():
    (rule,) = read({"vault-config.yml": POLICY})["shop"].facts.rules
    assert rule.at.pointer == ("policies", 0, "rules")
    assert rule.at.within is not None


@pytest.mark.parametrize(
    "text",
    [
        "policies:\n  - name: shop\n    rules: allow all  # capabilities = [\n",
        "capabilities:\n  - bound_claims: 1\n",
        'kind: Other\npolicies:\n  - {name: a, rules: \'path "*" { capabilities = ["read"] }\'}\n',
        "auth:\n  - type: kubernetes\n    roles: many\n    bound_claims: x\n",
    ],
)
def test_other_files_are_left(text):
    assert not read({"config.yaml": text})


def test_a_method_names_the_issuer_of_its_roles():
    role = read({"vault-config.yml": JWT % "https://gitlab.com"})["build"].facts
    (trust,) = known_records(role.trusts)
    assert value_of(trust.issuer) == "gitlab.com"


def test_an_issuer_may_be_filled_in_later():
    role = read({"vault-config.yml": JWT % "${env `ISSUER`}"})["build"].facts
    (trust,) = known_records(role.trusts)
    assert isinstance(trust.issuer, Unknown)


JWT = """\
auth:
  - type: jwt
    config: {bound_issuer: "%s"}
    roles:
      - {name: build, role_type: jwt, user_claim: sub, bound_audiences: [v], bound_claims: {project_id: "1"}}
      - {name: people, user_claim: email, bound_claims: {groups: x}}
"""


def test_roles_for_people_are_left():
    assert "people" not in read({"vault-config.yml": JWT % "https://gitlab.com"})


def test_roles_of_other_methods_are_known_by_their_policies():
    text = "auth:\n  - {type: aws, roles: [{name: node, bound_claims: {}, policies: [root]}]}\n"
    role = read({"vault-config.yml": text})["node"].facts
    assert value_of(role.managed_admin) == ("root",)
    assert role.trusts == ()
    assert role.lasting_secret is None


@pytest.mark.parametrize(
    ("path", "opens"),
    [
        ("{{ .Values.store }}/*", Unknown),
        ('{{ .Values.store | default "secret" }}/*', Unknown),
        ("${ env `STORE` }/*", Unknown),
        ("{{identity.entity.name}}/*", ()),
        ('secret/data/{{ "{{" }}identity.entity.name{{ "}}" }}/*', ()),
    ],
)
def test_what_a_template_fills_in_is_not_known(path, opens):
    text = (
        f'policies:\n  - name: shop\n    rules: |\n      path "{path}" {{\n        capabilities = ["read"]\n      }}\n'
    )
    stores = read({"vault-config.yml": text})["shop"].facts.whole_stores
    assert isinstance(stores, Unknown) if opens is Unknown else value_of(stores) == opens


def test_braces_that_a_chart_prints_are_vaults_own():
    rules = 'path "secret/data/{{ `{{identity.entity.name}}` }}/*" { capabilities = ["read"] }'
    (rule,) = read({"vault-config.yml": f"policies:\n  - name: shop\n    rules: |\n      {rules}\n"})[
        "shop"
    ].facts.rules
    assert value_of(rule.name) == "secret/data/{{identity.entity.name}}/*"


def test_rules_that_cannot_be_read_may_open_anything():
    text = "policies:\n  - name: shop\n    rules: |\n      {{ .Values.path }} capabilities = [\n"
    assert isinstance(read({"vault-config.yml": text})["shop"].facts.whole_stores, Unknown)


def test_values_of_a_chart_stay_its_values():
    files = {"values.yaml": "externalConfig:\n" + indented(POLICY), "Chart.yaml": "name: a\n"}
    gathered = gather(tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN))
    assert gathered.claim_of("values.yaml").format == "helm-values"
    assert {one.format for one in gathered.resources if one.kind == "policy"} == {"vault-settings"}


PEOPLE = [
    "groups:\n  - {name: staff, type: external, policies: [shop]}\n",
    "auth:\n  - {type: oidc, roles: [{name: staff, user_claim: sub, policies: 'default, shop'}]}\n",
    "auth:\n  - {type: github, map: {teams: {staff: shop}}}\n",
    "auth:\n  - {type: userpass, users: [{username: staff, token_policies: shop}]}\n",
    "auth:\n  - {type: ldap, groups: {staff: {policies: shop}}}\n",
]


@pytest.mark.parametrize("people", PEOPLE)
def test_policies_of_people_are_told_so(people):
    assert value_of(read({"vault-config.yml": POLICY + people})["shop"].facts.held_by_people) is True


@pytest.mark.parametrize(
    "more",
    [
        "",
        "groups: [{policies: [shop]}]\n" + ROLE,
        "auth: [{type: token, roles: [{allowed_policies: shop}]}]\ngroups: [{policies: [shop]}]\n",
    ],
)
def test_those_of_machines_are_not(more):
    assert value_of(read({"vault-config.yml": POLICY + more})["shop"].facts.held_by_people) is False
