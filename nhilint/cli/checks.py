"""`nhilint checks`: list the checks, start a new one, run the examples inside them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint.errors import UsageError

if TYPE_CHECKING:
    from nhilint.catalogue.check import Check, Pack


@click.group("checks")
def command() -> None:
    """List, start and test checks: the built-in ones and those of your own policy folders."""


@command.command("list")
@click.option(
    "--policies",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further policy folder.",
)
@click.option("--select", multiple=True, metavar="ID", help="Only these: ids, globs or framework/control.")
def list_checks(policies: tuple[Path, ...], select: tuple[str, ...]) -> None:
    """Print every check with its severity, confidence and title."""
    from nhilint.policies import load_all_frameworks, load_policies, user_cache
    from nhilint.settle.select import choose

    checks = load_policies(policies, user_cache()).checks
    if select:
        checks = choose(checks, select, (), lambda: load_all_frameworks(policies))
    widest = max((len(check.id) for check in checks), default=0)
    topic = ""
    for check in sorted(checks, key=lambda c: (c.topic, -c.severity, c.id)):
        if check.topic != topic:
            topic = check.topic
            click.echo(f"\n{topic}")
        click.echo(f"  {check.id:<{widest}}  {check.severity.word:<8}  {check.confidence.word:<6}  {check.title}")
    click.echo(f"\n{len(checks)} checks")


@command.command("test")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", default="*", metavar="GLOB", help="Only checks whose id matches.")
def test_checks(folder: Path | None, only: str) -> int:
    """Run the examples inside the checks of FOLDER (default: the built-in ones).

    Every example must say what the check says, at the places it states, and every clause of every check must be needed
    by one of them.
    """
    from nhilint.catalogue.load import check_files, load_examples
    from nhilint.policies import builtin_folder, compile_policies
    from nhilint.testing import idle_clauses, mistakes

    own = (folder or builtin_folder()).resolve()
    pack = compile_policies((builtin_folder(), own) if folder else (builtin_folder(),))
    examples_run = wrong = 0
    for path in check_files(own):
        if not fnmatchcase(path.stem, only):
            continue
        check = _of_file(pack, path)
        examples = load_examples(path, own)
        said = [f"{e.name}: {m}" for e in examples for m in mistakes(check, e, pack)]
        said += [f"no example needs the clause: {clause}" for clause in idle_clauses(check, examples, pack)]
        examples_run += len(examples)
        wrong += len(said)
        for line in said:
            click.echo(f"{path.relative_to(own)}: {line}")
    if not examples_run:
        msg = f"no check below {own} matches {only!r}"
        raise UsageError(msg)
    click.echo(f"{examples_run} examples, {wrong} mistakes")
    return 1 if wrong else 0


@command.command("new")
@click.argument("check_id", metavar="ID")
@click.option("--folder", default=Path(), type=click.Path(file_okay=False, path_type=Path), help="The policy folder.")
@click.option("--topic", default="custom", show_default=True, help="The folder below checks/.")
@click.option("--subject", default="tool", show_default=True, help="The kind of thing the check judges.")
def new_check(check_id: str, folder: Path, topic: str, subject: str) -> None:
    """Write the skeleton of a check: one file, ready to be filled in."""
    import re

    from nhilint.catalogue.skeleton import skeleton
    from nhilint.model.vocabulary import KINDS

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", check_id):
        msg = f"{check_id!r} is no id: write words in lower case joined by hyphens, such as unpinned-mcp-server"
        raise UsageError(msg)
    if subject not in KINDS:
        msg = f"unknown subject {subject!r}; expected one of {', '.join(KINDS)}"
        raise UsageError(msg)
    path = folder / "checks" / topic / f"{check_id}.yaml"
    if path.exists():
        msg = f"{path} is already there"
        raise UsageError(msg)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(skeleton(check_id, subject), encoding="utf-8")
    click.echo(f"wrote {path}\nfill it in, then run: nhilint checks test {folder}")


def _of_file(pack: Pack, path: Path) -> Check:
    check = pack.find(path.stem)
    assert check is not None
    return check
