"""Reads the files of a made-up repository and hands back what they declare."""

from __future__ import annotations

from pathlib import Path

from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of


def read(files):
    """The subjects of some files by name."""
    gathered = gather(tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN))
    return {resource.name: resource for resource in link(gathered.resources)}
