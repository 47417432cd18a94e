"""The refresh tool: what it keeps of the roles that it is given."""

from __future__ import annotations

import importlib.util
from pathlib import Path

TOOL = Path(__file__).parents[3] / "tools" / "refresh" / "gcp_roles.py"


def tool():
    spec = importlib.util.spec_from_file_location("gcp_roles", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_numbers_become_ranges():
    assert tool().ranges([]) == ""
    assert tool().ranges([4]) == "4"
    assert tool().ranges([0, 1, 2, 5, 7, 8]) == "0-2,5,7-8"


def test_the_table_of_some_roles():
    held = {"a.reader": ("GA", frozenset({"x.y.get", "x.y.list"})), "a.nobody": ("BETA", frozenset())}
    lines = tool().table(held).split("\n")
    assert [line for line in lines if not line.startswith("#")] == [
        "x.y.get",
        "x.y.list",
        "",
        "a.reader GA 0-1",
        "a.nobody BETA",
        "",
    ]
