"""`nhilint check`: scan, judge, write reports, exit with the gate's code."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint import discover
from nhilint.cli import write_out
from nhilint.errors import UsageError
from nhilint.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.run import Run
    from nhilint.report import Context
    from nhilint.settings import Settings

_FORMATS = ("text", "json", "sarif", "github", "markdown")
_SEVERITIES = [severity.word for severity in Severity]
_CONFIDENCES = [confidence.word for confidence in Confidence]
_NAME_CONTROLS = frozenset({"sarif"})
"""Formats that print titles of controls; the others are spared reading the frameworks."""
_SLOW_FILES = 5_000
_USUAL_WIDTH = 100


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "formats", multiple=True, help="text (default), json, sarif, github or markdown; repeatable.")
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
    """
    return _check(options)


def _check(options: dict[str, object]) -> int:
    targets = pair_outputs(_texts(options["formats"]), _texts(options["outputs"]))
    settings, given = _settings(options)
    for _, target in targets:
        _refuse_unusable(target, discover.root_of(settings.root))
    run, context = _scan(settings, options, given, named_controls=any(name in _NAME_CONTROLS for name, _ in targets))
    code = max([run.verdict.code, *(_write(name, target, run, context) for name, target in targets)])
    if not any(target == "-" for _, target in targets):
        click.echo(f"nhilint: {run.verdict.because}", err=True)
    if not run.counts.recognised:
        click.echo("nhilint: nothing in these files is of a kind that nhilint reads", err=True)
    return code


def pair_outputs(formats: Sequence[str], outputs: Sequence[str]) -> list[tuple[str, str]]:
    """Formats with their targets: `FMT=FILE` names both, others pair by position, the rest goes to standard output."""
    named = [output.split("=", 1) for output in outputs if output.split("=", 1)[0] in _FORMATS and "=" in output]
    plain = [output for output in outputs if output.split("=", 1)[0] not in _FORMATS or "=" not in output]
    if len(plain) > max(len(formats), 1 if not named else 0):
        msg = f"--output {plain[-1]} has no --format before it; write --output FMT={plain[-1]}"
        raise UsageError(msg)
    wanted = list(formats) or ([] if named and not plain else ["text"])
    for name in wanted:
        if name not in _FORMATS:
            msg = f"unknown format {name!r}; expected one of {', '.join(_FORMATS)}"
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


def _settings(options: dict[str, object]) -> tuple[Settings, dict[str, bytes]]:
    """The settings from options and configuration, and files whose bytes are given on standard input."""
    named = _paths(options["paths"])
    top = options["root"]
    root = _located(Path(str(top))) if top else discover.root_of(_located(named[0]) if named else Path.cwd())
    paths = [_inside(path, root) for path in named]
    given: dict[str, bytes] = {}
    if stdin_name := options["stdin_filename"]:
        if named:
            raise UsageError("--stdin-filename names the one file to look at; leave the paths out")
        paths = [_inside(Path(str(stdin_name)), root, must_exist=False)]
        given = {paths[0]: sys.stdin.buffer.read()}
    from nhilint.config import load_config

    config_file = options["config_file"]
    settings = load_config(root, Path(str(config_file)) if config_file else None, datetime.now(UTC))
    return _override(settings, options, tuple(paths) if "." not in paths else ()), given


def _override(settings: Settings, options: dict[str, object], paths: tuple[str, ...]) -> Settings:
    """The command line outranks the configuration."""
    from msgspec.structs import replace

    fail_on, min_confidence = options["fail_on"], options["min_confidence"]
    return replace(
        settings,
        paths=paths,
        fail_on=Severity.named(str(fail_on)) if fail_on else settings.fail_on,
        min_confidence=Confidence.named(str(min_confidence)) if min_confidence else settings.min_confidence,
        select=_texts(options["select"]) or settings.select,
        ignore=settings.ignore + _texts(options["ignore"]),
        policies=settings.policies + _paths(options["policies"]),
        owner=_owner(settings.root),
        exit_zero=bool(options["exit_zero"]),
        require_inputs=bool(options["require_inputs"]),
        use_cache=not options["no_cache"],
    )


def _scan(
    settings: Settings, options: dict[str, object], given: dict[str, bytes], *, named_controls: bool
) -> tuple[Run, Context]:
    from msgspec.structs import replace

    from nhilint.pipeline import scan
    from nhilint.policies import load_all_frameworks, load_policies, user_cache
    from nhilint.report import Context
    from nhilint.settle.select import by_known_id, choose
    from nhilint.tree import DiskTree

    pack = load_policies(settings.policies, user_cache() if settings.use_cache else None)
    checks = choose(pack.checks, settings.select, settings.ignore, lambda: load_all_frameworks(settings.policies))
    settings = replace(settings, severity=by_known_id(pack.checks, settings.severity))
    left_out = sum(check.status != "deprecated" for check in pack.checks) - len(checks)
    if left_out > 0:
        click.echo(f"nhilint: options or configuration leave out {left_out} of {len(pack.checks)} checks", err=True)
    tree = DiskTree(settings.root, named=settings.paths, replaced=given)
    if len(tree.paths()) > _SLOW_FILES and sys.stderr.isatty():
        click.echo(f"nhilint: looking at {len(tree.paths())} files …", err=True)
    run = scan(tree, settings, checks)
    context = Context(
        pack=pack,
        frameworks=load_all_frameworks(settings.policies) if named_controls else None,
        lines=lambda path: _text(tree.read(path)),
        repository=_repository_address(),
        color=_wants_color(),
        width=_width(),
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


def _text(data: object) -> str | None:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else None


def _owner(root: Path) -> str | None:
    """Whose repository it is, as GitHub's runner says or the work tree's remote."""
    from nhilint.history import owner_of

    return os.environ.get("GITHUB_REPOSITORY", "").partition("/")[0] or owner_of(root)


def _repository_address() -> str:
    """Where the repository lives, as GitHub's runner says; empty elsewhere."""
    server, name = os.environ.get("GITHUB_SERVER_URL", ""), os.environ.get("GITHUB_REPOSITORY", "")
    return f"{server}/{name}" if server and name else ""


def _wants_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    """The cells of a line: what COLUMNS says, else the terminal, else 100. As in shutil, whose import is not free."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL_WIDTH
    except (OSError, ValueError):
        return _USUAL_WIDTH


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return tuple(map(str, value))


def _paths(value: object) -> tuple[Path, ...]:
    assert isinstance(value, tuple)
    return tuple(Path(str(path)) for path in value)
