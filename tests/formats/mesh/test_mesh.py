"""Objects of Istio and Linkerd about identities: who may call, who must prove an identity, whose token is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.api import scan
from nhilint.evaluate.activation import activate
from nhilint.formats.kubernetes import manifest
from nhilint.formats.kubernetes.claims import CLAIMS
from nhilint.link.mesh import join
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.finding import Severity
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values


def resources(kind, spec, group="security.istio.io", namespace="payments"):
    metadata = {"name": "a", "namespace": namespace}
    value = {"apiVersion": f"{group}/v1", "kind": kind, "metadata": metadata, "spec": spec}
    return manifest.extract(Document("x.yaml", Syntax.YAML, "", value), CLAIMS[0]).resources


def policy(kind, spec, **more):
    return resources(kind, spec, **more)[0].facts


def rule(**stated):
    return known_records(policy("AuthorizationPolicy", {"rules": [stated]}).rules)[0]


@pytest.mark.parametrize(
    ("source", "everyone"),
    [
        ({"principals": ["*"]}, True),
        ({"principals": ["*"], "namespaces": ["web"]}, False),
        ({"principals": ["*"], "notNamespaces": ["web"]}, False),
        ({"requestPrincipals": ["*"]}, False),
        ({"ipBlocks": ["0.0.0.0/0"]}, True),
        ({"namespaces": ["web"]}, False),
        ({}, False),
    ],
)
def test_sources(source, everyone):
    assert value_of(rule(**{"from": [{"source": source}]}).everyone) is everyone


@pytest.mark.parametrize(
    ("operation", "every"),
    [({"paths": ["/*"]}, True), ({"paths": ["/*"], "methods": ["GET"]}, False), ({"notPaths": ["/x"]}, False)],
)
def test_operations(operation, every):
    assert value_of(rule(to=[{"operation": operation}]).every_action) is every


def test_a_rule_that_says_nothing_is_for_everybody():
    found = rule()
    assert value_of(found.everyone)
    assert value_of(found.every_action)
    assert not value_of(found.conditioned)


def test_a_condition_narrows():
    assert value_of(rule(when=[{"key": "request.headers[x]", "values": ["y"]}]).conditioned)


def test_a_policy_that_denies_has_no_rules_that_allow():
    assert known_records(policy("AuthorizationPolicy", {"action": "DENY", "rules": [{}]}).rules) == ()


def test_a_rule_of_a_template_is_unknown():
    assert isinstance(policy("AuthorizationPolicy", {"rules": ["{{ x }}"]}).rules[0], Unknown)


@pytest.mark.parametrize(
    ("rules", "asks"),
    [
        ([{"from": [{"source": {"requestPrincipals": ["x/y"]}}]}], True),
        ([{"from": [{"source": {"notRequestPrincipals": ["*"]}}]}], True),
        ([{"when": [{"key": "request.auth.claims[groups]", "values": ["x"]}]}], True),
        ([{"from": [{"source": {"principals": ["x"]}}]}], False),
    ],
)
def test_policies_that_ask_for_a_token(rules, asks):
    assert value_of(policy("AuthorizationPolicy", {"rules": rules}).asks_for_token) is asks


def test_a_token_is_optional_until_a_policy_asks_for_one():
    checked = resources("RequestAuthentication", {"jwtRules": [{"issuer": "x"}]})
    asked = resources("AuthorizationPolicy", {"rules": [{"from": [{"source": {"requestPrincipals": ["*"]}}]}]})
    assert value_of(join(checked)[0].facts.token_optional) is True
    assert value_of(join((*checked, *asked))[0].facts.token_optional) is False


def test_another_service_may_ask_for_the_token():
    filters = {"configPatches": [{"patch": {"value": {"name": "envoy.filters.http.ext_authz"}}}]}
    checked = resources("RequestAuthentication", {"jwtRules": [{"issuer": "x"}]})
    asked = resources("EnvoyFilter", filters, group="networking.istio.io")
    assert value_of(join((*checked, *asked))[0].facts.token_optional) is False
    assert resources("EnvoyFilter", {"configPatches": []}, group="networking.istio.io") == ()


@pytest.mark.parametrize(
    ("spec", "namespace", "reach"),
    [({}, "istio-system", "mesh"), ({}, "payments", "namespace"), ({"selector": {}}, "istio-system", "workload")],
)
def test_what_a_mode_holds_for(spec, namespace, reach):
    found = policy("PeerAuthentication", {"mtls": {"mode": "PERMISSIVE"}, **spec}, namespace=namespace)
    assert value_of(found.reach) == reach
    assert value_of(found.unproven_callers) == "some"


@pytest.mark.parametrize(("stated", "default"), [("audit", "allow"), ("deny", "deny"), ("all-authenticated", "deny")])
def test_a_port_of_linkerd(stated, default):
    found = policy("Server", {"accessPolicy": stated, "port": 1}, group="policy.linkerd.io")
    assert value_of(found.default) == default


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("cluster-unauthenticated", Severity.LOW),
        ("all-unauthenticated", Severity.HIGH),
    ],
)
def test_a_port_that_is_opened_to_the_cluster_is_told_as_low(tmp_path, stated, told):
    (tmp_path / "server.yaml").write_text(
        "apiVersion: policy.linkerd.io/v1beta3\nkind: Server\nmetadata: {name: intake, namespace: web}\n"
        f"spec: {{accessPolicy: {stated}, port: 4317, podSelector: {{matchLabels: {{app: intake}}}}}}\n"
    )
    (found,) = scan(tmp_path, select=["policy-allows-by-default"]).findings
    assert found.severity == told


@pytest.mark.parametrize("kind", ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"])
def test_a_patch_is_left(kind):
    assert resources(kind, "{{ toYaml .Values.spec }}") == ()


KEYS = ["rules", "from", "to", "when", "source", "operation", "principals", "action", "selector", "mtls", "mode", "key",
        "jwtRules", "accessPolicy", "requiredAuthenticationRefs", "targetRef", "kind", "paths"]  # fmt: skip
odd = odd_values(KEYS, ["*", "ALLOW", "{{x}}", "PERMISSIVE", "audit"])
KINDS = [
    ("security.istio.io", "AuthorizationPolicy"),
    ("security.istio.io", "PeerAuthentication"),
    ("security.istio.io", "RequestAuthentication"),
    ("policy.linkerd.io", "AuthorizationPolicy"),
    ("policy.linkerd.io", "Server"),
]


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(KEYS), odd, max_size=6) | odd)
@settings(max_examples=300, deadline=None)
def test_any_object_is_read_or_left(kind, spec):
    for resource in join(resources(kind[1], spec, group=kind[0])):
        activate(resource.facts)
