"""The state before a change, opened for the length of a run, and the settings that this state decides about."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.change import Before, materialised
from nhilint.config import FILE, load_config_of
from nhilint.history.repository import Changes, Repository
from nhilint.settle.waiver_file import FILE as WAIVERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import ExitStack
    from datetime import datetime

    from nhilint.history.repository import Author
    from nhilint.settings import Settings

_IGNORES = ".gitignore"


class Opened(Struct, frozen=True):
    """A change that can be judged: the state before it, and the settings of that state."""

    before: Before
    settings: Settings


def open_change(
    stack: ExitStack, root: Path, since: str, now: datetime, config: Path | None, policies: Iterable[Path], author: str
) -> Opened:
    """Open the state that the work tree's history left `since` behind at.

    `config` and `policies` are what the command line names instead of or beside the configuration: inside the
    repository they are taken from the state before the change, elsewhere as they are. UsageError for a revision that is
    not here.
    """
    repository = stack.enter_context(Repository(root))
    head = repository.commit("HEAD")
    commit = repository.base_of(repository.commit(since), head)
    tree = repository.tree(commit)
    scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhilint-")))
    changes = repository.changes(commit)
    before = Before(
        tree=tree,
        changes=changes,
        name=since,
        commit=commit,
        authors=_names(repository.authors(commit, head, WAIVERS), author),
        ignored=_ignored(repository, changes),
    )
    settings, packs = _settings(before, root, now, config)
    inside = {path: _inside(path, root) for path in policies}
    folders = (*packs, *(name for name in inside.values() if name is not None))
    made = materialised(tree, folders, scratch)
    elsewhere = tuple(path for path, name in inside.items() if name is None)
    before = replace(before, packs=folders)
    return Opened(before, replace(settings, policies=(*settings.policies, *made, *elsewhere)))


def _settings(before: Before, root: Path, now: datetime, config: Path | None) -> tuple[Settings, tuple[str, ...]]:
    named = _inside(config, root) if config is not None else FILE
    if named is not None:
        return load_config_of(before.tree, root, named, now)
    from nhilint.config import load_config

    return load_config(root, config, now), ()


def _inside(path: Path, root: Path) -> str | None:
    """A path relative to the root, None where it lies elsewhere."""
    full = (Path.cwd() / path).resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else None


def _ignored(repository: Repository, changes: Changes) -> frozenset[str]:
    touched = any(path.rsplit("/", 1)[-1] == _IGNORES for path in changes.changed)
    return repository.ignored_though_tracked() if touched else frozenset()


def _names(authors: Iterable[Author], author: str) -> frozenset[str]:
    """What the makers of a change may be called: names, addresses, and the handles in GitHub's private addresses."""
    names = {author.lstrip("@")}
    for entry in authors:
        local = entry.email.partition("@")[0]
        names |= {entry.name, entry.email, local, local.partition("+")[2]}
    return frozenset(name.lower() for name in names if name)
