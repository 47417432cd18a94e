"""`nhilint.scan`: one call for programs that want the Run instead of a report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.config import load_config
from nhilint.errors import UsageError
from nhilint.history import owner_of
from nhilint.pipeline import scan as scan_tree
from nhilint.policies import load_all_frameworks, load_policies
from nhilint.settle.select import choose
from nhilint.tree import DiskTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.run import Run


def scan(
    root: str | Path,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    policies: Sequence[str | Path] = (),
    now: datetime | None = None,
) -> Run:
    """Scan the folder `root` with its own configuration and the built-in checks, and give the Run.

    `select` and `ignore` hold check ids, globs or `framework/control`; `policies` further policy folders. Nothing is
    printed and no cache is written. Raises NhilintError for what `nhilint check` ends with code 2.
    """
    top = Path(root).resolve()
    if not top.is_dir():
        msg = f"{root} is not a folder"
        raise UsageError(msg)
    settings = load_config(top, None, now or datetime.now(UTC))
    folders = (*settings.policies, *map(Path, policies))
    pack = load_policies(folders)
    wanted = tuple(select) or settings.select
    checks = choose(pack.checks, wanted, (*settings.ignore, *ignore), lambda: load_all_frameworks(folders))
    settings = replace(settings, owner=owner_of(top))
    return scan_tree(DiskTree(top), settings, checks)
