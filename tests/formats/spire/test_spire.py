"""Entries and settings of SPIRE: whom an identity goes to, how long it lives, and files that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.kubernetes import manifest
from nhilint.formats.kubernetes.claims import CLAIMS as MANIFESTS
from nhilint.formats.node import Node
from nhilint.formats.spire import configuration, entries
from nhilint.formats.spire.claims import CLAIMS
from nhilint.formats.spire.selection import selects_every_pod, written_selectors, written_template
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.place import Place
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

AT = Place("x")


def facts(module, value):
    result = module.extract(Document("x.conf", Syntax.HCL, "", value), CLAIMS[0])
    return [resource.facts for resource in result.resources]


def of(text):
    return facts(configuration, read("x.conf", text.encode(), Syntax.HCL).value)


@pytest.mark.parametrize(
    ("selectors", "written"),
    [
        (["k8s:pod-label:app:x"], True),
        (["k8s:sa:x"], True),
        (["k8s:pod-label:app:x", "k8s:ns:y"], False),
        (["k8s:container-image:x@sha256:00"], False),
        (["k8s:container-image:x"], True),
        (["docker:label:a:b"], True),
        (["unix:uid:0"], False),
        ([], False),
    ],
)
def test_selectors_that_a_workload_writes(selectors, written):
    assert bool(value_of(written_selectors(selectors, AT))) is written


def test_selectors_that_are_filled_in_later():
    assert isinstance(written_selectors(["k8s:ns:{{ x }}"], AT), Unknown)


@pytest.mark.parametrize(
    ("spec", "chosen"),
    [
        ({"spiffeIDTemplate": "spiffe://d/x"}, ("every pod of the cluster",)),
        ({"spiffeIDTemplate": "spiffe://d/x", "podSelector": {"matchLabels": {"a": "b"}}}, ("labels of the pod",)),
        ({"spiffeIDTemplate": "spiffe://d/x", "podSelector": {}}, ("every pod of the cluster",)),
        ({"spiffeIDTemplate": 'spiffe://d/{{ index .PodMeta.Labels "app" }}'}, ("labels of the pod",)),
        ({"spiffeIDTemplate": "spiffe://d/{{ .PodMeta.Namespace }}/{{ .PodMeta.Name }}"}, ()),
        ({"spiffeIDTemplate": "spiffe://{{ .Values.d }}/{{`{{ .PodMeta.Namespace }}`}}"}, ()),
        ({"spiffeIDTemplate": "spiffe://d/x", "workloadSelectorTemplates": ["k8s:ns:y"]}, ()),
        ({"spiffeIDTemplate": "spiffe://d/x", "namespaceSelector": {"matchLabels": {"a": "b"}}}, ()),
    ],
)
def test_names_that_a_workload_chooses(spec, chosen):
    assert value_of(written_template(Node(spec, "x"))) == chosen


def test_a_name_from_a_chart_is_unknown():
    assert isinstance(written_template(Node({"spiffeIDTemplate": "spiffe://{{ .Values.x }}/y"}, "x")), Unknown)


def test_a_selector_leaves_pods_out():
    assert not selects_every_pod(Node({"podSelector": {"matchLabels": {"a": "b"}}}, "x"))


@pytest.mark.parametrize(
    ("stated", "hours"), [('default_x509_svid_ttl = "720h"', 720.0), ('default_jwt_svid_ttl = "30m"', 0.5), ("", None)]
)
def test_lifetimes_of_a_server(stated, hours):
    text = f'server {{\n trust_domain = "x"\n {stated}\n}}\nplugins {{\n KeyManager "memory" {{}}\n}}'
    assert value_of(of(text)[0].session_hours) == hours


def test_lifetimes_of_an_entry_are_seconds():
    value = {"entries": [{"spiffe_id": "spiffe://d/x", "selectors": [], "x509_svid_ttl": 7200}]}
    assert value_of(facts(entries, value)[0].session_hours) == 2.0


def test_settings_as_json_in_a_config_map():
    text = '{"agent": {"trust_domain": "x", "insecure_bootstrap": true}, "plugins": {"KeyManager": [{"memory": {}}]}}'
    value = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"agent.conf": text}}
    found = manifest.extract(Document("x.yaml", Syntax.YAML, "", value), MANIFESTS[0]).resources
    assert [value_of(one.facts.bootstraps_blindly) for one in found] == [True]


@pytest.mark.parametrize("text", ['server { trust_domain = "x" }', 'trust_domain = "x"', "plugins {}"])
def test_other_settings_are_left(text):
    assert of(text) == []


KEYS = ["server", "agent", "plugins", "trust_domain", "NodeAttestor", "entries", "selectors", "spiffe_id", "spec",
        "spiffeIDTemplate", "podSelector", "selector", "ttl", "admin", "default_x509_svid_ttl", "type", "value"]  # fmt: skip
odd = odd_values(KEYS, ["x", "{{x}}", "k8s:sa:x", "1h", "9"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=6) | odd)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("module", [configuration, entries])
def test_any_value_is_read_or_left(module, value):
    for found in facts(module, value):
        activate(found)


@given(st.sampled_from(["ClusterSPIFFEID", "ClusterStaticEntry", "SpiffeID"]), odd)
@settings(max_examples=200, deadline=None)
def test_any_object_is_read_or_left(kind, spec):
    group = "spiffeid.spiffe.io" if kind == "SpiffeID" else "spire.spiffe.io"
    value = {"apiVersion": f"{group}/v1", "kind": kind, "metadata": {"name": "a"}, "spec": spec}
    for resource in manifest.extract(Document("x.yaml", Syntax.YAML, "", value), MANIFESTS[0]).resources:
        assert isinstance(resource.facts.provider, Known)
        activate(resource.facts)


@pytest.mark.parametrize(
    ("path", "server", "setting"),
    [
        ("docker/compose/spire/agent.conf", "spire-server", "test"),
        ("docker-compose/agent.conf", "spire-server", "test"),
        ("docker/compose/spire/agent.conf", "spire.acme.io", "production"),
        ("deploy/agent.conf", "spire-server", "production"),
        ("composed/agent.conf", "spire-server", "production"),
    ],
)
def test_an_agent_of_compose_beside_its_server_is_a_tests(path, server, setting):
    text = f'agent {{\n trust_domain = "x"\n server_address = "{server}"\n}}\nplugins {{\n KeyManager "memory" {{}}\n}}'
    (found,) = configuration.extract(read(path, text.encode(), Syntax.HCL), CLAIMS[0]).resources
    assert found.setting == setting
