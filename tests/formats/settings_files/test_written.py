"""Which values of environment settings are credentials in clear, and where they stand."""

from __future__ import annotations

import pytest
from formats.app_reading import resources
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.settings_files.variables import variables
from nhilint.knowledge.credentials.public import is_public_by_design
from nhilint.knowledge.credentials.sample import sample

RANDOM = sample("generic-api-key")
TOKEN = sample("github-pat-fine-grained")
GOOGLE = sample("google-api-key")
LOGIN = "owner:" + RANDOM


def names(path: str, text: str) -> list[str]:
    return [one.name for one in resources("settings_files", path, text) if one.kind == "credential"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("export A=one # two", "one"),
        ("A: 'one # two'", "one # two"),
        ('A="one\ntwo"', "one\ntwo"),
        ("A=one#two", "one#two"),
        ('A="open', '"open'),
        ("  A.b = one  \r\n", "one"),
    ],
)
def test_a_value_ends_where_its_notation_says(line, value):
    (found,) = variables(line)
    assert (found.value, line[found.start : found.start + len(found.value)]) == (value, value)


@pytest.mark.parametrize("line", ["# A=one", "A=", "A= # one", "A", "1A=one", ""])
def test_lines_that_set_nothing(line):
    assert tuple(variables(line)) == ()


def test_the_place_is_the_value():
    text = f'A=1\nexport BOT="{TOKEN}"\n'
    (found,) = resources("settings_files", ".env", text)
    start, end = found.at.within
    assert text[start:end] == TOKEN


def test_a_key_over_several_lines_is_found():
    key = sample("pem-private-key")
    assert names("deploy/prod.env", f'SIGNING="{key}"\n') == ["SIGNING"]


@pytest.mark.parametrize(
    "path", [".env", ".env.local", ".env.example", ".env.test", "docs/.env", "app.env", ".dev.vars"]
)
def test_a_shape_counts_in_every_file(path):
    assert names(path, f"BOT={TOKEN}\n") == ["BOT"]


@pytest.mark.parametrize("path", [".env", ".env.production", "deploy/app.env", ".envrc"])
def test_a_value_without_a_shape_counts_where_something_runs(path):
    assert names(path, f"SEARCH_SECRET={RANDOM}\n") == ["SEARCH_SECRET"]


@pytest.mark.parametrize(
    "path",
    [".env.example", ".env-sample", ".env.development", ".env.test", "tests/.env", "examples/a/.env", "docker.env"],
)
def test_a_value_without_a_shape_does_not_count_in_made_up_settings(path):
    assert names(path, f"SEARCH_SECRET={RANDOM}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        f"DATABASE_URL=postgres://{LOGIN}@localhost:5432/app\n",
        f"DATABASE_URL=postgres://{LOGIN}@db:5432/app\n",
        f"DATABASE_URL=postgres://{LOGIN}@db.example.com/app\n",
        f"MYSQL_HOST=mysql\nMYSQL_PASSWORD={RANDOM}\n",
        f"MEILI_HOST=http://search:7700\nMEILI_MASTER_KEY={RANDOM}\n",
        f"# openssl rand -base64 32\nAUTH_SECRET={RANDOM}\n",
        f"AUTH_SECRET={RANDOM} # change me\n",
        f"A_TOKEN=your-token\nB_TOKEN=changeme\nC_TOKEN={RANDOM}\n",
        f"VITE_SEARCH_API_KEY={RANDOM}\n",
        f"SHOPIFY_API_KEY={RANDOM}\n",
        f"FIREBASE_API_KEY={GOOGLE}\n",
        f"NEXT_PUBLIC_MAPS_API_KEY={GOOGLE}\n",
        "WEB_AUTH_PASSWORD=admin:$2y$05$" + "c" + RANDOM + "\n",
        "API_TOKEN=${OTHER}\n",
        "STRIPE_PUBLISHABLE_KEY=" + sample("stripe-publishable-key") + "\n",
        "POSTHOG_KEY=" + sample("posthog-project-key") + "\n",
        "SENTRY_DSN=https://" + "0a1b2c3d4e5f60718293a4b5c6d7e8f9"[::-1] + "@o1.ingest.sentry.io/2\n",
    ],
)
def test_what_opens_nothing_for_others_is_left_alone(text):
    assert names(".env", text) == []


def test_a_login_for_a_host_beyond_this_network_counts():
    assert names(".env", f"DATABASE_URL=postgres://{LOGIN}@db.acme.io:5432/app\n") == ["DATABASE_URL"]


def test_a_providers_secret_under_a_public_prefix_is_not_excused():
    assert names(".env", f"VITE_GEMINI_API_KEY={GOOGLE}\n") == ["VITE_GEMINI_API_KEY"]
    assert not is_public_by_design("VITE_GITHUB_TOKEN", "github-pat-classic")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=400))
def test_no_text_is_too_odd(text):
    resources("settings_files", ".env", f"A_KEY={text}")
