"""`nhilint baseline`: keep the findings that a repository already has, and let them become fewer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint.errors import UsageError

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.run import Run
    from nhilint.settle.baseline import Entry

_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The top of the tree; default is the git work tree around the current folder.",
)


@click.group("baseline")
def command() -> None:
    """Keep the findings that are there today out of the verdict, so that only new ones fail.

    The file is .nhilint/baseline.json. It is keyed on what is found and where in the structure of a file, not on lines.
    """


@command.command("write")
@click.option("--grow", is_flag=True, help="Take in findings that an existing baseline does not have.")
@_ROOT
def write(grow: bool, root: Path | None) -> None:  # noqa: FBT001 - the signature is click's
    """Write the baseline. One that exists only loses what is mended, unless --grow is given.

    \b
    Example:
      nhilint baseline write
    """
    top, run = _scanned(root)
    from nhilint.model.finding import Disposition
    from nhilint.report.words import counted
    from nhilint.settle.said_twice import each_place

    known = [f for f in run.findings if f.disposition is Disposition.BASELINED]
    new = [f for f in each_place(run.findings) if f.disposition is Disposition.ACTIVE and not _about_the_gate(f)]
    exists = _file(top).exists()
    taken = (*known, *new) if grow or not exists else tuple(known)
    entries = _entries(taken, run)
    _store(top, entries)
    click.echo(f"wrote {_shown()}: {counted(sum(entry.count for entry in entries), 'finding')}")
    if exists and not grow and new:
        click.echo(
            f"{counted(len(new), 'finding')} not in it stay as they are; 'nhilint baseline write --grow' takes them"
        )


@command.command("prune")
@_ROOT
def prune(root: Path | None) -> None:
    """Drop the entries that cover nothing any more.

    \b
    Example:
      nhilint baseline prune
    """
    top, run = _scanned(root)
    if not _file(top).exists():
        msg = f"there is no {_shown()} to prune"
        raise UsageError(msg)
    from nhilint.model.finding import Disposition

    entries = _entries([f for f in run.findings if f.disposition is Disposition.BASELINED], run)
    _store(top, entries)
    gone = run.stale_baseline
    click.echo(f"dropped {gone} {'entry' if gone == 1 else 'entries'}, {sum(e.count for e in entries)} left")


def _scanned(root: Path | None) -> tuple[Path, Run]:
    from nhilint.api import scan
    from nhilint.discover import root_of

    top = (root or root_of(Path.cwd())).resolve()
    if _file(top).is_symlink() or _file(top).parent.is_symlink():
        msg = f"{_shown()} is behind a symbolic link; it is not followed"
        raise UsageError(msg)
    run = scan(top)
    if any(problem.incomplete for problem in run.problems):
        msg = f"the scan was not complete, so this would be a baseline with holes: {run.verdict.because}"
        raise UsageError(msg)
    return top, run


def _entries(findings: tuple[Finding, ...] | list[Finding], run: Run) -> tuple[Entry, ...]:
    from nhilint.settle.baseline import entries_of

    def content(finding: Finding) -> tuple[str, str]:
        located = run.locate(finding.place)
        return located.pointer, located.content

    return entries_of(findings, content)


def _about_the_gate(finding: Finding) -> bool:
    from nhilint.state import ABOUT_THE_GATE

    return finding.subject.kind in ABOUT_THE_GATE


def _store(top: Path, entries: tuple[Entry, ...]) -> None:
    from nhilint.settle.baseline import write_baseline

    path = _file(top)
    path.parent.mkdir(exist_ok=True)
    path.write_text(write_baseline(entries), encoding="utf-8")


def _file(top: Path) -> Path:
    return top / _shown()


def _shown() -> str:
    from nhilint.settle.baseline import FILE

    return FILE
