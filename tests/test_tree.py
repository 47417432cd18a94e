"""A tree of a disk reads a small file once, and what it keeps is bounded."""

from __future__ import annotations

import pytest

from nhilint import tree as trees
from nhilint.tree import DiskTree, is_listed


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"first")
    (tmp_path / "b.txt").write_bytes(b"second")
    return tmp_path


def rewritten(folder, tree, name):
    """What a second look at a file gives that was changed after the first."""
    tree.read(name)
    (folder / name).write_bytes(b"changed")
    return tree.read(name)


def test_a_small_file_is_read_once(folder):
    assert rewritten(folder, DiskTree(folder), "a.txt") == b"first"


def test_a_large_file_is_not_kept(folder, monkeypatch):
    monkeypatch.setattr(trees, "_LARGEST_KEPT", 4)
    assert rewritten(folder, DiskTree(folder), "a.txt") == b"changed"


def test_what_is_kept_has_a_bound(folder, monkeypatch):
    monkeypatch.setattr(trees, "_MOST_KEPT", 8)
    tree = DiskTree(folder)
    assert rewritten(folder, tree, "a.txt") == b"first"
    assert rewritten(folder, tree, "b.txt") == b"changed"


def test_what_replaces_a_file_counts_before_it(folder):
    assert DiskTree(folder, replaced={"a.txt": b""}).read("a.txt") == b""


@pytest.mark.parametrize(
    ("path", "there"), [("a.txt", True), ("b.txt", True), ("", False), ("a", False), ("c.txt", False)]
)
def test_a_path_is_looked_up_in_the_list(folder, path, there):
    assert is_listed(DiskTree(folder), path) is there
