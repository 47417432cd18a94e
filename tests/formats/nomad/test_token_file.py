"""The token that a cluster was bootstrapped with, as a file of its own."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

TOKEN = str(uuid.UUID(int=0x1F2E3D4C5B6A79880A1B2C3D4E5F6071))


def found(path, text):
    return gather(tree_of(((path, text),)), Settings(root=Path(), now=WHEN)).resources


@pytest.mark.parametrize("path", ["bootstrap.token", "ops/root.token", "ops/nomad-bootstrap.token"])
@pytest.mark.parametrize("text", [TOKEN, TOKEN + "\n", "\n" + TOKEN + "\r\n"])
def test_a_uuid_and_nothing_else(path, text):
    (credential,) = found(path, text)
    facts = credential.facts
    assert (facts.type_title.value, facts.shaped.value) == ("a management token of Nomad or Consul", True)
    assert TOKEN not in repr(facts)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("session.token", TOKEN),
        ("bootstrap.token", "token: " + TOKEN),
        ("bootstrap.token", TOKEN + "\n" + TOKEN),
        ("bootstrap.token", str(uuid.UUID(int=0))),
        ("bootstrap.token", "a" * 100_000),
        ("bootstrap.token", ""),
    ],
)
def test_what_may_be_anything_is_left(path, text):
    assert found(path, text) == ()
