"""Reads small templates, modules and project files as a scan would."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nhilint.link import link
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree


def resources(**files):
    """What the files declare, after linking; `__` in a name stands for a dot."""
    named = {name.replace("__", "."): text for name, text in files.items()}
    gathered = gather(MemoryTree(named), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert not [problem for problem in gathered.problems if problem.kind == "defect"]
    return link(gathered.resources)


def only(kind, **files):
    """The facts of the one resource of a kind."""
    (found,) = (r for r in resources(**files) if r.kind == kind)
    return found.facts
