from __future__ import annotations

import pytest

from nhilint.knowledge.scopes import look_up, providers
from nhilint.knowledge.scopes.catalogue import entries
from nhilint.report.scope_page import scope_page


def test_says_what_a_scope_allows_how_grave_it_is_and_where_that_is_written():
    page = scope_page(look_up("google", "drive"), (look_up("google", "drive.file"),))
    assert page.startswith("# `https://www.googleapis.com/auth/drive`\n")
    assert "- allows: changes files" in page
    assert "- sensitivity: **critical** (set under the written rules)" in page
    assert "- in the provider's strictest class" in page
    assert "- `https://www.googleapis.com/auth/drive.file`: changes files, low" in page
    assert page.endswith("Source: <https://developers.google.com/identity/protocols/oauth2/scopes>\n")


@pytest.mark.parametrize(
    ("provider", "scope", "line"),
    [
        ("slack", "admin.widgets:write", "inferred from its name: the catalogue does not have it"),
        ("microsoft-graph", "Mail.Read", "from tables of words, not reviewed"),
        ("slack", "client", "kept for old apps; the provider has smaller ones for new"),
        ("slack", "identity.basic", "its name was not seen in the provider's own documentation"),
        ("gitlab", "openid", "the catalogue knows no narrower one"),
    ],
)
def test_says_what_is_not_sure(provider, scope, line):
    assert line in scope_page(look_up(provider, scope))


@pytest.mark.parametrize("provider", providers())
def test_every_scope_has_a_page(provider):
    for entry in entries(provider):
        assert scope_page(look_up(provider, entry.id)).count("\n- ") >= 2
