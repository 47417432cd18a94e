from __future__ import annotations

import pytest
from formats.app_reading import app, resources, shown

from nhilint.model.fact import Unknown

START = 'app: {id: "ari:cloud:ecosystem::app/1", runtime: {name: nodejs22.x}}\n'


def forge(rest):
    return app("atlassian", "manifest.yml", START + rest)


def test_scopes_of_a_list():
    assert shown(forge("permissions: {scopes: ['read:jira-work']}"))[0][0] == "read:jira-work"


def test_a_mapping_of_scopes_may_allow_impersonation():
    facts = forge("permissions: {scopes: {'read:jira-work': {}, 'write:jira-work': {allowImpersonation: true}}}")
    assert [scope for scope, _ in shown(facts)] == ["read:jira-work", "write:jira-work"]
    assert facts.impersonates.value is True
    assert facts.impersonates.at.pointer[-1] == "allowImpersonation"
    assert forge("permissions: {scopes: ['read:jira-work']}").impersonates.value is False


def test_connects_scopes_keep_their_meaning_in_forge():
    facts = forge("permissions: {scopes: ['write:connect-jira', 'act-as-user:connect-jira']}")
    assert shown(facts) == [("write:connect-jira", "high"), ("act-as-user:connect-jira", "critical")]
    assert facts.impersonates.at.pointer == ("permissions", "scopes", 1)


@pytest.mark.parametrize(
    ("hosts", "limited", "wildcards"),
    [
        ("[api.acme.example]", True, ["none"]),
        ("['*']", False, ["any"]),
        ("['https://*']", False, ["any"]),
        ("['*.acme.example', {address: '*'}]", False, ["host", "any"]),
        ("[{remote: backend}]", True, []),
    ],
)
def test_hosts_that_it_may_send_to(hosts, limited, wildcards):
    facts = forge(f"permissions: {{external: {{fetch: {{backend: {hosts}}}}}}}")
    assert facts.fetch_limited.value is limited
    assert [fetch.wildcard.value for fetch in facts.fetches] == wildcards


def test_ways_in_without_a_licence():
    facts = forge(
        "modules:\n  webtrigger: [{key: hook}]\n"
        "  'jiraServiceManagement:portalFooter': [{key: foot, unlicensedAccess: [unlicensed, anonymous]}]\n"
        "  'confluence:globalPage': [{key: page, unlicensedAccess: [unlicensed]}, {key: plain}]\n"
    )
    assert [(e.name.value, e.kind.value, e.open_to.value) for e in facts.entrances] == [
        ("hook", "web_trigger", "anyone"),
        ("foot", "module", "anyone"),
        ("page", "module", "anyone_signed_in"),
    ]


def test_an_unheard_of_group_is_unknown():
    facts = forge("modules: {'jira:issuePanel': [{key: panel, unlicensedAccess: [martians]}]}")
    assert isinstance(facts.entrances[0].open_to, Unknown)


def test_agents_are_told_by_their_module():
    assert forge("modules: {'rovo:agent': [{key: a}]}").is_agent.value is True
    assert forge("modules: {function: [{key: a}]}").is_agent.value is False


@pytest.mark.parametrize(
    "text",
    ["modules: {web: {}}", "applications: [{name: cf}]\nmodules: {}", "app: {id: other}\nmodules: {shop: []}", "[]"],
)
def test_other_manifests_are_left_alone(text):
    assert resources("atlassian", "manifest.yml", text) == ()
