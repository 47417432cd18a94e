"""Whether the code of a script has a function that takes the requests of callers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code import with_code
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

MANIFEST = json.dumps({"timeZone": "UTC", "webapp": {"access": "ANYONE", "executeAs": "USER_DEPLOYING"}})
CELL = "function PRICE() { return UrlFetchApp.fetch('https://prices.example.com').getContentText() }"
HOOK = "function doPost(e) { SpreadsheetApp.getActive().appendRow([e]) }"


def answers(files, manifest=MANIFEST):
    tree = MemoryTree({"gas/appsscript.json": manifest, **files})
    resources = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources
    (found,) = with_code(resources, tree)
    return found.facts.answers_requests


@pytest.mark.parametrize(
    ("files", "answer"),
    [
        ({"gas/cell.gs": CELL}, False),
        ({"gas/hook.gs": HOOK}, True),
        ({"gas/.clasp.json": "{}", "gas/src/hook.ts": HOOK}, True),
        ({"gas/cell.gs": CELL, "gas/more.js": "const doGetter = 1"}, False),
        ({"package.json": "{}", ".clasp.json": '{"rootDir": "gas"}', "gas/hook.gs": HOOK, "web/a.ts": "x"}, True),
    ],
)
def test_a_function_that_takes_requests(files, answer):
    assert answers(files).value is answer


@pytest.mark.parametrize("files", [{}, {"gas/web.ts": "const a = 1"}, {"gas/cell.gs": CELL, "core/hook.ts": HOOK}])
def test_code_that_is_not_here_or_stands_in_another_project_tells_nothing(files):
    assert answers(files) is None


def test_what_is_no_web_app_is_not_asked():
    assert answers({"gas/cell.gs": CELL}, '{"timeZone": "UTC"}') is None
