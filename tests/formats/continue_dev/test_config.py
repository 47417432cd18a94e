"""Continue: models with keys and addresses, servers, and rules in the wrong place."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.assistants import agents, extract

PATH = ".continue/config.yaml"


@pytest.mark.parametrize(
    ("model", "carries"),
    [
        ("{provider: openai, apiKey: '${{ secrets.K }}', apiBase: 'https://x.example'}", "model_traffic"),
        ("{provider: openai, apiBase: 'https://x.example'}", None),
        ("{provider: ollama, apiKey: k, apiBase: 'http://127.0.0.1:11434'}", None),
    ],
)
def test_a_vendors_key_for_another_address(model, carries):
    (found,) = agents("continue_dev", PATH, f"models:\n  - {model}\n")
    assert value_of(known_records(found.endpoints)[0].carries) == carries


def test_keys_and_servers():
    text = "models:\n  - {provider: openai, apiKey: '${{ secrets.K }}'}\nmcpServers:\n  - {name: a, command: b}\n"
    found = extract("continue_dev", PATH, text).resources
    assert [r.kind for r in found] == ["agent", "tool"]
    assert [value_of(c.source) for c in known_records(found[0].facts.credentials)] == ["ci_secret"]


@pytest.mark.parametrize(
    ("path", "text", "protective"),
    [
        (".continue/permissions.yaml", "exclude: [Write]\n", [True]),
        (".continue/permissions.yaml", "allow: [Read]\n", [False]),
        ("home/.continue/permissions.yaml", "exclude: [Write]\n", []),
    ],
)
def test_permissions_of_a_project_do_nothing(path, text, protective):
    (found,) = agents("continue_dev", path, text)
    assert [value_of(i.protective) for i in known_records(found.ineffective)] == protective


def test_other_files_are_not_taken():
    assert not extract("continue_dev", PATH, "a: b\n").recognised
    assert not extract("continue_dev", ".continue/permissions.yaml", "a: b\n").recognised
