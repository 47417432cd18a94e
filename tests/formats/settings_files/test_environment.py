from __future__ import annotations

import pytest
from formats.app_reading import app, resources, shown
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.credentials.sample import sample

_KEY = "SUPABASE_SERVICE_ROLE_KEY=" + sample("supabase-secret-key") + "\n"
_LOCAL = 'DB_HOST="127.0.0.1"\nCACHE_URL="redis://localhost:6379"\n'
_BLOCK = 'BOX_KEY="' + sample("pem-private-key").replace("\n", "\\n") + '"\n'


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


@pytest.mark.parametrize(
    ("beside", "count"),
    [
        ("SUPABASE_URL=http://127.0.0.1:54321\n", 0),
        ("NEXT_PUBLIC_SUPABASE_URL=http://localhost:54321\n", 0),
        ("SUPABASE_URL=https://abcdefgh.supabase.co\n", 1),
        ("SUPABASE_URL=http://127.0.0.1:54321\nPROD_SUPABASE_URL=https://abcdefgh.supabase.co\n", 1),
        ("DB_HOST=127.0.0.1\n", 1),
        ("", 1),
    ],
)
def test_the_key_of_a_stack_on_this_machine_opens_nothing_else(beside, count):
    assert len(resources("settings_files", ".env.local", beside + _KEY)) == count


@pytest.mark.parametrize(
    ("path", "beside", "sample_of_one"),
    [
        (".env.development", _LOCAL, True),
        (".env.test", _LOCAL, True),
        (".env.production", _LOCAL, None),
        (".env.development", "API_URL=https://api.acme.io\nDB_HOST=db.acme.io\n", None),
        (".env.development", "", None),
    ],
)
def test_a_private_key_beside_local_hosts_in_settings_for_development_is_one_for_that_machine(
    path, beside, sample_of_one
):
    (key,) = (one.facts for one in resources("settings_files", path, beside + _BLOCK))
    assert (key.sample.value if key.sample else None) is sample_of_one


def test_a_private_key_under_a_passphrase_says_so():
    text = _BLOCK.replace("KEY-----\\n", "KEY-----\\nProc-Type: 4,ENCRYPTED\\nDEK-Info: AES-128-CBC,00\\n\\n", 1)
    (key,) = (one.facts for one in resources("settings_files", ".env", text))
    assert key.type_title.value == "a private key that only its passphrase guards"


def test_the_password_of_the_one_user_of_a_service():
    password = "kZ8q" + "Wv3xTn" * 2 + "5Lr"
    text = f'REST_BASICAUTHCREDENTIALS=\'{{"admin": "{password}"}}\'\n'
    (held,) = (one.facts for one in resources("settings_files", ".env.save", text))
    assert held.name.value == "REST_BASICAUTHCREDENTIALS"
    assert held.at.within == (text.index(password), text.index(password) + len(password))
    assert resources("settings_files", ".env.save", text.replace(password, "changeme")) == ()
    assert resources("settings_files", ".env.save", text.replace("BASICAUTHCREDENTIALS", "PALETTE")) == ()


@pytest.mark.parametrize(
    ("path", "shape", "count"),
    [
        (".env.example", "keycloak-client-secret", 0),
        (".env.example", "slack-client-secret", 1),
        (".env.production", "keycloak-client-secret", 1),
        (".env.example", "supabase-secret-key", 1),
    ],
)
def test_in_a_template_the_name_of_a_product_that_many_run_themselves_tells_nothing(path, shape, count):
    variable = shape.upper().replace("-", "_")
    found = resources("settings_files", path, f"{variable}={sample(shape)}\n")
    assert len(found) == count
