"""`nhilint.scan`: one call for programs that want the Run instead of a report."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.config import load_config
from nhilint.errors import UsageError
from nhilint.history import name_of, owner_of
from nhilint.pipeline import scan as scan_tree
from nhilint.policies import configured, load_policies
from nhilint.tree import DiskTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.change import Before
    from nhilint.model.run import Run
    from nhilint.settings import Settings


def scan(
    root: str | Path,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    policies: Sequence[str | Path] = (),
    since: str = "",
    author: str = "",
    now: datetime | None = None,
) -> Run:
    """Scan the folder `root` with its own configuration and the built-in checks, and give the Run.

    `select` and `ignore` hold check ids, globs or `framework/control`; `policies` further policy folders. With `since`,
    a revision, only what was introduced since the history left it is judged, by the configuration of that state;
    `author` is who made the change. Nothing is printed and no cache is written. Raises NhilintError for what
    `nhilint check` ends with code 2.
    """
    top = Path(root).resolve()
    if not top.is_dir():
        msg = f"{root} is not a folder"
        raise UsageError(msg)
    moment = now or datetime.now(UTC)
    further = tuple(map(Path, policies))
    with ExitStack() as stack:
        if since:
            from nhilint.since import open_change

            opened = open_change(stack, top, since, moment, None, further, author)
            return _scanned(opened.settings, tuple(select), tuple(ignore), opened.before)
        settings = load_config(top, None, moment)
        settings = replace(settings, policies=(*settings.policies, *further))
        return _scanned(settings, tuple(select), tuple(ignore), None)


def _scanned(settings: Settings, select: tuple[str, ...], ignore: tuple[str, ...], before: Before | None) -> Run:
    pack = load_policies(settings.policies)
    wanted, unwanted = select or settings.select, (*settings.ignore, *ignore)
    owner, repository = owner_of(settings.root), name_of(settings.root)
    settings = replace(settings, owner=owner, repository=repository, select=wanted, ignore=unwanted)
    checks, settings = configured(pack, settings)
    return scan_tree(DiskTree(settings.root), settings, checks, known=pack.checks, before=before)
