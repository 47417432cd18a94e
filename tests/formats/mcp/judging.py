"""Runs the built-in checks of this family over a tiny repository, for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nhilint.evaluate.engine import judge
from nhilint.link import link
from nhilint.pipeline import gather
from nhilint.policies import load_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree


def say(files: dict[str, str]) -> list[str]:
    """What every built-in check says, messages and the words of chains, in order."""
    gathered = gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    findings = judge(load_policies((), None).checks, link(gathered.resources)).findings
    return [text for f in findings for text in (f.message, *(note.message for note in (*f.related, *f.flow)))]
