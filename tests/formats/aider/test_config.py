"""Aider's configuration: what runs by itself, keys, addresses."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import known_records, value_of
from tests.formats.assistants import agents, extract

PATH = ".aider.conf.yml"


def agent(text):
    return agents("aider", PATH, text)[0]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("test-cmd: make\n", []),
        ("test-cmd: make\nauto-test: true\n", ["test-cmd"]),
        ("lint-cmd: [a, b]\n", ["lint-cmd", "lint-cmd"]),
        ("lint-cmd: a\nauto-lint: false\n", []),
        ("notifications-command: say\n", ["notifications-command"]),
    ],
)
def test_what_runs_by_itself(text, events):
    assert [value_of(c.event) for c in known_records(agent(text).commands)] == events


def test_edits_are_made_unasked():
    assert value_of(agent("yes-always: true\n").autonomy) == "asks_for_writes"


def test_keys_and_where_they_are_sent():
    key = sample("gitlab-pat")
    found = agent(f"openai-api-base: https://x.example/v1\nset-env: [DEPLOY_TOKEN={key}, LEVEL=3]\n")
    assert [value_of(c.name) for c in known_records(found.credentials)] == ["DEPLOY_TOKEN"]
    assert key not in repr(found)
    assert value_of(known_records(found.endpoints)[0].carries) == "model_traffic"


@pytest.mark.parametrize(("path", "level"), [(PATH, "project"), (f"dotfiles/{PATH}", "user")])
def test_a_persons_own_file(path, level):
    assert value_of(agents("aider", path, "model: a\n")[0].level) == level


def test_an_empty_file():
    assert not extract("aider", PATH, "- a\n").recognised
