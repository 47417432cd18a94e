"""A rule about rows is told where it holds after all scripts have run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nhilint.link import link
from nhilint.model.fact import known_records
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

OPEN = "create policy p on orders using (true);"


def told(**scripts):
    files = {f"supabase/{name.replace('__', '/')}.sql": text.encode() for name, text in scripts.items()}
    found = link(gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return [one.at.path for one in found if one.kind == "policy" and known_records(one.facts.rules)]


def test_a_later_script_takes_a_rule_away():
    assert told(migrations__1_a=OPEN) == ["supabase/migrations/1_a.sql"]
    assert told(migrations__1_a=OPEN, migrations__2_b="drop policy p on orders;") == []
    assert told(migrations__1_a=OPEN, migrations__2_b="drop table orders;") == []
    assert told(migrations__1_a="drop policy p on orders;", migrations__2_b=OPEN) == ["supabase/migrations/2_b.sql"]


def test_a_rule_that_several_scripts_make_is_told_once():
    assert told(schema=OPEN, migrations__1_a=OPEN) == ["supabase/migrations/1_a.sql"]


def test_what_lies_beside_the_migrations_is_older():
    assert told(setup=OPEN, migrations__1_a="drop policy p on orders;") == []
