"""The tool that writes the data: what becomes what, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

TOOL = Path(__file__).parents[3] / "tools" / "refresh" / "credentials.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_credentials", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entry(**changes: object) -> dict[str, object]:
    return {
        "id": "acme-key",
        "provider": "Acme",
        "kind": "api_key",
        "principal": "workload",
        "shape": {"anchor": "self", "parts": [{"lit": "acme_"}, {"set": "alnum", "len": [30, 30]}], "length": [35, 35]},
        "names": ["ACME_KEY"],
        "lifetime": {"default_lifetime": "90d", "can_expire": True, "rotation": "reissue"},
        "better": ["scoped-key"],
        "severity": "high",
        "url": "https://acme.io",
        "verified": True,
        "evidence": [],
    } | changes


@pytest.mark.parametrize(
    ("text", "days"), [("never", None), ("90d", 90.0), ("1h", 0.0417), ("6mo", 180.0), ("2y", 730.0), ("24h", 1.0)]
)
def test_lifetimes_become_days(tool: ModuleType, text: str, days: float | None):
    assert tool.lifetime_in_days(text) == days


@pytest.mark.parametrize(
    ("default", "can_expire", "never"), [("never", False, True), ("never", True, None), ("90d", True, False)]
)
def test_never_is_told_from_may_be_limited(tool: ModuleType, default: str, can_expire: bool, never: bool | None):
    assert tool.never_expires({"default_lifetime": default, "can_expire": can_expire}) is never


def test_an_entry_becomes_one_line(tool: ModuleType):
    line = tool.record(entry())
    assert line["parts"] == ["acme_", ["alnum", 30, 30]]
    assert (line["days"], line["never"], line["anchor"]) == (90.0, False, "self")
    assert "marks" not in line
    assert "checksum" not in line


def test_lengths_that_are_the_only_ones_stay_so(tool: ModuleType):
    assert tool.part({"set": "alnum", "len": [58, 74], "only": [58, 74]}) == ["alnum", [58, 74]]
    assert tool.part({"any": ["a", "b"]}) == {"any": ["a", "b"]}


def test_amendments_reach_the_record(tool: ModuleType):
    line = tool.record(entry(id="grafana-service-account"))
    assert line["checksum"] == "crc32-hex-le-8"
    assert tool.record(entry(id="openai-admin-key"))["marks"] == ["admin"]


def test_an_example_whose_digest_is_not_its_own_is_refused(tool: ModuleType):
    wrong = {"known_examples": [{"id": "x", "parts": ["a", "b"], "sha256": "0" * 64}]}
    with pytest.raises(ValueError, match="digest"):
        tool.examples(wrong)


def test_doubled_ids_and_unknown_alternatives_are_refused(tool: ModuleType):
    lines = [tool.record(entry()), tool.record(entry(better=["nothing"]))]
    with pytest.raises(ValueError, match=r"acme-key.*nothing"):
        tool.complain_about(lines, {"scoped-key": "a key"})


def test_the_file_in_the_tree_is_what_the_tool_would_write_again(tool: ModuleType):
    content = json.loads(tool.TARGET.read_text(encoding="utf-8"))
    added = {line["id"]: line for line in content["shapes"]}
    for one in tool.ADDED:
        assert added[one["id"]] == json.loads(json.dumps(tool.record(one)))
    assert content["letter_pairs"] == tool.LETTER_PAIRS.split()
