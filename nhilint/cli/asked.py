"""What a run of `nhilint check` is asked to do: options and configuration become settings."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint import discover
from nhilint.errors import UsageError
from nhilint.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from contextlib import ExitStack

    from nhilint.change import Before
    from nhilint.settings import Settings


class Asked(Struct, frozen=True):
    """What a run is asked to do: settings, files whose bytes are given on standard input, the state before a change."""

    settings: Settings
    given: dict[str, bytes]
    before: Before | None = None


def what_is_asked(options: dict[str, object], stack: ExitStack) -> Asked:
    """Options and configuration. On a change the configuration is the one from before it."""
    named = file_paths(options["paths"])
    top = options["root"]
    root = _located(Path(str(top))) if top else _root_of(_located(named[0]) if named else Path.cwd())
    paths = [_inside(path, root) for path in named]
    given: dict[str, bytes] = {}
    if stdin_name := options["stdin_filename"]:
        if named:
            raise UsageError("--stdin-filename names the one file to look at; leave the paths out")
        paths = [_inside(Path(str(stdin_name)), root, must_exist=False)]
        given = {paths[0]: sys.stdin.buffer.read()}
    scopes = tuple(paths) if "." not in paths else ()
    config = Path(str(options["config_file"])) if options["config_file"] else None
    now = datetime.now(UTC)
    if since := options["since"]:
        from nhilint.since import open_change

        author = str(options["author"] or os.environ.get("GITHUB_ACTOR", ""))
        opened = open_change(stack, root, str(since), now, config, file_paths(options["policies"]), author)
        return Asked(_override(opened.settings, options, scopes), given, opened.before.with_changed(given))
    from nhilint.config import load_config

    settings = _override(load_config(root, config, now), options, scopes)
    from msgspec.structs import replace

    return Asked(replace(settings, policies=settings.policies + file_paths(options["policies"])), given)


def _root_of(path: Path) -> Path:
    """The work tree around a path; outside of one the current folder, where that holds the path."""
    found, here = discover.root_of(path), Path.cwd().resolve()
    return here if not (found / ".git").exists() and path.is_relative_to(here) else found


def _override(settings: Settings, options: dict[str, object], paths: tuple[str, ...]) -> Settings:
    """The command line outranks the configuration."""
    from msgspec.structs import replace

    fail_on, min_confidence = options["fail_on"], options["min_confidence"]
    return replace(
        settings,
        paths=paths,
        fail_on=Severity.named(str(fail_on)) if fail_on else settings.fail_on,
        min_confidence=Confidence.named(str(min_confidence)) if min_confidence else settings.min_confidence,
        select=texts(options["select"]) or settings.select,
        ignore=settings.ignore + texts(options["ignore"]),
        baseline=Path(str(options["baseline"])) if options["baseline"] else None,
        owner=whose(settings.root)[0],
        repository=whose(settings.root)[1],
        exit_zero=bool(options["exit_zero"]),
        require_inputs=bool(options["require_inputs"]),
        use_cache=not options["no_cache"],
    )


def _located(path: Path) -> Path:
    """The absolute path without symbolic links, save that a link to a file stands for itself."""
    named = Path(os.path.normpath(Path.cwd() / path))
    return named.resolve() if named.is_dir() else named.parent.resolve() / named.name


def _inside(path: Path, root: Path, *, must_exist: bool = True) -> str:
    """The path relative to the root, with forward slashes."""
    full = _located(path)
    if must_exist and not full.exists() and not full.is_symlink():
        msg = f"{path} does not exist"
        raise UsageError(msg)
    if not full.is_relative_to(root):
        msg = f"{path} is outside of {root}; scan one repository at a time"
        raise UsageError(msg)
    return full.relative_to(root).as_posix()


def whose(root: Path) -> tuple[str | None, str | None]:
    """Whose repository it is and what it is called, as GitHub's runner says or the work tree's remote."""
    from nhilint.history import name_of, owner_of

    owner, _, name = os.environ.get("GITHUB_REPOSITORY", "").partition("/")
    return owner or owner_of(root), name or name_of(root)


def texts(value: object) -> tuple[str, ...]:
    """The values of an option that may be repeated."""
    assert isinstance(value, tuple)
    return tuple(map(str, value))


def file_paths(value: object) -> tuple[Path, ...]:
    """The same as paths."""
    assert isinstance(value, tuple)
    return tuple(Path(str(path)) for path in value)
