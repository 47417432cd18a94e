"""Small repositories before and after a change, and what the delta says of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from nhilint.change import Before, changes_between
from nhilint.pipeline import delta_of, settle
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path("repo"), now=datetime(2026, 11, 22, tzinfo=UTC))


def delta(before, after):
    older, newer = MemoryTree(before), MemoryTree(after)
    changed = Before(tree=older, changes=changes_between(older, newer), name="main", commit="0" * 40)
    return delta_of(settle(newer, SETTINGS, (), before=changed), SETTINGS, changed)


def words(before, after, direction="widened"):
    return [shift.words for found in delta(before, after) for shift in found.shifts if shift.direction == direction]


def settings(**permissions):
    return {".claude/settings.json": json.dumps({"permissions": permissions}, indent=2)}


def mode(name):
    """Settings of CodeBuddy, which takes any mode from a project's file."""
    return {".codebuddy/settings.json": json.dumps({"permissions": {"defaultMode": name}}, indent=2)}


def workflow(permissions, trigger="issues", steps="- run: make"):
    text = (
        f"name: triage\non: {trigger}\npermissions: {{{permissions}}}\njobs:\n  triage:\n    runs-on: x\n    steps:\n"
    )
    return {".github/workflows/triage.yml": text + f"      {steps}\n"}


def server(*arguments, **more):
    entry = {"command": "npx", "args": list(arguments), **more}
    return {".mcp.json": json.dumps({"mcpServers": {"files": entry}})}


def role(*statements, **more):
    facts = {
        "RoleName": "deploy",
        "Arn": "arn:aws:iam::111122223333:role/deploy",
        "AssumeRolePolicyDocument": {"Statement": []},
        "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": {"Statement": list(statements)}}],
        **more,
    }
    return {"iam/deploy.json": json.dumps(facts)}


def allow(action, resource="*", effect="Allow"):
    return {"Effect": effect, "Action": action, "Resource": resource}
