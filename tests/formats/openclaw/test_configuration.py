"""What the configuration of an OpenClaw gateway turns into."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.openclaw.claims import CLAIMS
from nhilint.formats.openclaw.configuration import extract
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values


def agents(value):
    document = read("openclaw.json", json.dumps(value).encode(), Syntax.JSONC)
    return [resource.facts for resource in extract(document, CLAIMS[0]).resources]


def agent(**sections):
    (found,) = agents({"models": {}, "agents": {}, **sections})
    return found


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ({"dmPolicy": "open", "allowFrom": ["*"]}, ["anyone"]),
        ({"dmPolicy": "open"}, ["anyone"]),
        ({"dmPolicy": "open", "allowFrom": [7]}, ["writers"]),
        ({"dm": {"policy": "open"}}, ["anyone"]),
        ({"dmPolicy": "pairing"}, ["writers"]),
        ({"dmPolicy": "disabled"}, []),
        ({"groupPolicy": "open"}, ["anyone"]),
        ({"groupPolicy": "open", "groupAllowFrom": [7]}, [None]),
        ({"enabled": False, "dmPolicy": "open"}, []),
        ({"accounts": {"biz": {"dmPolicy": "open"}}}, ["anyone"]),
        ({"groupPolicy": "open", "accounts": {"biz": {"groupPolicy": "allowlist"}}}, ["writers"]),
        ({"groupPolicy": "open", "accounts": {"biz": {"groupPolicy": "allowlist"}, "own": {}}}, ["anyone", "writers"]),
        ({"groupPolicy": "open", "botToken": "x", "accounts": {"biz": {"groupPolicy": "disabled"}}}, ["anyone"]),
        ({"allowFrom": [7], "accounts": {"biz": {"dmPolicy": "open"}}}, ["writers"]),
        ({}, []),
    ],
)
def test_who_gives_orders(channel, expected):
    triggers = agent(channels={"telegram": channel}).triggers
    assert [value_of(trigger.open_to) for trigger in triggers] == expected


def test_a_policy_that_is_filled_in_later_is_unknown():
    (trigger,) = agent(channels={"telegram": {"dmPolicy": "${POLICY}"}}).triggers
    assert isinstance(trigger, Unknown)


@pytest.mark.parametrize(
    ("tools", "free"),
    [
        ({}, None),
        ({"exec": {"mode": "full"}}, True),
        ({"exec": {"mode": "auto"}}, False),
        ({"exec": {"security": "full", "ask": "off"}}, True),
        ({"exec": {"security": "full", "ask": "always"}}, False),
        ({"exec": {"security": "full"}}, None),
        ({"exec": {"security": "allowlist", "ask": "off"}}, False),
        ({"exec": {"mode": "full"}, "deny": ["exec"]}, False),
        ({"exec": {"mode": "full"}, "profile": "messaging"}, False),
    ],
)
def test_commands_without_a_question(tools, free):
    assert value_of(agent(tools=tools).free_shell) is free


@pytest.mark.parametrize(("mode", "enabled"), [("all", True), ("non-main", True), ("off", None), (None, None)])
def test_only_a_sandbox_that_is_on_is_one(mode, enabled):
    sandbox = agent(agents={"defaults": {"sandbox": {"mode": mode}}}).sandbox
    assert (value_of(sandbox.enabled) if sandbox is not None else None) is enabled


@pytest.mark.parametrize(
    ("mode", "kind"), [("none", "none"), ("token", "static"), ("trusted-proxy", "platform"), ("x", None)]
)
def test_authentication_of_the_gateway(mode, kind):
    assert value_of(agent(gateway={"auth": {"mode": mode}}).inbound.kind) == kind


def test_settings_that_weaken_the_control_page():
    page = {
        "allowedOrigins": ["https://a.example", "*"],
        "allowInsecureAuth": True,
        "dangerouslyDisableDeviceAuth": False,
    }
    inbound = agent(gateway={"controlUi": page, "bind": "lan"}).inbound
    assert value_of(inbound.weaknesses) == ("allowInsecureAuth", "allowedOrigins: *")


@pytest.mark.parametrize("bind", [{}, {"bind": "loopback"}])
def test_a_page_of_the_machine_itself_may_go_without_encryption(bind):
    assert agent(gateway={"controlUi": {"allowInsecureAuth": True}, **bind}).inbound.weaknesses is None


def test_keys_in_clear_at_any_depth():
    value = "hunter2" + "xyzQ91"
    found = agent(
        channels={"telegram": {"botToken": value}},
        models={"providers": {"a": {"apiKey": "${A_KEY}"}, "b": {"apiKey": {"source": "env", "id": "B_KEY"}}}},
    ).credentials
    assert sorted((value_of(c.name), value_of(c.source)) for c in found) == [("apiKey", "env"), ("botToken", "literal")]


@pytest.mark.parametrize("value", [[], {}, {"baseUrl": "x"}, {"gateway": 1, "agents": 2}])
def test_other_files_of_the_name_are_left_alone(value):
    assert agents(value) == []


def test_one_section_is_enough_under_the_products_own_name():
    value = {"gateway": {"auth": {"mode": "none"}}}
    (found,) = agents(value)
    assert value_of(found.inbound.kind) == "none"
    other = read("openclaw.work.json", json.dumps(value).encode(), Syntax.JSONC)
    assert not extract(other, CLAIMS[0]).recognised


KEYS = ["gateway", "channels", "agents", "tools", "auth", "mode", "controlUi", "allowedOrigins", "telegram", "dmPolicy", "dm",
        "policy", "allowFrom", "groupPolicy", "accounts", "exec", "security", "ask", "deny", "profile", "botToken", "enabled",
        "defaults", "sandbox"]  # fmt: skip
odd = odd_values(KEYS, ["open", "*", "none", "${x}"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=250, deadline=None)
def test_any_configuration_is_read_or_left(value):
    for resource in extract(Document("openclaw.json", Syntax.JSONC, "", value), CLAIMS[0]).resources:
        activate(resource.facts)


def test_large_files_end():
    value = {"gateway": {}, "channels": {f"c{n}": {"dmPolicy": "open"} for n in range(50_000)}}
    (found,) = agents(value)
    assert len(found.triggers) == 200
