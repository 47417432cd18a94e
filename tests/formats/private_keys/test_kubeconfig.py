"""Keys of a kubeconfig's users: which open a cluster that is somebody else's than this machine."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.private_keys import kubeconfig
from nhilint.formats.private_keys.claims import CLAIMS
from nhilint.knowledge.credentials.certificates import end_of_certificate
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered

KEY = b64encode(sample("pem-private-key").encode()).decode()


def der(end: bytes) -> bytes:
    return b"\x30\x82\x01\x00" + bytes(range(150)) + b"\x30\x1e\x17\x0d200101000000Z\x17\x0d" + end + bytes(40)


def certificate(end: bytes) -> str:
    block = f"-----BEGIN CERTIFICATE-----\n{b64encode(der(end)).decode()}\n-----END CERTIFICATE-----\n"
    return b64encode(block.encode()).decode()


def config(server: str = "https://k8s.acme.com:6443", name: str = "prod", key: object = KEY, **user: object):
    return {
        "kind": "Config",
        "clusters": [{"name": name, "cluster": {"server": server}}],
        "contexts": [{"name": "main", "context": {"cluster": name, "user": "ops"}}],
        "users": [{"name": "ops", "user": {"client-key-data": key, **user}}],
    }


def extracted(value: object, path: str = ".kube/config"):
    return kubeconfig.extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[1])


def test_a_user_of_a_cluster():
    [resource] = extracted(config()).resources
    assert rendered(resource.at) == ".kube/config#/users/0/user/client-key-data"
    assert value_of(resource.facts.opens) == "the private key with which ops signs in to the cluster at k8s.acme.com"
    assert KEY[60:120] not in repr(resource)


@pytest.mark.parametrize(
    ("server", "name"),
    [
        ("https://127.0.0.1:6443", "prod"),
        ("https://localhost:6443", "prod"),
        ("https://kubernetes.docker.internal:6443", "x"),
        ("https://192.168.49.2:8443", "x"),
        ("https://k8s.example.com", "prod"),
        ("https://10.0.0.4:6443", "kind-test"),
        ("https://10.0.0.4:8443", "minikube"),
        ("https://[bad", "prod"),
        ("${SERVER}", "prod"),
    ],
)
def test_clusters_on_ones_own_machine(server, name):
    assert not extracted(config(server, name)).recognised


@pytest.mark.parametrize("key", ["REDACTED", "", None, 5, [KEY], "é" * 80, b64encode(b"no key" * 40).decode()])
def test_what_is_no_key(key):
    assert not extracted(config(key=key)).recognised


def test_a_token_in_clear():
    token = sample("generic-api-key")
    [resource] = extracted(config(key=None, token=token)).resources
    assert rendered(resource.at) == ".kube/config#/users/0/user/token"
    assert value_of(resource.facts.name) == "token of ops of the cluster at k8s.acme.com"
    assert not extracted(config(key=None, token="REPLACE_ME")).recognised
    assert not extracted(config("https://127.0.0.1", key=None, token=token)).recognised


def test_files_of_tests_are_left_alone():
    assert not extracted(config(), "testdata/kubeconfig").recognised


def test_the_key_ends_with_its_certificate():
    [resource] = extracted(config(**{"client-certificate-data": certificate(b"210101000000Z")})).resources
    assert value_of(resource.facts.ends_at) == 1_609_459_200


@pytest.mark.parametrize("end", [b"21010100000\xff\xff", b"219901000000Z", b"21", b""])
def test_ends_that_are_none(end):
    assert end_of_certificate(der(end)) is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just(KEY),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["users", "user", "name", "clusters", "cluster", "server", "contexts", "context"])
            | st.just("client-key-data"),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_odd_values_raise_nothing(value):
    extracted(value)
    extracted({"users": value, "clusters": value, "contexts": value})
    extracted({**config(), "contexts": value, "clusters": value})
