from __future__ import annotations

import pytest
from running import nhilint

from nhilint.knowledge.scopes import providers
from nhilint.knowledge.scopes.catalogue import entries


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["unpinned-mcp-server"], "unpinned-mcp-server"),
        (
            ["https://www.googleapis.com/auth/drive"],
            "- `https://www.googleapis.com/auth/drive.file`: changes files, low",
        ),
        (["write_themes"], "A scope of **shopify**."),
        (["--provider", "slack", "admin.widgets:write"], "inferred from its name"),
        (["https://www.googleapis.com/auth/new.thing.readonly"], "inferred from its name"),
        (['"write_themes",'], "A scope of **shopify**."),
        (["CONTENTS: WRITE"], "# `contents:write`"),
        (["read%3Ajira-work"], "# `read:jira-work`"),
        (["http://www.googleapis.com/auth/drive"], "# `https://www.googleapis.com/auth/drive`"),
        (["graph.microsoft.com/mail.read"], "# `Mail.Read`"),
        (["00000003-0000-0000-c000-000000000000/Mail.Read"], "# `Mail.Read`"),
    ],
)
def test_a_check_or_a_scope(arguments, line, tmp_path):
    done = nhilint("explain", *arguments, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert line in done.out


def test_several_scopes_are_explained_one_after_the_other(tmp_path):
    out = nhilint("explain", "delete_repo, admin:org", cwd=tmp_path).out
    assert "# `delete_repo`" in out
    assert "# `admin:org`" in out


def test_a_scope_of_every_provider_is_explained(tmp_path):
    wanted = {name: entries(name)[0].id for name in providers()}
    out = nhilint("explain", ", ".join(dict.fromkeys(wanted.values())), cwd=tmp_path).out
    assert [name for name, scope in wanted.items() if f"# `{scope}`" not in out] == []


def test_a_word_of_several_providers_is_explained_for_each(tmp_path):
    out = nhilint("explain", "openid", cwd=tmp_path).out
    assert out.count("A scope of **") > 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unpinned-mcp-serve"], "did you mean unpinned-mcp-server"),
        (["Mail.ReadWrit"], "did you mean mail.readwrite"),
        (["contents"], "did you mean contents:"),
        (["frobnicate:write"], "--provider has it judged by the parts of its name"),
        (["delete_repo nothing-of-it"], "no OAuth scope of that name"),
        (["https://graph.microsoft.com/.default"], "asks for everything that its app was given"),
        (["no-such"], "there is no check 'no-such' and no OAuth scope of that name"),
        (["--provider", "slack", "two words"], "'slack' has no scope 'two words'"),
        (["--provider", "acme", "read"], "providers are asana"),
    ],
)
def test_what_is_neither_is_a_usage_error(arguments, said, tmp_path):
    done = nhilint("explain", *arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
