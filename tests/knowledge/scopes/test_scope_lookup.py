"""Looking scopes up: spellings, holders, what is inferred and what stays unknown."""

from __future__ import annotations

import pytest

from nhilint.knowledge.scopes import look_up, providers


def found(provider, scope, acts_as=None):
    result = look_up(provider, scope, acts_as)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("provider", "written", "meant"),
    [
        ("google", "https://www.googleapis.com/auth/gmail.readonly", "https://www.googleapis.com/auth/gmail.readonly"),
        ("google", "gmail.readonly", "https://www.googleapis.com/auth/gmail.readonly"),
        ("google", "https://mail.google.com/", "https://mail.google.com/"),
        ("google", "https://mail.google.com", "https://mail.google.com/"),
        ("google", "https://www.googleapis.com/auth/drive/", "https://www.googleapis.com/auth/drive"),
        ("google", "email", "https://www.googleapis.com/auth/userinfo.email"),
        ("Google-Workspace", "openid", "openid"),
        ("slack", " chat:write ", "chat:write"),
        ("github", "contents: write", "contents:write"),
        ("github-actions", "pull-requests: write", "pull-requests:write"),
        ("microsoft-graph", "https://graph.microsoft.com/User.Read", "User.Read"),
        ("msgraph", "user.read", "User.Read"),
        ("entra", "810C84A8-4A9E-49E6-BF7D-12D183F40D01", "Mail.Read"),
        ("salesforce", "RefreshToken", "refresh_token"),
        ("jira", "read:jira-work", "read:jira-work"),
    ],
)
def test_spellings(provider, written, meant):
    scope = found(provider, written)
    assert scope.id == meant
    assert not scope.inferred


def test_a_guid_settles_who_holds_it():
    as_app = found("microsoft-graph", "810c84a8-4a9e-49e6-bf7d-12d183f40d01")
    as_user = found("microsoft-graph", "570282fd-fa5c-430d-a7fd-fc8dc98a9dca")
    assert (as_app.id, as_app.acts_as, as_app.sensitivity) == ("Mail.Read", "app", "critical")
    assert (as_user.id, as_user.acts_as, as_user.sensitivity) == ("Mail.Read", "user", "high")


def test_a_guid_that_serves_both_holders_settles_nothing():
    assert found("microsoft-graph", "405a51b5-8d8d-430b-9842-8be4b0e9f324").acts_as is None


def test_the_declared_holder_decides_where_it_matters():
    assert found("slack", "im:history").sensitivity == "low"
    assert found("slack", "im:history").acts_as is None
    assert found("slack", "im:history", "app").sensitivity == "low"
    assert found("slack", "im:history", "user").sensitivity == "high"
    assert found("slack", "im:history", "user").acts_as == "user"
    assert found("microsoft-graph", "Mail.Read", "app").sensitivity == "critical"
    assert found("microsoft-graph", "Mail.Read").sensitivity == "high"


def test_a_scope_with_one_kind_of_holder_keeps_it():
    assert found("slack", "search:read", "app").acts_as == "user"
    assert found("slack", "connections:write", "user").acts_as == "app"
    assert found("google", "chat.bot").acts_as == "app"


def test_everything_a_check_may_name():
    scope = found("google", "gmail.modify")
    assert scope.category == "mail"
    assert scope.access == "write"
    assert scope.sensitivity == "critical"
    assert scope.restricted
    assert scope.narrower[0] == "https://www.googleapis.com/auth/gmail.readonly"
    assert scope.verified
    assert scope.reviewed
    assert scope.url.startswith("https://developers.google.com/")
    assert found("slack", "search:read.im").url == "https://docs.slack.dev/reference/scopes/search.read.im"
    assert found("zoom", "meeting:read").reviewed
    assert not found("microsoft-graph", "Mail.Read").reviewed


@pytest.mark.parametrize(
    ("provider", "scope", "category", "access", "sensitivity"),
    [
        ("google", "https://www.googleapis.com/auth/newthing.readonly", "other", "read", "low"),
        ("google", "https://www.googleapis.com/auth/gmail.newthing", "mail", "write", "high"),
        ("google", "https://www.googleapis.com/auth/dataportability.new.thing", "other", "read", "low"),
        ("slack", "admin.widgets:write", "identity", "admin", "high"),
        ("slack", "widgets:history", "other", "read", "low"),
        ("slack", "files:read.newkind", "files", "read", "medium"),
        ("github", "agents:write", "code_execution", "write", "high"),
        ("github", "read:novelty", "other", "read", "low"),
        ("github-actions", "novelty: read", "other", "read", "low"),
        ("microsoft-graph", "Novelty.ReadWrite.All", "other", "write", "high"),
        ("microsoft-graph", "MailboxNovelty.Read", "mail", "read", "medium"),
        ("zoom", "meeting:read:novelty:admin", "calendar", "read", "medium"),
        ("shopify", "write_novelty_payments", "payments", "write", "high"),
        ("atlassian", "delete:novelty-page:confluence", "files", "delete", "medium"),
        ("hubspot", "crm.objects.novelty.read", "crm", "read", "medium"),
        ("gitlab", "read_novelty", "other", "read", "low"),
    ],
)
def test_unlisted_scopes_are_judged_by_their_parts(provider, scope, category, access, sensitivity):
    judged = found(provider, scope)
    assert (judged.category, judged.access, judged.sensitivity) == (category, access, sensitivity)
    assert judged.inferred
    assert not judged.verified
    assert not judged.reviewed
    assert judged.narrower == ()


@pytest.mark.parametrize(
    ("provider", "scope"),
    [
        ("google", ""),
        ("google", "   "),
        ("google", "newthing.readonly"),
        ("google", "https://example.org/auth/drive.readonly"),
        ("google", "https://www.googleapis.com/auth/${scope}"),
        ("google", "https://www.googleapis.com/auth/"),
        ("slack", "${SLACK_SCOPE}:read"),
        ("slack", "{{ scope }}"),
        ("slack", "chanel"),
        ("slack", "a:read b:read"),
        ("slack", ":read"),
        ("slack", "x:" + "read" * 100),
        ("slack", "a..b:read"),
        ("github", "novelty"),
        ("github", "novelty:none"),
        ("microsoft-graph", "mail.read.novelty"),
        ("microsoft-graph", ".default"),
        ("microsoft-graph", "Novelty"),
        ("notion", "read_everything"),
        ("nosuchprovider", "read"),
    ],
)
def test_unknown(provider, scope):
    assert look_up(provider, scope) is None


def test_providers():
    assert providers() == tuple(sorted(providers()))
    assert {"google", "slack", "github", "github-actions", "microsoft-graph", "atlassian"} <= set(providers())
    assert len(providers()) == 21


def test_an_app_of_its_own_is_told_no_scope_that_only_a_person_can_give():
    assert "User.ReadWrite" in look_up("microsoft-graph", "User.ReadWrite.All", "user").narrower
    assert "User.ReadWrite" not in look_up("microsoft-graph", "User.ReadWrite.All", "app").narrower
    assert "User.Read.All" in look_up("microsoft-graph", "User.ReadWrite.All", "app").narrower
