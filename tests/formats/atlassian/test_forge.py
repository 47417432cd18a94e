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


@pytest.mark.parametrize(
    ("scripts", "allowed"),
    [
        ("[unsafe-eval]", True),
        ("[unsafe-inline, \"'unsafe-eval'\"]", True),
        ("[unsafe-inline]", False),
        ("[unsafe-hashes]", False),
    ],
)
def test_whether_pages_may_run_code_made_while_they_run(scripts, allowed):
    assert forge(f"permissions: {{content: {{scripts: {scripts}}}}}").made_up_code.value is allowed


def test_scopes_at_other_providers_count_where_the_provider_is_told():
    facts = forge("""
providers:
  auth:
    - {key: google, scopes: [openid, "https://www.googleapis.com/auth/drive"]}
    - {key: files, scopes: ["https://graph.microsoft.com/Files.Read.All"]}
    - {key: ledger, scopes: ["ledger:read"]}
""")
    assert shown(facts) == [
        ("openid", "low"),
        ("https://www.googleapis.com/auth/drive", "critical"),
        ("https://graph.microsoft.com/Files.Read.All", "high"),
    ]


def test_what_pages_load_is_told_from_requests():
    facts = forge(
        "permissions: {external: {images: ['*'], scripts: [{address: cdn.acme.example}], fetch: {client: ['*.a.example']}}}"
    )
    assert [(fetch.name.value, fetch.wildcard.value) for fetch in facts.fetches] == [
        ("fetch.client", "host"),
        ("scripts", "none"),
        ("images", "any"),
    ]
    assert facts.fetch_limited.value is True


def test_a_remote_has_an_address_in_every_region():
    facts = forge("remotes: [{key: store, baseUrl: {default: 'https://a.example', EU: 'https://eu.a.example'}}]")
    assert [endpoint.host.value for endpoint in facts.endpoints] == ["a.example", "eu.a.example"]


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("{key: mail, integration: google, scopes: ['https://www.googleapis.com/auth/drive']}", "critical"),
        ("{key: hub, remotes: [hub-api], scopes: [repo]}", "critical"),
        ("{key: hub, remotes: [other], scopes: [repo]}", None),
        ("{key: hub, remotes: 3, scopes: [repo]}", None),
    ],
)
def test_whose_account_it_asks_for(account, expected):
    facts = forge(f"""
providers: {{auth: [{account}]}}
remotes: [{{key: hub-api, baseUrl: 'https://api.github.com'}}, {{key: other, baseUrl: 'https://notapi.github.com.example'}}]
""")
    assert [level for _, level in shown(facts)] == ([] if expected is None else [expected])


@pytest.mark.parametrize("path", ["manifest.jo.yml", "app/manifest.template.yaml", "forge-manifest-lite.yml"])
def test_manifests_of_one_developer_or_edition_are_read(path):
    assert resources("atlassian", path, START)
