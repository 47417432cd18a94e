"""What a Databricks bundle turns into: people that work is lent, and who may change what."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.databricks import bundle
from nhilint.formats.databricks.claims import CLAIMS
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Syntax, read


def found(content):
    document = read("databricks.yml", json.dumps(content).encode(), Syntax.YAML)
    return bundle.extract(document, CLAIMS[0])


def lent(name, mode="production"):
    target = {"mode": mode, "run_as": {"user_name": name}}
    resources = found({"bundle": {"name": "sales"}, "targets": {"x": target}}).resources
    return resources[0].facts.lent_to if resources else None


def grants(permissions, kind="jobs"):
    (policy,) = found({"resources": {kind: {"nightly": {"permissions": permissions}}}}).resources
    return policy.facts.grants


def test_a_person_in_production():
    assert lent("anna.huber@acme-sales.com").value == "all that sales deploys to x"
    assert lent("anna.huber@acme-sales.com", "development") is None


@pytest.mark.parametrize(
    "name",
    ["${var.owner}", "svc-sales@acme.com", "anna@example.com", "etl@acme.com", "sales", "data.platform@acme.com", 7],
)
def test_who_may_be_no_person_is_not_guessed(name):
    assert isinstance(lent(name), Unknown)


@pytest.mark.parametrize("name", ["admira.k@acme.com", "cid.lopez@acme.com", "jobson@acme.com"])
def test_names_that_begin_like_a_function(name):
    assert value_of(lent(name)) is not None


def test_a_target_by_its_name_and_without_targets():
    person = {"run_as": {"user_name": "anna@acme.com"}}
    assert len(found({"targets": {"prod-eu": person}}).resources) == 1
    assert len(found({"targets": {"qa": person}}).resources) == 0
    assert len(found({"bundle": {"name": "x"}, **person}).resources) == 1


def test_what_holds_for_all_targets_unless_each_says_otherwise():
    person, other = {"user_name": "anna@acme.com"}, {"service_principal_name": "x"}
    assert found({"run_as": person, "targets": {"p": {"mode": "production", "run_as": other}}}).resources == ()
    assert len(found({"run_as": person, "targets": {"p": {"mode": "production"}}}).resources) == 1


@pytest.mark.parametrize(
    ("kind", "level", "whole", "reads"),
    [
        ("jobs", "CAN_MANAGE", True, ()),
        ("apps", "CAN_USE", False, ()),
        ("secret_scopes", "READ", False, ("READ",)),
        ("secret_scopes", "MANAGE", True, ("MANAGE",)),
    ],
)
def test_levels(kind, level, whole, reads):
    (grant,) = grants([{"level": level, "group_name": "users"}], kind)
    assert grant.all_actions.value is whole
    assert grant.store_reads.value == reads
    assert [(p.kind.value, p.value.value) for p in grant.principals] == [("group", "users")]


def test_a_level_that_is_filled_in_or_missing():
    for grant in grants([{"level": "${var.x}", "group_name": "users"}, {"group_name": "users"}]):
        assert isinstance(grant.all_actions, Unknown)


@pytest.mark.parametrize("content", [{"resources": {"limits": {}}}, {"resources": ["a.yaml"]}, {"a": 1}, [], None])
def test_look_alikes(content):
    assert not found(content).recognised
