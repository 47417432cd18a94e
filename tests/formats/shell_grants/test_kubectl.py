"""Bindings that command lines of kubectl create, joined as manifests are."""

from __future__ import annotations

import pytest

from nhilint.formats.shell_grants import script
from nhilint.formats.shell_grants.claims import CLAIMS
from nhilint.link.kubernetes import join
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax
from tests.formats.shell_grants.reading import shown

_BINDS = "kubectl create clusterrolebinding bot --clusterrole=cluster-admin --serviceaccount=ci:bot"


def identities(text):
    found = script.extract(Document("deploy/setup.sh", Syntax.TEXT, text, text), CLAIMS[0]).resources
    return {resource.name: resource.facts for resource in join(found)}


@pytest.mark.parametrize(
    "text",
    [
        _BINDS,
        _BINDS.replace("kubectl", "oc --context prod"),
        _BINDS.replace("=", " "),
        f"{_BINDS} --dry-run=client -o yaml | kubectl apply -f -",
        f"NS=ci\n{_BINDS.replace('ci:', '$NS:')} || true",
    ],
)
def test_a_workload_becomes_administrator(text):
    (facts,) = identities(text).values()
    assert value_of(facts.name) == "ci/bot"
    assert value_of(facts.managed_admin) == ("cluster-admin",)
    assert shown(text, facts.managed_admin).endswith("cluster-admin")


@pytest.mark.parametrize(
    "text",
    [
        f"{_BINDS} --dry-run=client -o yaml",
        f"{_BINDS} --dry-run=client -o yaml > bot.yaml",
        _BINDS.replace("kubectl", "kubectl --context kind-dev"),
        _BINDS.replace("--serviceaccount=ci:bot", '--user="$(gcloud config get-value account)"'),
        _BINDS.replace("create", "delete"),
        f"echo {_BINDS}",
    ],
)
def test_no_workload_becomes_administrator(text):
    assert all(value_of(facts.kind) in ("user", None) for facts in identities(text).values())


def test_the_account_of_every_machine_is_a_workload_and_a_person_is_none():
    who = "111122223333-compute@developer.gserviceaccount.com"
    given = "kubectl create clusterrolebinding machines --clusterrole=cluster-admin --user="
    (facts,) = identities(given + who).values()
    assert value_of(facts.name) == who
    assert value_of(facts.kind) == "service_account"
    assert value_of(facts.managed_admin) == ("cluster-admin",)
    assert identities(given + "somebody@example.org") == {}


def test_a_binding_of_one_namespace():
    text = "kubectl -n web create rolebinding bot --clusterrole=edit --serviceaccount=ci:bot"
    (facts,) = identities(text).values()
    assert value_of(facts.name) == "ci/bot"
    assert not value_of(facts.managed_admin)
