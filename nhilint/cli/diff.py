"""`nhilint diff`: what a change does to authority, in plain words."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint.cli import write_out
from nhilint.cli.asked import whose
from nhilint.cli.terminal import wants_color, width_of_line
from nhilint.report import DELTA_FORMATS

if TYPE_CHECKING:
    from nhilint.history.repository import Repository
    from nhilint.model.delta import ActorDelta

_USUAL_BASES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


@click.command("diff")
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--format", "form", type=click.Choice(DELTA_FORMATS), default="text", show_default=True)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The top of the repository; default is the one around the current folder.",
)
def command(base: str | None, head: str | None, form: str, root: Path | None) -> int:
    """Say what the change from BASE to HEAD lets whom do.

    BASE is where HEAD's history left it, by default the main branch; HEAD is the work tree unless it is named. Nothing
    is judged and no configuration is needed: the exit code is 0 whatever is found.

    \b
    Examples:
      nhilint diff                       this branch, with what is not committed yet
      nhilint diff main feature          a branch that is not checked out
      nhilint diff HEAD~1 HEAD --format markdown
    """
    from nhilint.discover import root_of
    from nhilint.history.repository import Repository

    top = (root or root_of(Path.cwd())).resolve()
    with Repository(top) as repository:
        newer = repository.commit(head) if head else repository.commit("HEAD")
        older = repository.base_of(repository.commit(base or _usual_base(repository)), newer)
        deltas = _deltas(repository, top, older, newer if head else None)
    return write_out(_rendered(deltas, form, older, newer if head else ""))


def _usual_base(repository: Repository) -> str:
    """The main branch under one of its usual names."""
    from nhilint.errors import UsageError

    for name in _USUAL_BASES:
        if repository.has(name):
            return name
    raise UsageError("name the revision to compare with: nhilint diff BASE; no main branch was found here")


def _deltas(repository: Repository, root: Path, older: str, newer: str | None) -> tuple[ActorDelta, ...]:
    from nhilint.change import Before
    from nhilint.config import FILE, load_config_of
    from nhilint.pipeline import delta_of, settle
    from nhilint.tree import DiskTree

    tree = repository.tree(newer) if newer is not None else DiskTree(root)
    then = repository.tree(older)
    settings, packs = load_config_of(then, root, FILE, datetime.now(UTC))
    from msgspec.structs import replace

    owner, name = whose(root)
    settings = replace(settings, owner=owner, repository=name)
    changes = repository.changes(older, newer)
    before = Before(tree=then, changes=changes, name=older, commit=older, packs=packs)
    return delta_of(settle(tree, settings, (), before=before), settings, before)


def _rendered(deltas: tuple[ActorDelta, ...], form: str, base: str, head: str) -> str:
    from nhilint.report import delta
    from nhilint.report.paint import Paint

    if form == "json":
        return delta.json(deltas, base, head)
    if form == "markdown":
        return delta.markdown(deltas)
    return delta.text(deltas, Paint(wants_color(sys.stdout)), width_of_line())
