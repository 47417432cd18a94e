"""What a comment says of a Google API key, and of which tree it must say so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.settle.said_limited import with_keys_said_limited
from nhilint.tree import MemoryTree

KEY = ("AIza" + "SyD3k9Qw" + "x7RtYp2LmNb5VcZ8aHfJ6gKsE1uW4oT0")[:39]
FILE = "deploy/api.yaml"


def manifest(comment: str, above: str = "", key: str = KEY) -> str:
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: api}\ndata:\n"
    return f"{head}{above}  PRICES_API_KEY: {key}{comment}\n"


def said_public(files: dict[str, str], before: dict[str, str] | None = None) -> list[bool | None]:
    gathered = gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    known = with_keys_said_limited(gathered.resources, MemoryTree(files if before is None else before))
    found = [one.facts for one in known if one.kind == "credential"]
    return [value_of(facts.said_public) for facts in found if value_of(facts.type) == "google-api-key"]


@pytest.mark.parametrize(
    ("comment", "above", "public"),
    [
        (" # expected to be here, it only reads prices", "", True),
        (" # limited to the billing API", "", True),
        ("", "  # public on purpose\n", True),
        (" # The API requires a key. This is supplied just for evaluation.", "", True),
        ("", "  # -- provided for testing\n", True),
        (" # supplied by the pricing team", "", False),
        (" # the pricing API requires a key", "", False),
        (" # never make this public", "", False),
        ("", "", False),
        ("", "  # public\n  # the key\n", False),
    ],
)
def test_what_a_comment_says(comment, above, public):
    assert said_public({FILE: manifest(comment, above)}) == [public]


def test_the_same_key_in_another_file_is_what_the_comment_says_too():
    files = {FILE: manifest(""), "rendered.yaml": manifest(" # limited to prices")}
    assert said_public(files) == [True, True]
    other = {FILE: manifest("", key=KEY[:-1] + "Q"), "rendered.yaml": manifest(" # limited to prices")}
    assert sorted(map(bool, said_public(other))) == [False, True]


def test_a_change_that_brings_the_key_does_not_excuse_it():
    files = {FILE: manifest(" # limited to prices")}
    assert said_public(files, {}) == [False]
    assert said_public(files, {FILE: manifest("")}) == [False]
