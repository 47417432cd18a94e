"""A small repository becomes the subjects that a scan sees, by name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nhilint.link import link
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree


def subjects(files, kind="identity"):
    """The facts of every subject of a kind, by name; nothing may be left unread."""
    settings = Settings(root=Path("repository"), now=datetime(2026, 11, 22, tzinfo=UTC))
    gathered = gather(MemoryTree(files), settings)
    assert not [problem for problem in gathered.problems if problem.incomplete]
    return {resource.name: resource.facts for resource in link(gathered.resources) if resource.kind == kind}


def value(fact):
    """The value of a fact that must be known."""
    assert hasattr(fact, "value"), fact
    return fact.value


def ids(identity):
    """The public ids of an identity's escalations."""
    return [path.id.value for path in identity.escalations if hasattr(path, "id")]
