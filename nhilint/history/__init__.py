"""What git knows about the scanned tree: so far the revision that is checked out, and whose repository it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HASH_DIGITS = 40


def revision_of(root: Path) -> str | None:
    """The commit that HEAD names, read from the repository's own files; None outside a repository or before a commit.

    Two small reads instead of a process: nothing of the scanned repository's configuration is consulted.
    """
    folder = root / ".git"
    try:
        head = (folder / "HEAD").read_text("ascii").strip()
        if not head.startswith("ref: "):
            return head if _is_hash(head) else None
        name = head.removeprefix("ref: ")
        if ".." in name or name.startswith("/"):
            return None
        loose = folder / name
        if loose.is_file():
            found = loose.read_text("ascii").strip()
            return found if _is_hash(found) else None
        return _packed(folder / "packed-refs", name)
    except (OSError, UnicodeDecodeError):
        return None


def owner_of(root: Path) -> str | None:
    """The organisation or person in the address of the remote `origin`; None without one."""
    parts = _remote(root)
    return parts[-2] if len(parts) > 2 else None


def name_of(root: Path) -> str | None:
    """The repository's name in the address of the remote `origin`; None without one."""
    parts = _remote(root)
    return parts[-1] if len(parts) > 2 else None


def _remote(root: Path) -> list[str]:
    """The parts of the address of `origin`; none without one."""
    try:
        text = (root / ".git" / "config").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    _, found, section = text.partition('[remote "origin"]')
    for line in section.split("[", 1)[0].splitlines() if found else ():
        key, _, value = line.partition("=")
        if key.strip() == "url":
            return value.strip().removesuffix(".git").replace(":", "/").rstrip("/").split("/")
    return []


def _packed(packed: Path, name: str) -> str | None:
    for line in packed.read_text("ascii").splitlines():
        found, _, ref = line.partition(" ")
        if ref == name and _is_hash(found):
            return found
    return None


def _is_hash(text: str) -> bool:
    return len(text) >= _HASH_DIGITS and all(c in "0123456789abcdef" for c in text)
