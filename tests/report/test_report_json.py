"""The JSON report says everything, follows its published schema, and is safe to print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from factories import HOSTILE, a_context, a_full_run, a_hostile_run, a_run
from jsonschema import Draft202012Validator

from nhilint.report import render
from nhilint.report.json_schema import RUN_SCHEMA
from nhilint.report.json_text import to_json

PUBLISHED = Path(__file__).parents[2] / "schemas" / "run.schema.json"
RUNS = {"full": a_full_run, "hostile": a_hostile_run, "clean": a_run}


def report(run):
    return json.loads(render("json", run, a_context()))


@pytest.mark.parametrize("name", RUNS)
def test_reports_follow_the_schema_and_name_nothing_it_does_not(name):
    strict = json.loads(json.dumps(RUN_SCHEMA))
    for definition in strict["$defs"].values():
        definition["additionalProperties"] = False
    Draft202012Validator.check_schema(strict)
    Draft202012Validator(strict).validate(report(RUNS[name]()))


def test_the_schema_allows_keys_that_later_versions_add():
    Draft202012Validator(RUN_SCHEMA).validate(report(a_run()) | {"later": 1})


@pytest.mark.parametrize("key", sorted(report(a_run())))
def test_the_schema_requires_every_key(key):
    incomplete = report(a_run())
    del incomplete[key]
    assert not Draft202012Validator(RUN_SCHEMA).is_valid(incomplete)


def test_the_published_schema_is_fresh():
    assert json.loads(PUBLISHED.read_text()) == RUN_SCHEMA


def test_a_finding_is_written_with_all_it_has():
    finding = report(a_full_run())["findings"][0]
    assert finding == {
        "check": "literal-credential-in-mcp-server",
        "title": "Credential written in clear in an MCP server's configuration",
        "severity": "high",
        "confidence": "high",
        "message": "MCP server github carries GITHUB_TOKEN in clear",
        "path": ".mcp.json",
        "line": 7,
        "column": 25,
        "end_line": 7,
        "end_column": 47,
        "pointer": "/mcpServers/github/env/GITHUB_TOKEN",
        "subject": {"kind": "tool", "name": "github"},
        "frameworks": {
            "nist-csf-2.0": ["PR.AA-01"],
            "owasp-agentic-2026": ["ASI03"],
            "owasp-nhi-2025": ["NHI2:2025", "NHI7:2025"],
        },
        "related": [
            {
                "message": "the server that receives it",
                "path": ".mcp.json",
                "line": 3,
                "column": 5,
                "end_line": 3,
                "end_column": 13,
                "pointer": "/mcpServers/github",
            }
        ],
        "flow": [],
        "fingerprint": "0123456789abcdef0123456789abcdef",
        "disposition": "active",
        "because": "",
    }


def test_counts_agree_with_the_lists():
    whole = report(a_full_run())
    dispositions = [finding["disposition"] for finding in whole["findings"]]
    counts = whole["counts"]
    assert sum(counts["findings"].values()) == dispositions.count("active") == 2
    assert [counts[word] == dispositions.count(word) == 1 for word in ("hidden", "waived", "baselined")] == [True] * 3
    assert counts["undecided"] == len(whole["undecided"]) == 1
    assert counts["files"] == {
        "seen": 120,
        "recognised": 14,
        "unread": 0,
        "ignored": 2,
        "formats": {"mcp": 1, "workflow": 13},
    }


def test_the_head_names_the_schema_the_tool_and_the_verdict():
    whole = report(a_full_run())
    assert whole["schema"] == "nhilint/run/1"
    assert whole["tool"] == {"name": "nhilint", "version": "0.1.0"}
    assert whole["started"] == "2026-11-22T01:38:00Z"
    assert whole["verdict"]["code"] == 4
    assert whole["problems"][1]["column"] is None


def test_hostile_text_comes_back_unchanged_but_is_never_raw():
    text = render("json", a_hostile_run(), a_context())
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "##[" not in text
    message = json.loads(text)["findings"][0]["message"]
    assert message == HOSTILE.replace("\udcff", "\\xff")
    text.encode()


@pytest.mark.parametrize(
    "char", ["\x7f", "\x85", "\u200b", "\u202e", "\u2028", "\u2066", "\ufeff", "\U000e0041", "é", "🔑"]
)
def test_every_character_survives(char):
    assert json.loads(to_json({"a": f"x{char}y"})) == {"a": f"x{char}y"}


def test_equal_runs_give_equal_bytes():
    assert render("json", a_full_run(), a_context()) == render("json", a_full_run(), a_context())
