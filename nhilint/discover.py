"""Folders become files to look at: git-aware, inside the tree, within the budget. Only here is the tree read.

Inside a git work tree the list comes from one `git ls-files`, so that ignore files hold exactly as git reads them; the
scanned repository's own monitors, hooks and transports are switched off, since it is not trusted. Elsewhere the folder
is walked. A symbolic link to a file inside the tree stands for that file; links to folders and links that lead out of
the tree are not followed.
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
"""Folders that hold other people's code or machine output. Not looked into, ignored or not, but when somebody asks."""

GIT_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.untrackedCache=false")
GIT_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
"""git writes nothing, asks nobody and fetches nothing: a partial clone names the command that fetches (`ext::`)."""

MOST_BYTES = 50_000_000
_GIT_SECONDS = 60
_CHUNK = 1_000_000


def list_files(root: Path, named: Iterable[str] = ()) -> tuple[str, ...]:
    """The files below `root`, relative to it and in order.

    `named` are files and folders that somebody asked for: they are there even where git ignores them.
    """
    listed = _git_files(root)
    names = {name for name in (_walk(root) if listed is None else listed) if may_be_looked_into(name)}
    for scope in (PurePosixPath(scope).as_posix().strip("/") for scope in named):
        names.update(_ignored_but_named(root, scope, names))
    return tuple(sorted(names))


def read_file(root: Path, path: str, folders: dict[str, bool] | None = None) -> bytes | Problem | None:
    """The bytes of a listed file; a Problem when it cannot or must not be read; None for what is no regular file.

    What readers accept is limited further; this bound only keeps memory flat. `folders` remembers, for the length of a
    scan, which folders were reached without a symbolic link.
    """
    full = os.path.join(root, path)  # noqa: PTH118 - asked for every file, as below
    try:
        found = _looked_up(root, path, full, {} if folders is None else folders)
        if isinstance(found, Problem):
            return found
        if found.st_size > MOST_BYTES:
            return Problem(path, "too-large", f"the file has {found.st_size:,} bytes, more than {MOST_BYTES:,}")
        return _bytes_of(full, found.st_size) if stat.S_ISREG(found.st_mode) else None
    except FileNotFoundError:
        return None  # git lists what it tracks, also a file that is deleted but not yet committed
    except OSError as error:
        return Problem(path, "unreadable", f"cannot be read: {error.strerror or error}")


def link_target(root: Path, path: str) -> str | None:
    """The file of the tree that a symbolic link leads to; None for anything else, and for a link out of the tree."""
    full = os.path.join(root, path)  # noqa: PTH118 - asked for every file of a tree, where a Path costs more than the look
    if not os.path.islink(full):  # noqa: PTH114
        return None
    top, target = os.path.realpath(root), os.path.realpath(full)
    if not Path(target).is_relative_to(top) or not Path(target).is_file():
        return None
    inside = Path(target).relative_to(top).as_posix()
    return inside if ".git" not in inside.split("/") else None


def root_of(path: Path) -> Path:
    """The top of the git work tree that holds `path`, else the folder itself."""
    folder = path if path.is_dir() else path.parent
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return folder


def may_be_looked_into(name: str) -> bool:
    """Whether a path lies in none of the folders that are left out."""
    return ALWAYS_LEFT_OUT.isdisjoint(name.split("/")[:-1])


def _ignored_but_named(root: Path, scope: str, names: set[str]) -> Iterator[str]:
    """What somebody named but git leaves out: a file, or a folder in which git lists nothing."""
    full = root / scope
    if scope in ("", ".") or scope in names:
        return
    if full.is_file() or full.is_symlink():
        yield scope
    elif full.is_dir() and not any(name.startswith(scope + "/") for name in names):
        yield from (f"{scope}/{name}" for name in _walk(full))


def _git_files(root: Path) -> list[str] | None:
    """What git lists as tracked or untracked and not ignored; None outside a work tree or without git."""
    command = ["git", *GIT_QUIET, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | GIT_ENVIRONMENT
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


def _looked_up(root: Path, path: str, full: str, folders: dict[str, bool]) -> os.stat_result | Problem:
    """What stands at a path; a Problem where symbolic links on the way lead out of the tree."""
    if not _is_reached(root, path.rpartition("/")[0], folders):
        return Problem(path, "outside", "a folder on its path is a symbolic link", incomplete=False)
    found = os.lstat(full)
    if not stat.S_ISLNK(found.st_mode):
        return found
    if link_target(root, path) is None:
        return Problem(path, "outside", "a symbolic link that leads to no file of this tree", incomplete=False)
    return os.stat(full)  # noqa: PTH116


def _bytes_of(full: str, size: int) -> bytes:
    """The bytes of a regular file of about that size: three calls of the system, where a file object takes seven."""
    descriptor = os.open(full, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(descriptor, size + 1)
        if len(data) == size:
            return data
        parts = [data]  # somebody writes it meanwhile, or the system gave less than was asked for
        while more := os.read(descriptor, _CHUNK):
            parts.append(more)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def _is_reached(root: Path, folder: str, folders: dict[str, bool]) -> bool:
    """Whether no folder on the way to `folder`, it included, is a symbolic link."""
    if not folder:
        return True
    if folder not in folders:
        linked = os.path.islink(os.path.join(root, folder))  # noqa: PTH114, PTH118
        folders[folder] = not linked and _is_reached(root, folder.rpartition("/")[0], folders)
    return folders[folder]
