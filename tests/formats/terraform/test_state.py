"""Credentials in a committed state, and none where nothing is secret."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from nhilint.api import scan
from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.state import extract
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import value_of
from nhilint.setting import setting_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

CLAIM = next(claim for claim in CLAIMS if claim.format == "terraform-state")
RANDOM = "tR7" + "vQ2mXz9" + "KpL4wNc8" + "sHd"
PATH = "prod/terraform.tfstate"


def found_in(content, path=PATH):
    text = json.dumps({"terraform_version": "1.9.0", **content})
    return [
        one for one in extract(read(path, text.encode(), CLAIM.syntax), CLAIM).resources if one.kind == "credential"
    ]


def state(kind, sensitive=(), **attributes):
    marks = [[{"type": "get_attr", "value": name}] for name in sensitive]
    instance = {"attributes": attributes, "sensitive_attributes": marks}
    return {"version": 4, "resources": [{"mode": "managed", "type": kind, "name": "main", "instances": [instance]}]}


def old_state(kind, **attributes):
    return {"version": 3, "modules": [{"resources": {f"{kind}.main": {"primary": {"attributes": attributes}}}}]}


@pytest.mark.parametrize(
    ("kind", "sensitive", "attributes"),
    [
        ("aws_db_instance", (), {"password": RANDOM}),
        ("random_password", (), {"result": RANDOM}),
        ("acme_thing", ("opening",), {"opening": RANDOM}),
        ("aws_iam_access_key", (), {"ses_smtp_password_v4": RANDOM}),
        ("kubernetes_secret", (), {"data": {"opening": RANDOM}}),
    ],
)
def test_what_is_a_secrets_place_holds_one(kind, sensitive, attributes):
    (found,) = found_in(state(kind, sensitive, **attributes))
    assert found.name.endswith(f" of {kind}.main")
    assert RANDOM not in repr(found)


@pytest.mark.parametrize(
    ("kind", "attributes"),
    [
        ("acme_thing", {"opening": RANDOM}),
        ("aws_efs_file_system", {"creation_token": RANDOM}),
        ("aws_ses_domain_identity", {"verification_token": RANDOM}),
        ("aws_iam_access_key", {"encrypted_secret": RANDOM}),
        ("aws_iam_server_certificate", {"private_key": "0a1b2c3d4e" * 4}),
        ("kubernetes_secret", {"0": RANDOM}),
    ],
)
def test_what_is_none_stays_quiet(kind, attributes):
    assert found_in(state(kind, **attributes)) == []


def test_the_name_of_a_flat_attribute_is_its_last_word():
    found = found_in(
        old_state("google_container_cluster", **{"master_auth.0.password": RANDOM, "zone.0.opening": RANDOM})
    )
    assert [one.name for one in found] == ["password of google_container_cluster.main"]


def test_a_key_in_base64_is_opened():
    key = base64.b64encode(sample("gcp-service-account-key").encode()).decode()
    (found,) = found_in(state("google_service_account_key", private_key=key))
    assert value_of(found.facts.shaped) is True


def test_outputs_say_whether_they_are_secret():
    outputs = {"opening": {"value": RANDOM, "sensitive": True}, "shown": {"value": RANDOM}}
    assert [one.name for one in found_in({"version": 4, "outputs": outputs})] == ["opening of an output"]


def test_a_backup_holds_what_was_in_force():
    assert setting_of(f"{PATH}.backup") == "production"


def test_a_state_and_its_backup_are_one_finding(tmp_path):
    content = state("aws_iam_access_key", secret=sample("aws-secret-access-key"), password=RANDOM)
    for name in ("terraform.tfstate", "terraform.tfstate.backup"):
        Path(tmp_path, name).write_text(json.dumps({"terraform_version": "1.9.0", **content}), encoding="utf-8")
    found = [
        one for one in scan(tmp_path).findings if "tfstate" in one.place.path and one.disposition.value == "active"
    ]
    assert [one.check for one in found] == ["literal-credential"]
    assert len(found[0].copies) == 3


def test_other_json_is_none():
    assert not extract(Document(PATH, Syntax.JSON, "{}", {}), CLAIM).recognised


KEYS = ["resources", "modules", "outputs", "instances", "attributes", "primary", "value", "type", "secret", "."]
odd = odd_values(KEYS, ["LS0tLS1CRUdJTi", "ey", "a.0.b", "."])


@given(odd, odd, odd)
@settings(max_examples=200, deadline=None)
def test_any_content_is_read_or_left(resources, modules, outputs):
    found_in({"resources": resources, "modules": modules, "outputs": outputs})
    found_in({"resources": [{"instances": [{"attributes": resources, "sensitive_attributes": modules}]}]})
