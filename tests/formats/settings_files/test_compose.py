"""Which credentials in clear are found in files of Docker Compose."""

from __future__ import annotations

import json

import pytest
from formats.app_reading import resources
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.credentials.sample import sample
from nhilint.testing import rendered

TOKEN = sample("github-pat-fine-grained")
OTHER = sample("npm-token")
RANDOM = sample("generic-api-key")


def places(text: str, path: str = "docker-compose.yml") -> list[str]:
    return [rendered(one.at).partition("#")[2] for one in resources("settings_files", path, text)]


def test_mappings_lists_arguments_commands_and_contents():
    text = f"""
x-shared: &shared
  TOKEN: {TOKEN}
services:
  a:
    environment: {{BOT: {TOKEN}, OTHER: "${{OTHER:-{OTHER}}}"}}
    build: {{args: ["NPM={OTHER}"]}}
  b:
    command: ["serve", "--token={TOKEN}"]
configs:
  c: {{content: "token = {OTHER}"}}
"""
    assert sorted(places(text)) == [
        "/configs/c/content",
        "/services/a/build/args/0",
        "/services/a/environment/BOT",
        "/services/a/environment/OTHER",
        "/services/b/command/1",
        "/x-shared/TOKEN",
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"POSTGRES_PASSWORD: {RANDOM}",
        f"JWT_SECRET: {RANDOM}",
        f"DATABASE_URL: postgres://app:{RANDOM}@db/app",
        "TOKEN: ${TOKEN}",
        "TOKEN: ${TOKEN:-changeme}",
        "TOKEN:",
        "GITEA__security__INTERNAL_TOKEN: " + sample("json-web-token"),
    ],
)
def test_what_only_this_network_knows_is_left_alone(line):
    assert places(f"services:\n  a:\n    environment:\n      {line}\n") == []


def test_a_file_without_services_is_not_ours():
    assert places(f"environment:\n  BOT: {TOKEN}\n", "compose.yaml") == []


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="ascii"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=12), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(ODD, ODD, ODD, ODD)
def test_no_value_is_too_odd(environment, build, command, others):
    service = {"environment": environment, "build": build, "command": command, "entrypoint": others}
    whole = {"services": {"a": service, "b": others}, "secrets": others, "configs": {"c": build}, "x-a": environment}
    places(json.dumps(whole), "compose.yaml")
    places(json.dumps({"services": {"a": {"build": {"args": others}}}, "configs": {"c": {"content": command}}}))
