"""Claims of agent-sandbox bring their variables to the template that they lead to."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import known_records, value_of
from tests.formats.kubernetes.cluster_files import identities, resources

API = "apiVersion: extensions.agents.x-k8s.io/v1beta1\n"
KEY = f"{{name: OPENAI_API_KEY, value: '{sample('openai-project-key', 0)}'}}"


def thing(kind, spec, name, namespace="ops"):
    return f"---\n{API}kind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec: {spec}\n"


def template(policy):
    return thing(
        "SandboxTemplate",
        f"{{envVarsInjectionPolicy: {policy}, podTemplate: {{spec: {{serviceAccountName: box, containers: [{{name: a, image: b}}]}}}}}}",
        "shell",
    )


POOL = thing("SandboxWarmPool", "{sandboxTemplateRef: {name: shell}}", "pool")
BY_POOL = thing("SandboxClaim", f"{{warmPoolRef: {{name: pool}}, env: [{KEY}]}}", "mine")
STRAIGHT = thing("SandboxClaim", f"{{sandboxTemplateRef: {{name: shell}}, env: [{KEY}]}}", "mine")


def held(text):
    (account,) = identities(text).values()
    (workload,) = account.workloads
    return [value_of(one.name) for one in known_records(workload.credentials)]


@pytest.mark.parametrize("policy", ["Allowed", "Overrides"])
@pytest.mark.parametrize("claim", [POOL + BY_POOL, STRAIGHT])
def test_a_claim_brings_its_variables(policy, claim):
    assert held(template(policy) + claim) == ["OPENAI_API_KEY"]


@pytest.mark.parametrize("policy", ["Disallowed", "''"])
def test_a_template_that_takes_none_holds_none(policy):
    assert held(template(policy) + POOL + BY_POOL) == []


def test_a_claim_of_another_namespace_leads_elsewhere():
    assert held(template("Allowed") + POOL + BY_POOL.replace("namespace: ops", "namespace: dev")) == []


def test_what_a_claim_holds_in_clear_is_a_credential_of_the_file():
    found = resources({"deploy/a.yaml": BY_POOL})
    assert [(one.kind, one.name) for one in found] == [("credential", "OPENAI_API_KEY")]


def test_a_pool_alone_is_nothing_to_judge():
    assert resources({"deploy/a.yaml": POOL}) == ()


def test_what_a_template_holds_in_clear_is_one_too():
    text = thing(
        "SandboxTemplate", f"{{podTemplate: {{spec: {{containers: [{{name: a, image: b, env: [{KEY}]}}]}}}}}}", "shell"
    )
    assert [one.name for one in resources({"deploy/a.yaml": text}) if one.kind == "credential"] == ["OPENAI_API_KEY"]
