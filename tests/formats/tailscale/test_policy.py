"""What the sections of a tailnet policy say, and files that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.tailscale import policy
from nhilint.formats.tailscale.claims import CLAIMS
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values


def read(value):
    found = policy.extract(Document("policy.hujson", Syntax.JSONC, "", value), CLAIMS[0])
    return found.resources[0].facts if found.recognised else None


def all_of(rule):
    return [value_of(fact) for fact in (rule.everyone, rule.every_action, rule.every_resource, rule.conditioned)]


@pytest.mark.parametrize(
    "rule",
    [
        {"acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}]},
        {"ACLs": [{"action": "accept", "users": ["*"], "ports": ["*:*"]}]},
        {"grants": [{"src": ["*"], "dst": ["*"], "ip": ["*"]}]},
        {"grants": [{"src": ["autogroup:danger-all"], "dst": ["*"], "ip": ["*"]}]},
    ],
)
def test_everybody_everywhere(rule):
    assert all_of(read(rule).rules[0]) == [True, True, True, False]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"acls": [{"action": "accept", "src": ["autogroup:member"], "dst": ["*:*"]}]}, [False, True, True, False]),
        ({"acls": [{"action": "accept", "src": ["*"], "dst": ["*:22"]}]}, [True, False, False, False]),
        ({"acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"], "srcPosture": ["x"]}]}, [True, True, True, True]),
        ({"grants": [{"src": ["*"], "dst": ["tag:a"], "ip": ["*"]}]}, [True, True, False, False]),
        ({"grants": [{"src": ["*"], "dst": ["*"], "app": {"x/cap/y": []}}]}, [True, False, True, False]),
    ],
)
def test_what_is_narrowed(rule, said):
    assert all_of(read(rule).rules[0]) == said


def test_owners_of_tags():
    found = read({"tagOwners": {"tag:a": ["autogroup:member"], "tag:b": [], "tag:c": ["group:ops"]}})
    assert value_of(found.gives_rights) == ("tag:a",)


def test_templates_are_unknown():
    assert isinstance(read({"grants": [{"src": ["{{ x }}"], "dst": ["*"], "ip": ["*"]}]}).rules[0].everyone, Unknown)


@pytest.mark.parametrize(
    "value",
    [{}, [], {"acls": []}, {"acls": [{"mode": "rw"}]}, {"grants": ["a"]}, {"tagOwners": {"x": []}}, {"acls": {"a": 1}}],
)
def test_look_alikes_are_left(value):
    assert read(value) is None


KEYS = ["acls", "grants", "src", "dst", "ip", "action", "users", "ports", "tagOwners", "tag:a", "app", "srcPosture"]
odd = odd_values(KEYS, ["*", "*:*", "accept", "tag:a", "{{x}}"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=200, deadline=None)
def test_any_value_is_read_or_left(value):
    found = read(value)
    if found is not None:
        activate(found)


def test_large_files_end():
    assert len(read({"grants": [{"src": ["*"], "dst": ["*"], "ip": ["*"]}] * 100_000}).rules) == 2_000
