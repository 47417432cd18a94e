"""A git repository as a judge of changes needs it: revisions, the tree of each, and what lies between two of them.

Everything is read from the object store through GitPython. git itself is told to write nothing, to ask nobody, to fetch
nothing and to run nothing that the repository configures.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from nhilint.discover import GIT_ENVIRONMENT, may_be_looked_into
from nhilint.errors import UsageError
from nhilint.history.git_tree import MOST_BYTES, Entry, GitTree
from nhilint.history.work_tree import touched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_KINDS = {"100644": "file", "100755": "file", "120000": "link"}
_QUIET = {"core.fsmonitor": "false", "core.hooksPath": os.devnull, "core.untrackedCache": "false"}
_MOST_RENAMES = 3000
"""Files on either side among which git looks for renamed ones by likeness; identical files are always found."""

_RAW = ("--raw", "-z", "--no-ext-diff", "--no-textconv", "--ignore-submodules")
_BY_LIKENESS = ("-M", f"-l{_MOST_RENAMES}")


class Changes(Struct, frozen=True):
    """What differs between two trees, by the newer one's paths. `renamed` gives the older path of a moved file."""

    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    renamed: dict[str, str] = {}

    def older(self, path: str) -> str:
        """What a path of the newer tree is called in the older one."""
        return self.renamed.get(path, path)


class Author(Struct, frozen=True):
    """Who wrote a commit, as git has it."""

    name: str
    email: str


class Repository:
    """The repository whose work tree is at `root`. Raises UsageError where there is none. Close it after use."""

    def __init__(self, root: Path) -> None:
        from git import Repo
        from git.exc import InvalidGitRepositoryError, NoSuchPathError

        try:
            self._repo = Repo(root, search_parent_directories=False)
        except (InvalidGitRepositoryError, NoSuchPathError):
            msg = f"{root} is not the top of a git repository, so there is no earlier state to compare with"
            raise UsageError(msg) from None
        folder = str(self._repo.git_dir)
        self._root, self._index = root, Path(folder, "index")
        self._repo.git.update_environment(
            **GIT_ENVIRONMENT,
            GIT_DIR=folder,
            GIT_WORK_TREE=str(root),
            GIT_INDEX_FILE=str(self._index),
            GIT_CONFIG_COUNT=str(len(_QUIET)),
            **{f"GIT_CONFIG_KEY_{n}": key for n, key in enumerate(_QUIET)},
            **{f"GIT_CONFIG_VALUE_{n}": value for n, value in enumerate(_QUIET.values())},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End git's helper processes."""
        self._repo.close()

    def commit(self, name: str) -> str:
        """The hash of the commit that `name` means; UsageError with the command to run where it is not here."""
        found = "" if name.startswith("-") else self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if not found:
            msg = f"the revision {name!r} is not in this repository; {self._how_to_fetch(name)}"
            raise UsageError(msg)
        return found

    def has(self, name: str) -> bool:
        """Whether `name` means a commit that is here."""
        return bool(self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"))

    def base_of(self, older: str, newer: str) -> str:
        """The commit from which `newer` (hashes, both) left `older`; UsageError where history does not reach it."""
        found = self._ask("merge-base", older, newer)
        if not found:
            cure = "run: git fetch --unshallow" if self._is_shallow() else "compare revisions of one history"
            msg = f"no common ancestor of {older[:12]} and {newer[:12]} is in this repository; {cure}"
            raise UsageError(msg)
        return found

    def parents(self, commit: str) -> tuple[str, ...]:
        """The parents of a commit, first the one it was merged into."""
        return tuple(self._ask("rev-list", "--parents", "-n", "1", commit).split()[1:])

    def tree(self, commit: str) -> GitTree:
        """The files of a commit."""
        listed = self._fields("ls-tree", "-r", "-z", "--full-tree", commit)
        entries: dict[str, Entry] = {}
        for line in listed:
            about, _, path = line.partition("\t")
            mode, _, blob = about.split(" ")
            kind = _KINDS.get(mode)
            if kind is not None and may_be_looked_into(path):
                entries[path] = Entry("link" if kind == "link" else "file", blob)
        return GitTree(entries, self._load)

    def changes(self, older: str, newer: str | None = None) -> Changes:
        """What differs between two commits, or between a commit and the files on disk as git tracks them.

        git does not look at the files on disk: it would run whatever filter the repository configures for them.
        """
        if newer is not None:
            return self._differences("diff-tree", "-r", *_BY_LIKENESS, older, newer, "--")
        staged = self._differences("diff-index", "--cached", *_BY_LIKENESS, older, "--")
        changed, removed = touched(self._root, self._output("ls-files", "-z", "--stage", "--debug"), self._index)
        return Changes(
            (staged.changed | changed) - removed,
            staged.removed | removed,
            {path: old for path, old in staged.renamed.items() if path not in removed},
        )

    def _differences(self, *told: str) -> Changes:
        """What one of git's plumbing commands prints in its raw form."""
        command, *rest = told
        changed: set[str] = set()
        removed: set[str] = set()
        renamed: dict[str, str] = {}
        fields = iter(self._fields(command, *_RAW, *rest))
        for about in fields:
            status, path = about.rsplit(" ", 1)[-1][:1], next(fields)
            if status == "R":
                renamed[next_path := next(fields)] = path
                changed.add(next_path)
            elif status == "D":
                removed.add(path)
            else:
                changed.add(path)
        return Changes(frozenset(changed), frozenset(removed), renamed)

    def ignored_though_tracked(self) -> frozenset[str]:
        """Tracked files that the work tree's ignore files cover."""
        return frozenset(self._fields("ls-files", "-z", "--cached", "--ignored", "--exclude-standard"))

    def authors(self, older: str, newer: str, path: str) -> tuple[Author, ...]:
        """Who wrote the commits between two revisions that touch a path."""
        told = self._ask("log", "--format=%aN%x00%aE", f"{older}..{newer}", "--", path)
        pairs = (line.split("\0") for line in told.splitlines() if "\0" in line)
        return tuple(dict.fromkeys(Author(name, email) for name, email in pairs))

    # -- how git is asked ----------------------------------------------------------------------------------------

    def _ask(self, *arguments: str) -> str:
        """What git prints, without the last line break; empty where it refuses."""
        return os.fsdecode(self._output(*arguments)).strip("\n")

    def _fields(self, *arguments: str) -> Iterator[str]:
        return (os.fsdecode(field) for field in self._output(*arguments).split(b"\0") if field)

    def _output(self, *arguments: str) -> bytes:
        from git.exc import GitCommandError

        command = [self._repo.git.GIT_PYTHON_GIT_EXECUTABLE, *arguments]
        try:
            told = self._repo.git.execute(command, stdout_as_string=False, strip_newline_in_stdout=False)
        except GitCommandError:
            return b""
        assert isinstance(told, bytes)
        return told

    def _load(self, blob: str) -> bytes | str:
        """The bytes of an object, or why they cannot be had."""
        try:
            found = self._repo.odb.stream(bytes.fromhex(blob))
            if found.size > MOST_BYTES:
                return f"the file has {found.size:,} bytes, more than {MOST_BYTES:,}"
            data = found.read()
        except (ValueError, OSError, KeyError) as error:
            return f"git does not have its content here ({type(error).__name__}); run: git fetch --refetch"
        assert isinstance(data, bytes)
        return data

    def _is_shallow(self) -> bool:
        return self._ask("rev-parse", "--is-shallow-repository") == "true"

    def _how_to_fetch(self, name: str) -> str:
        if self._is_shallow():
            return "this clone is shallow; run: git fetch --unshallow origin"
        branch = name.removeprefix("origin/")
        return f"run: git fetch origin {branch}" if branch and not branch.startswith("-") else "name another one"
