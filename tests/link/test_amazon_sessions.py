"""A session of AWS in clear is one credential that has ended soon; the address of a webhook opens little."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path("repo"), now=datetime(2026, 11, 23, tzinfo=UTC))
ID, LASTING = sample("aws-temporary-key-id"), sample("aws-access-key-id")
SECRET, OTHER = sample("aws-secret-access-key"), sample("aws-secret-access-key", 2)
TOKEN = sample("aws-session-token")


@pytest.fixture(scope="module")
def checks():
    return tuple(one for one in compile_policies((builtin_folder(),)).checks if one.id == "literal-credential")


def told(checks, **values: str) -> list[tuple[str, str]]:
    lines = "".join(f"  {name}: {json.dumps(value)}\n" for name, value in values.items())
    secret = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: cloud}}\nstringData:\n{lines}"
    findings = scan(MemoryTree({"k8s/secret.yaml": secret}), SETTINGS, checks).findings
    return [(str(one.place.pointer[-1]), one.severity.word) for one in findings]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (
            {"AWS_ACCESS_KEY_ID": ID, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN},
            [("AWS_SECRET_ACCESS_KEY", "low")],
        ),
        ({"AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}, [("AWS_SECRET_ACCESS_KEY", "low")]),
        ({"AWS_ACCESS_KEY_ID": ID}, [("AWS_ACCESS_KEY_ID", "low")]),
        ({"MAIL_USER": LASTING}, [("MAIL_USER", "low")]),
        ({"A_USER": LASTING, "B_USER": sample("aws-access-key-id", 2)}, [("A_USER", "low"), ("B_USER", "low")]),
        (
            {"AWS_ACCESS_KEY_ID": LASTING, "AWS_SECRET_ACCESS_KEY": SECRET},
            [("AWS_ACCESS_KEY_ID", "high"), ("AWS_SECRET_ACCESS_KEY", "high")],
        ),
        (
            {"AWS_ACCESS_KEY_ID": ID, "A_AWS_SECRET_ACCESS_KEY": SECRET, "B_AWS_SECRET_ACCESS_KEY": OTHER},
            [("AWS_ACCESS_KEY_ID", "high"), ("A_AWS_SECRET_ACCESS_KEY", "high"), ("B_AWS_SECRET_ACCESS_KEY", "high")],
        ),
    ],
)
def test_the_parts_of_a_session_are_one_credential_that_ends_soon(checks, values, found):
    assert told(checks, **values) == found


@pytest.mark.parametrize(
    ("shape", "severity"),
    [
        ("slack-webhook", "medium"),
        ("teams-webhook", "medium"),
        ("discord-webhook", "medium"),
        ("zapier-mcp-url", "high"),
    ],
)
def test_an_address_that_only_takes_messages_opens_little(checks, shape, severity):
    assert told(checks, ALERTS_URL=sample(shape)) == [("ALERTS_URL", severity)]
