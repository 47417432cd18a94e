"""Which credentials are found in what people said to an agent."""

from __future__ import annotations

import json

import pytest
from formats.app_reading import resources
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.credentials.sample import sample
from nhilint.testing import rendered

TOKEN = sample("github-pat-fine-grained")
RANDOM = sample("generic-api-key")


def state(history: object) -> str:
    return json.dumps({"projects": {"/a": {"history": history}}})


def places(text: str) -> list[str]:
    found = resources("mcp", ".claude.json", text)
    return [rendered(one.at).partition("#/projects/~1a/history/")[2] for one in found if one.kind == "credential"]


def test_prompts_and_pasted_texts():
    pasted = {"1": {"type": "text", "content": f"a\nTOKEN={TOKEN}\nb"}}
    history = [{"display": f"take {TOKEN} for it", "pastedContents": pasted}, {"display": "thanks"}]
    assert places(state(history)) == ["0/display", "0/pastedContents/1/content"]


def test_servers_of_the_same_file_stay():
    both = json.loads(state([{"display": TOKEN}])) | {"mcpServers": {"one": {"command": "one"}}}
    kinds = sorted(one.kind for one in resources("mcp", ".claude.json", json.dumps(both)))
    assert kinds == ["credential", "tool"]


@pytest.mark.parametrize(
    "said",
    [
        f"the password is {RANDOM}",
        f"SECRET={RANDOM}",
        f"postgres://owner:{RANDOM}@db.acme.io/app",
        sample("json-web-token"),
        sample("pem-private-key"),
    ],
)
def test_only_providers_shapes_count(said):
    assert places(state([{"display": said}])) == []


@pytest.mark.parametrize("path", [".claude/history.jsonl", ".codex/history.jsonl", ".claude/projects/-a/b.jsonl"])
def test_a_history_of_lines(path):
    text = json.dumps({"display": "hello"}) + "\n" + json.dumps({"display": f"use {TOKEN} here"}) + "\n"
    (found,) = resources("settings_files", path, text)
    start, end = found.at.within
    assert text[start:end] == TOKEN


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="ascii"), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=12,
)


@given(ODD, ODD)
def test_no_value_is_too_odd(history, pasted):
    places(state(history))
    places(state([{"display": history, "pastedContents": pasted}, pasted]))
    places(json.dumps({"projects": history, "display": pasted}))
