from __future__ import annotations

import pytest

from nhilint.knowledge.scopes import look_up
from nhilint.knowledge.scopes.uses import uses_of

FORMATS = ["github-app-manifest", "google-apps-script", "slack-manifest", "web-extension"]


def known_as(provider, scope):
    """The scope in the catalogue; an extension asks for Google's scopes beside those of the browser."""
    return look_up("google" if scope.startswith("https://www.googleapis.com/") else provider, scope)


@pytest.mark.parametrize("name", FORMATS)
def test_every_scope_of_the_table_is_in_the_catalogue(name):
    uses = uses_of(name)
    for scope in (*uses.words, *uses.enough):
        known = known_as(uses.provider, scope)
        assert known is not None, scope
        assert not known.inferred, scope


@pytest.mark.parametrize("name", FORMATS)
def test_what_suffices_gives_less(name):
    uses = uses_of(name)
    for scope, enough in uses.enough.items():
        assert enough.instead in known_as(uses.provider, scope).narrower


def test_dotted_methods_are_known_as_languages_spell_them():
    words = uses_of("slack-manifest").words["files:write"]
    assert {"files.getUploadURLExternal", "files_getUploadURLExternal", "filesGetUploadURLExternal"} <= set(words)


def test_other_formats_have_no_table():
    assert uses_of("zoom-manifest") is None
