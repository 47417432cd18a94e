from __future__ import annotations

import pytest
from formats.app_reading import resources, shown

from nhilint.formats.nango.integrations import provider_of

TEXT = """
integrations:
  google-drive:
    syncs: {docs: {scopes: ["https://www.googleapis.com/auth/drive.readonly"]}}
    actions: {upload: {scopes: "https://www.googleapis.com/auth/drive.readonly, https://www.googleapis.com/auth/drive.file"}}
  hubspot: {contacts: {runs: every hour, scopes: [crm.objects.contacts.read]}}
  plain: {syncs: {x: {runs: every day}}}
"""


def test_scopes_of_syncs_and_actions_together():
    drive, hubspot = resources("nango", "nango.yaml", TEXT)
    assert shown(drive.facts) == [
        ("https://www.googleapis.com/auth/drive.readonly", "high"),
        ("https://www.googleapis.com/auth/drive.file", "low"),
    ]
    assert hubspot.facts.provider.value == "hubspot"


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("google-mail", "google"),
        ("jira-basic", "atlassian"),
        ("outlook", "microsoft-graph"),
        ("salesforce-sandbox", "salesforce"),
        ("acme", "acme"),
    ],
)
def test_the_provider_by_the_name(name, provider):
    assert provider_of(name) == provider


def test_files_without_scopes_yield_nothing():
    assert resources("nango", "nango.yaml", "integrations: {a: {syncs: {x: {}}}}") == ()
    assert resources("nango", "nango.yaml", "models: {}") == ()
