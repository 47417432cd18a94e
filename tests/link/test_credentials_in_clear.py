"""Credentials in clear: one value of a file is one finding with further places, and those of examples stay quiet."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.link.credentials_in_clear import join
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import Credential
from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.settle.said_twice import each_place
from nhilint.tree import MemoryTree
from tests.gate.history import Work

SETTINGS = Settings(root=Path("repo"), now=datetime(2026, 11, 22, tzinfo=UTC))
TOKEN = sample("github-pat-fine-grained")
OTHER = sample("github-pat-fine-grained", 2)


def servers(**environment):
    entry = {"command": "github-mcp-server", "env": environment}
    return json.dumps({"mcpServers": {"github": entry}}, indent=1)


@pytest.fixture(scope="module")
def literal():
    checks = compile_policies((builtin_folder(),)).checks
    return tuple(check for check in checks if check.id.startswith("literal-"))


def found(literal, files):
    return scan(MemoryTree(files), SETTINGS, literal)


def test_the_first_place_is_the_finding_and_the_others_stand_beside_it(literal):
    run = found(literal, {".mcp.json": servers(A_TOKEN=TOKEN, B_TOKEN=TOKEN, C_TOKEN=TOKEN)})
    (finding,) = run.findings
    assert finding.place.pointer[-1] == "A_TOKEN"
    assert [note.place.pointer[-1] for note in finding.related] == ["B_TOKEN", "C_TOKEN"]


@pytest.mark.parametrize(
    ("places", "first"),
    [
        ([("nodes", 7, "value"), ("nodes", 2, "value"), ("nodes", 4, "value")], 1),
        ([("env", "B"), ("env", "A")], 0),
        ([("nodes", 1), ("nodes", 1, "value")], 0),
    ],
)
def test_of_entries_of_a_list_the_earliest_is_the_first_in_whatever_order_they_were_read(places, first):
    read = tuple(Resource("credential", "KEY", "x", _in_clear(Place("flow.json", one))) for one in places)
    (one,) = join(read)
    assert one.at.pointer == places[first]
    assert len(one.facts.copies) == len(places) - 1


def _in_clear(at):
    return Credential(
        at=at, source=Known("literal", at), fingerprint=Known("same", at), shaped=Known(value=True, at=at)
    )


def test_the_identity_is_that_of_the_first_place_alone(literal):
    (once,) = found(literal, {".mcp.json": servers(A_TOKEN=TOKEN)}).findings
    (twice,) = found(literal, {".mcp.json": servers(A_TOKEN=TOKEN, B_TOKEN=TOKEN)}).findings
    assert once.fingerprint == twice.fingerprint


def test_no_line_of_a_copy_shows_it(literal):
    run = found(literal, {".mcp.json": servers(A_TOKEN=TOKEN, B_TOKEN=TOKEN)})
    assert run.positions
    assert all(TOKEN not in located.text for located in run.positions.values())


def test_two_values_stay_apart_and_two_files_keep_identities_of_their_own(literal):
    files = {".mcp.json": servers(A_TOKEN=TOKEN, B_TOKEN=OTHER), "deploy/secret.yaml": secret(TOKEN=TOKEN)}
    told = found(literal, files).findings
    assert len(told) == 2
    assert len({one.fingerprint for one in each_place(told)}) == 3


def test_a_default_and_the_value_itself_are_two_faults(literal):
    run = found(literal, {".mcp.json": servers(A_TOKEN=TOKEN, B_TOKEN="${B_TOKEN:-" + TOKEN + "}")})
    assert {finding.check for finding in run.findings} == {"literal-credential", "literal-default-in-reference"}


def test_whoever_removes_the_first_line_hears_nothing_new(tmp_path):
    work = Work(tmp_path, {".mcp.json": servers(A_TOKEN=TOKEN, B_TOKEN=TOKEN)})
    work.branch()
    work.change({".mcp.json": servers(B_TOKEN=TOKEN)})
    judged = work.check("--select", "literal-credential")
    assert (judged.active(), judged.settled("unchanged")) == ([], ["literal-credential"])
    work.change({".mcp.json": servers(B_TOKEN=OTHER)})
    assert work.check("--select", "literal-credential").active() == ["literal-credential"]


def key_and_certificate(name):
    text = name.encode()
    content = b"\x30\x82\x01\x40" + b"\x00" * 200 + bytes([0x0C, len(text)]) + text + b"\x00" * 60
    encoded = b64encode(content).decode()
    lines = "\n".join(encoded[place : place + 64] for place in range(0, len(encoded), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n{sample('pem-private-key')}"


def secret(**values):
    return f"apiVersion: v1\nkind: Secret\nmetadata: {{name: x}}\nstringData: {json.dumps(values)}\n"


@pytest.mark.parametrize(
    ("path", "subject", "told"),
    [
        ("deploy/tls.yaml", "shop.acme.io", 1),
        ("deploy/tls.yaml", "test", 0),
        ("deploy/tls.yaml", "Internet Widgits Pty Ltd", 0),
        ("deploy/tls.yaml", "www.example.com", 0),
        ("config/samples/tls.yaml", "shop.acme.io", 0),
        ("backup/tls.yaml", "shop.acme.io", 1),
    ],
)
def test_a_private_key_is_as_real_as_the_certificate_beside_it(literal, path, subject, told):
    text = key_and_certificate(subject)
    assert len(found(literal, {path: secret(**{"tls.pem": text})}).findings) == told


def test_a_token_of_a_provider_is_real_in_an_example(literal):
    text = secret(TOKEN=TOKEN, PASSWORD="app-password-fake")
    (finding,) = found(literal, {"chart/examples/secrets.yaml": text}).findings
    assert finding.place.pointer[-1] == "TOKEN"
