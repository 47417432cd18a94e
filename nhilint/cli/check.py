"""`nhilint check`: scan, judge, write reports, exit with the gate's code."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint import discover
from nhilint.cli import write_out
from nhilint.cli.asked import Asked, texts, what_is_asked
from nhilint.cli.terminal import wants_color, width_of_line
from nhilint.errors import UsageError
from nhilint.model.finding import Confidence, Severity
from nhilint.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.run import Run
    from nhilint.report import Context

_SEVERITIES = [severity.word for severity in Severity]
_CONFIDENCES = [confidence.word for confidence in Confidence]
_NAME_CONTROLS = frozenset({"sarif"})
"""Formats that print titles of controls; the others are spared reading the frameworks."""
_SLOW_FILES = 5_000


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    help="text (default), json, sarif, github, markdown, comment (of a pull request), gitlab (Code Quality), "
    "gitlab-sast or junit; repeatable.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE|FMT=FILE",
    help="Where the format before it goes (- for standard output); FMT=FILE names both. Repeatable.",
)
@click.option("--fail-on", type=click.Choice(_SEVERITIES), help="Lowest severity that fails the gate (default: high).")
@click.option("--min-confidence", type=click.Choice(_CONFIDENCES), help="Lowest confidence shown (default: medium).")
@click.option("--select", multiple=True, metavar="ID", help="Only these checks: ids, globs or framework/control.")
@click.option("--ignore", multiple=True, metavar="ID", help="Not these checks.")
@click.option(
    "--policies",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further policy folder.",
)
@click.option(
    "--root",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The top of the tree; default is the git work tree around the first path.",
)
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Instead of .nhilint/config.yaml.")
@click.option("--since", metavar="REV", help="Judge only what was introduced since the work tree's history left REV.")
@click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead of .nhilint/baseline.json.",
)
@click.option("--author", metavar="NAME", help="Who made the change, to tell a waiver that its author signs.")
@click.option("--stdin-filename", metavar="PATH", help="Read standard input as the content of that file.")
@click.option("--require-inputs", is_flag=True, help="Fail with code 3 when nothing is recognised.")
@click.option("--show-suppressed", is_flag=True, help="Also print hidden, waived and baselined findings.")
@click.option("-v", "--show-undecided", is_flag=True, help="Also print conditions that met an unknown value.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the user's cache folder.")
@click.option("--exit-zero", is_flag=True, help="Findings never fail the run; an incomplete scan still does.")
def command(**options: object) -> int:
    """Scan PATHS (default: this repository) and fail when a finding is bad enough.

    \b
    Examples:
      nhilint check
      nhilint check --format sarif --output out.sarif .
      nhilint check --output sarif=out.sarif --output text=- agents/
      nhilint check --select 'owasp-nhi-2025/NHI2:2025' --fail-on medium
      nhilint check --since origin/main
    """
    return _check(options)


def _check(options: dict[str, object]) -> int:
    targets = pair_outputs(texts(options["formats"]), texts(options["outputs"]))
    with ExitStack() as stack:
        asked = what_is_asked(options, stack)
        for _, target in targets:
            _refuse_unusable(target, discover.root_of(asked.settings.root))
        named = any(name in _NAME_CONTROLS for name, _ in targets)
        run, context = _scan(asked, options, named_controls=named)
    code = max([run.verdict.code, *(_write(name, target, run, context) for name, target in targets)])
    if not any(target == "-" for _, target in targets):
        click.echo(f"nhilint: {run.verdict.because}", err=True)
    if not run.counts.recognised:
        click.echo("nhilint: nothing in these files is of a kind that nhilint reads", err=True)
    return code


def pair_outputs(formats: Sequence[str], outputs: Sequence[str]) -> list[tuple[str, str]]:
    """Formats with their targets: `FMT=FILE` names both, others pair by position, the rest goes to standard output."""
    named = [output.split("=", 1) for output in outputs if output.split("=", 1)[0] in FORMATS and "=" in output]
    plain = [output for output in outputs if output.split("=", 1)[0] not in FORMATS or "=" not in output]
    if len(plain) > max(len(formats), 1 if not named else 0):
        msg = f"--output {plain[-1]} has no --format before it; write --output FMT={plain[-1]}"
        raise UsageError(msg)
    wanted = list(formats) or ([] if named and not plain else ["text"])
    for name in wanted:
        if name not in FORMATS:
            msg = f"unknown format {name!r}; expected one of {', '.join(FORMATS)}"
            raise UsageError(msg)
    pairs = [(name, plain[index] if index < len(plain) else "-") for index, name in enumerate(wanted)]
    pairs.extend((name, target) for name, target in named)
    if sum(target == "-" for _, target in pairs) > 1:
        msg = "two formats cannot both go to standard output; give one of them --output FMT=FILE"
        raise UsageError(msg)
    files = [target for _, target in pairs]
    twice = next((target for target in files if files.count(target) > 1), None)
    if twice is not None:
        msg = f"two formats cannot both go to {twice}"
        raise UsageError(msg)
    return pairs


def _scan(asked: Asked, options: dict[str, object], *, named_controls: bool) -> tuple[Run, Context]:
    from nhilint.pipeline import scan
    from nhilint.policies import configured, load_all_frameworks, load_policies, user_cache
    from nhilint.report import Context
    from nhilint.tree import DiskTree

    pack = load_policies(asked.settings.policies, user_cache() if asked.settings.use_cache else None)
    checks, settings = configured(pack, asked.settings)
    left_out = sum(check.status != "deprecated" for check in pack.checks) - len(checks)
    if left_out > 0:
        click.echo(f"nhilint: options or configuration leave out {left_out} of {len(pack.checks)} checks", err=True)
    tree = DiskTree(settings.root, named=settings.paths, replaced=asked.given)
    if len(tree.paths()) > _SLOW_FILES and sys.stderr.isatty():
        click.echo(f"nhilint: looking at {len(tree.paths())} files …", err=True)
    run = scan(tree, settings, checks, known=pack.checks, before=asked.before)
    context = Context(
        pack=pack,
        frameworks=load_all_frameworks(settings.policies) if named_controls else None,
        lines=lambda path: _text(tree.read(path)),
        repository=_repository_address(),
        color=wants_color(sys.stdout),
        width=width_of_line(),
        show_suppressed=bool(options["show_suppressed"]),
        show_undecided=bool(options["show_undecided"]),
    )
    return run, context


def _write(name: str, target: str, run: Run, context: Context) -> int:
    """Write one report; the exit code that this alone calls for."""
    from msgspec.structs import replace

    from nhilint.report import render

    text = render(name, run, context if target == "-" else replace(context, color=False))
    if target == "-":
        return write_out(text if text.endswith("\n") or not text else text + "\n")
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"cannot write {target}: {error.strerror}"
        raise UsageError(msg) from None
    return 0


def _refuse_unusable(target: str, root: Path) -> None:
    """Refuse a report's target before the scan: a link in the scanned tree could have any file overwritten."""
    if target == "-":
        return
    named = Path(os.path.normpath(Path.cwd() / target))
    if named.is_relative_to(root) and named.resolve() != named:
        msg = f"cannot write {target}: a symbolic link of the scanned tree is on the way"
        raise UsageError(msg)
    if not named.parent.is_dir():
        msg = f"cannot write {target}: there is no folder {named.parent}"
        raise UsageError(msg)


def _text(data: object) -> str | None:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else None


def _repository_address() -> str:
    """Where the repository lives, as GitHub's runner says; empty elsewhere."""
    server, name = os.environ.get("GITHUB_SERVER_URL", ""), os.environ.get("GITHUB_REPOSITORY", "")
    return f"{server}/{name}" if server and name else ""
