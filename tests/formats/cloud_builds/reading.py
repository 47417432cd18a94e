"""Reads small modules, templates and scripts as a scan would."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nhilint.link import link
from nhilint.model.fact import Known, Unknown
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree


def subjects(kind, **files):
    """The facts of the subjects of a kind that the files declare, after linking; `__` in a name stands for a dot."""
    named = {name.replace("__", "."): text for name, text in files.items()}
    gathered = gather(MemoryTree(named), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert not [problem for problem in gathered.problems if problem.kind == "defect"]
    return [resource.facts for resource in link(gathered.resources) if resource.kind == kind]


def pipelines(**files):
    """The facts of the pipelines."""
    return subjects("workflow", **files)


def only(**files):
    """The facts of the one pipeline."""
    (found,) = pipelines(**files)
    return found


def said(fact):
    """What a fact says: its value, `unknown`, or None."""
    if isinstance(fact, Unknown):
        return "unknown"
    return fact.value if isinstance(fact, Known) else None
