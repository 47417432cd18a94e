"""`nhilint check`: scan, judge, write reports, exit with the gate's code."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint import discover
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
    run, context = _scan(settings, options, given, named_controls=any(name in _NAME_CONTROLS for name, _ in targets))
    for name, target in targets:
        _write(name, target, run, context)
    if not any(target == "-" for _, target in targets):
        click.echo(f"nhilint: {run.verdict.because}", err=True)
    if not run.counts.recognised:
        click.echo("nhilint: nothing in these files is of a kind that nhilint reads", err=True)
    return run.verdict.code


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
    return pairs


def _settings(options: dict[str, object]) -> tuple[Settings, dict[str, bytes]]:
    """The settings from options and configuration, and files whose bytes are given on standard input."""
    paths = [path for path in _paths(options["paths"]) if str(path) != "."] or []
    top = options["root"]
    start = Path(str(top)).resolve() if top else Path.cwd()
    root = start if top else discover.root_of(paths[0].resolve() if paths else start)
    given: dict[str, bytes] = {}
    relative = [_relative(path, root) for path in paths or [start]]
    if stdin_name := options["stdin_filename"]:
        name = _relative(Path(str(stdin_name)), root)
        given[name] = sys.stdin.buffer.read()
        relative = [name]
    from nhilint.config import load_config

    config_file = options["config_file"]
    settings = load_config(root, Path(str(config_file)) if config_file else None, datetime.now(UTC))
    return _override(settings, options, tuple(r for r in relative if r != ".")), given


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
        exit_zero=bool(options["exit_zero"]),
        require_inputs=bool(options["require_inputs"]),
        use_cache=not options["no_cache"],
    )


def _scan(
    settings: Settings, options: dict[str, object], given: dict[str, bytes], *, named_controls: bool
) -> tuple[Run, Context]:
    from nhilint.pipeline import scan
    from nhilint.policies import load_all_frameworks, load_policies, user_cache
    from nhilint.report import Context
    from nhilint.tree import DiskTree

    pack = load_policies(settings.policies, user_cache() if settings.use_cache else None)
    checks = pack.checks
    if settings.select or settings.ignore:
        from nhilint.settle.select import choose

        checks = choose(checks, settings.select, settings.ignore, load_all_frameworks(settings.policies))
    tree = DiskTree(settings.root, replaced=given)
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


def _write(name: str, target: str, run: Run, context: Context) -> None:
    from msgspec.structs import replace

    from nhilint.report import render

    text = render(name, run, context if target == "-" else replace(context, color=False))
    if target == "-":
        sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")
        return
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"cannot write {target}: {error.strerror}"
        raise UsageError(msg) from None


def _relative(path: Path, root: Path) -> str:
    full = Path(os.path.normpath(Path.cwd() / path))
    for base in (root, root.resolve()):
        if full.is_relative_to(base):
            if not full.exists() and not full.is_symlink():
                break
            return full.relative_to(base).as_posix()
    if full.exists():
        msg = f"{path} is outside of {root}; scan one repository at a time"
        raise UsageError(msg)
    msg = f"{path} does not exist"
    raise UsageError(msg)


def _text(data: object) -> str | None:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else None


def _repository_address() -> str:
    """Where the repository lives, as GitHub's runner says; empty elsewhere."""
    server, name = os.environ.get("GITHUB_SERVER_URL", ""), os.environ.get("GITHUB_REPOSITORY", "")
    return f"{server}/{name}" if server and name else ""


def _wants_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return tuple(map(str, value))


def _paths(value: object) -> tuple[Path, ...]:
    assert isinstance(value, tuple)
    return tuple(Path(str(path)) for path in value)
