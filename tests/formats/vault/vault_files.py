"""Reads the files of a made-up repository and hands back what they declare."""

from __future__ import annotations

from pathlib import Path

from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.testing import _WHEN, _tree


def read(files):
    """The subjects of some files by name."""
    gathered = gather(_tree(tuple(files.items())), Settings(root=Path(), now=_WHEN))
    return {resource.name: resource for resource in link(gathered.resources)}
