"""What Teleport roles allow, and documents that only look like roles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.formats.teleport import role
from nhilint.formats.teleport.claims import CLAIMS
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax
from nhilint.source.value import Stream
from tests.odd_values import odd_values


def read(value):
    return [r.facts for r in role.extract(Document("role.yaml", Syntax.YAML, "", value), CLAIMS[0]).resources]


def made(**allow):
    return {"kind": "role", "version": "v7", "metadata": {"name": "bot"}, "spec": {"allow": allow}}


def rule(resources, verbs, **more):
    return {"resources": resources, "verbs": verbs, **more}


def test_writing_roles_gives_rights():
    (found,) = read(made(rules=[rule(["session"], ["read"]), rule(["role", "node"], ["create"])]))
    assert value_of(found.gives_rights) == ("role",)


@pytest.mark.parametrize(
    "written",
    [
        rule(["role"], ["read", "list"]),
        rule(["node"], ["create"]),
        rule(["*"], ["*"]),
        rule(["role"], ["create"], where="x"),
    ],
)
def test_other_rules_do_not(written):
    (found,) = read(made(rules=[written]))
    assert value_of(found.gives_rights) == ()


def test_root_needs_every_machine():
    assert len(read(made(logins=["root"], node_labels={"*": "*"}))[0].rules) == 1
    assert len(read(made(logins=["root"], node_labels={"*": ["*"]}))[0].rules) == 1
    assert not read(made(logins=["root"], node_labels={"env": "test"}))[0].rules
    assert not read(made(logins=["dev"], node_labels={"*": "*"}))[0].rules


def test_several_documents():
    assert len(read(Stream([made(), {"kind": "token"}, made()]))) == 2


def test_templates_are_unknown():
    (found,) = read(made(rules=[rule(["{{ .x }}"], ["*"])]))
    assert isinstance(found.rules[0].every_resource, Unknown)


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "role", "metadata": {"name": "x"}, "spec": {}},
        {"kind": "role", "version": "1.0", "spec": {}},
        {"kind": "Role", "version": "v1", "spec": {}},
        {"kind": "role", "version": "v7", "spec": []},
        [],
    ],
)
def test_look_alikes_are_left(value):
    assert read(value) == []


KEYS = ["allow", "deny", "rules", "resources", "verbs", "logins", "node_labels", "*", "where", "options"]
odd = odd_values(KEYS, ["*", "root", "role", "create", "{{x}}"])


@given(odd, odd)
@settings(max_examples=200, deadline=None)
def test_any_value_is_read_or_left(spec, name):
    for found in read({"kind": "role", "version": "v7", "metadata": {"name": name}, "spec": spec}):
        activate(found)
    read(spec)


def test_large_files_end():
    assert len(read(made(rules=[rule(["*"], ["*"])] * 50_000))[0].rules) == 1_000
