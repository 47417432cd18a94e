from __future__ import annotations

import pytest
from formats.app_reading import app, resources, shown
from hypothesis import given
from hypothesis import strategies as st


def test_scopes_of_a_named_provider():
    facts = app("settings_files", ".env.example", '# comment\nexport SLACK_BOT_SCOPES="chat:write, im:history" # bot\n')
    assert shown(facts) == [("chat:write", "medium"), ("im:history", "low")]
    assert (facts.kind.value, facts.provider.value, facts.name.value) == ("setting", "slack", "SLACK_BOT_SCOPES")


def test_places_are_the_words():
    text = "A=1\nGITLAB_SCOPES=api+read_user%20openid\n"
    places = [scope.at.within for scope in app("settings_files", ".env", text).scopes]
    assert [text[start:end] for start, end in places] == ["api", "read_user", "openid"]


def test_without_a_name_two_words_of_one_provider_suffice():
    assert app("settings_files", ".env.example", "SCOPES=write_products,read_themes\n").provider.value == "shopify"


@pytest.mark.parametrize(
    "text",
    [
        "SCOPES=write_products\n",
        "SCOPES=openid,email\n",
        "SLACK_SCOPES=chat:write,unheard-of\n",
        "SLACK_SCOPES=${SCOPES}\n",
        "SLACK_SCOPES=\n",
        "TELESCOPE_ENABLED=true\n",
        "APP_PERMISSIONS=read write\n",
    ],
)
def test_what_is_not_sure_is_left_alone(text):
    assert resources("settings_files", ".env.example", text) == ()


@given(st.text(alphabet="AB_SCOPES= ,+%20\n\"'drivechat:", max_size=80))
def test_any_text_is_read_or_left(text):
    resources("settings_files", ".env", "SCOPE" + text)
