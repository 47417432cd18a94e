"""Hooks in a file that only plug-ins have are never loaded, unless the folder may be a plug-in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
PATH = ".claude/hooks/hooks.json"
GUARD, FORMATTER = "./block-secrets.sh", "prettier --write ."


def hooks(command, event="PreToolUse"):
    return {"hooks": {event: [{"matcher": "Bash", "hooks": [{"type": "command", "command": command}]}]}}


def agent(files):
    tree = MemoryTree({path: json.dumps(content) for path, content in files.items()})
    found = link(gather(tree, SETTINGS).resources)
    return next(one.facts for one in found if one.format == "claude-plugin-hooks")


@pytest.mark.parametrize(
    ("command", "event", "protective"),
    [(GUARD, "PreToolUse", True), (FORMATTER, "PreToolUse", False), (GUARD, "PostToolUse", False)],
)
def test_a_file_of_plug_ins_in_a_project_runs_nothing(command, event, protective):
    found = agent({PATH: hooks(command, event)})
    assert known_records(found.commands) == ()
    (unread,) = known_records(found.ineffective)
    assert value_of(unread.protective) is protective


@pytest.mark.parametrize(
    "others",
    [
        {".claude-plugin/plugin.json": {"name": "guard", "hooks": f"./{PATH}"}},
        {".claude-plugin/marketplace.json": {"name": "m", "owner": {"name": "o"}, "plugins": []}},
        {".claude/settings.json": hooks(GUARD)},
    ],
)
def test_nothing_is_said_where_they_may_be_loaded_after_all(others):
    found = agent({PATH: hooks(GUARD), **others})
    assert not known_records(found.ineffective)
    assert len(known_records(found.commands)) == 1
