from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.google.apps_script import extract
from nhilint.formats.google.claims import CLAIMS
from nhilint.model.fact import Unknown
from nhilint.source.document import Syntax, read


def resources(value, path="mail/appsscript.json"):
    return extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources


def app(**manifest):
    (resource,) = resources({"timeZone": "Europe/Vienna", **manifest})
    return resource.facts


@pytest.mark.parametrize("value", [{}, [], {"name": "something else"}, "text"])
def test_look_alikes_are_left_alone(value):
    assert resources(value) == ()


def test_name_is_the_add_ons_else_the_folders():
    assert app(addOns={"common": {"name": "Filing"}}).name.value == "Filing"
    assert app().name.value == "mail"


@pytest.mark.parametrize(
    ("path", "name"),
    [("mail/src/appsscript.json", "mail"), ("src/appsscript.json", "script"), ("appsscript.json", "script")],
)
def test_folders_that_every_script_has_give_no_name(path, name):
    (resource,) = resources({"timeZone": "Europe/Vienna"}, path)
    assert resource.name == name


def test_an_older_mail_add_on_is_an_add_on():
    older = app(gmail={"name": "Filing"})
    assert (older.kind.value, older.name.value) == ("addon", "Filing")
    assert app().kind.value == "script"


def test_a_connector_for_reports_is_a_script():
    (resource,) = resources({"dataStudio": {"name": "Connector"}})
    assert resource.facts.scopes_stated.value is False


def test_missing_scopes_are_not_stated_which_is_not_none():
    assert app().scopes_stated.value is False
    assert app(oauthScopes=[]).scopes_stated.value is True


@pytest.mark.parametrize(
    ("word", "open_to"),
    [("MYSELF", "owner"), ("DOMAIN", "domain"), ("ANYONE", "anyone_signed_in"), ("ANYONE_ANONYMOUS", "anyone")],
)
def test_who_may_call(word, open_to):
    assert app(webapp={"access": word}).open_to.value == open_to
    assert app(executionApi={"access": word}).api_open_to.value == open_to


def test_words_outside_the_documentation_are_unknown():
    assert isinstance(app(webapp={"access": "EVERYBODY"}).open_to, Unknown)
    assert isinstance(app(webapp={"executeAs": 3}).runs_as, Unknown)


def test_scopes_carry_the_catalogues_judgement():
    (scope,) = app(oauthScopes=["https://mail.google.com/"]).scopes
    assert (scope.category.value, scope.sensitivity.value, scope.restricted.value) == ("mail", "critical", True)


def test_an_unheard_of_scope_is_unknown_not_harmless():
    (scope,) = app(oauthScopes=["https://auth.acme.example/x"]).scopes
    assert isinstance(scope.sensitivity, Unknown)
    assert scope.known.value is False


def test_fetching_is_limited_only_by_a_list():
    assert app().fetch_limited.value is False
    limited = app(urlFetchWhitelist=["https://api.acme-apps.com/"])
    assert limited.fetch_limited.value is True
    assert limited.fetches[0].host.value == "api.acme-apps.com"


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
KEYS = ["oauthScopes", "webapp", "addOns", "dependencies", "executionApi", "urlFetchWhitelist", "exceptionLogging"]


@given(st.dictionaries(st.sampled_from(KEYS), odd, min_size=1))
def test_any_json_is_read_or_left(value):
    for resource in resources(value):
        activate(resource.facts)
