"""Folders become files to look at: git-aware, inside the tree, within the budget. Only here is the tree read.

Inside a git work tree the list comes from one `git ls-files`, so that ignore files hold exactly as git reads them; the
scanned repository's own hooks and monitors are switched off, since it is not trusted. Elsewhere the folder is walked.
Symbolic links are never followed: what they point to inside the tree is listed under its own name.
"""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nhilint.errors import UsageError
from nhilint.model.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ALWAYS_LEFT_OUT = frozenset(
    {".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache"}
)
"""Folders that hold other people's code or machine output. They are not looked into, ignored or not."""

GIT_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.untrackedCache=false")
MOST_BYTES = 50_000_000
_GIT_SECONDS = 60


def list_files(root: Path, wanted: Iterable[str] = ()) -> tuple[str, ...]:
    """The files below `root`, relative to it and in order, limited to the files and folders in `wanted` if any."""
    names = sorted({name for name in _git_files(root) or _walk(root) if _may_be_looked_into(name)})
    scopes = [PurePosixPath(scope).as_posix().strip("/") for scope in wanted]
    if not scopes or "." in scopes:
        return tuple(names)
    kept = [name for name in names if any(name == scope or name.startswith(scope + "/") for scope in scopes)]
    named = (scope for scope in scopes if scope not in kept and (root / scope).is_file())
    kept.extend(scope for scope in named if not (root / scope).is_symlink())
    return tuple(kept)


def read_file(root: Path, path: str) -> bytes | Problem | None:
    """The bytes of a listed file; a Problem when it cannot or must not be read; None for what is no regular file.

    What readers accept is limited further; this bound only keeps memory flat.
    """
    full = root / path
    try:
        before = os.lstat(full)
        if not stat.S_ISREG(before.st_mode):
            return None
        if before.st_size > MOST_BYTES:
            return Problem(path, "too-large", f"the file has {before.st_size} bytes; the limit is {MOST_BYTES}")
        if _leaves_tree(root, path):
            return Problem(path, "outside", "a folder on its path is a symbolic link", incomplete=False)
        return full.read_bytes()
    except OSError as error:
        return Problem(path, "unreadable", f"cannot be read: {error.strerror or error}")


def root_of(path: Path) -> Path:
    """The top of the git work tree that holds `path`, else the folder itself."""
    folder = path if path.is_dir() else path.parent
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return folder


def _may_be_looked_into(name: str) -> bool:
    return ALWAYS_LEFT_OUT.isdisjoint(name.split("/")[:-1])


def _git_files(root: Path) -> list[str] | None:
    """What git lists as tracked or untracked and not ignored; None outside a work tree or without git."""
    command = ["git", *GIT_QUIET, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        run = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False, timeout=_GIT_SECONDS)
    except FileNotFoundError:
        return None
    except subprocess.TimeoutExpired:
        msg = f"git did not list the files of {root} within {_GIT_SECONDS} seconds"
        raise UsageError(msg) from None
    if run.returncode != 0:
        return None
    return [os.fsdecode(name) for name in run.stdout.split(b"\0") if name]


def _walk(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in ALWAYS_LEFT_OUT)
        relative = Path(folder).relative_to(root).as_posix()
        prefix = "" if relative == "." else relative + "/"
        yield from (prefix + name for name in sorted(files))


def _leaves_tree(root: Path, path: str) -> bool:
    """Whether a folder between the root and the file is a symbolic link."""
    current = root
    for part in PurePosixPath(path).parts[:-1]:
        current = current / part
        if current.is_symlink():
            return True
    return False
