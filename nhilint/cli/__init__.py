"""The command line: the only place that prints or exits. Each command has a module, imported when it is used."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from nhilint.errors import NhilintError
from nhilint.version import __version__

COMMANDS = {
    "check": "check",
    "diff": "diff",
    "checks": "checks",
    "explain": "explain",
    "frameworks": "frameworks",
    "baseline": "baseline",
    "waive": "waive",
    "init": "init",
    "schema": "schema",
}
"""Command names and the modules of this package that hold them; each has a click command `command`."""

UNUSABLE, INTERNAL_ERROR, INTERRUPTED = 2, 5, 130


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"nhilint.cli.{COMMANDS[cmd_name]}").command
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 passed, 1 gate failed, 2 could not start, 3 nothing recognised (with --require-inputs), "
    "4 incomplete, 5 internal error, 130 interrupted.",
)
@click.version_option(__version__, message="nhilint %(version)s")
def cli() -> None:
    """Lint what AI agents and other non-human identities may do, before it is merged.

    \b
    Examples:
      nhilint check                                     scan this repository
      nhilint check --format sarif --output out.sarif   write SARIF to a file
      nhilint explain ungated-agent                     why a check exists and how to mend a finding
    """


def run(arguments: list[str]) -> int:
    """Run the command line and give its exit code. Expected errors become one plain line."""
    _speak_unicode()
    code = _run(arguments)
    return max(code, write_out(""))


def write_out(text: str) -> int:
    """Write to standard output at once. The exit code that this calls for: 0, or 2 where it cannot be written.

    A reader that has left (`nhilint check | head`) is no error, and takes nothing from the verdict.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is left goes nowhere, so that the interpreter's own last flush is quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _say(f"cannot write standard output: {error.strerror}")
            return UNUSABLE
    return 0


def _run(arguments: list[str]) -> int:
    try:
        result = cli.main(arguments, prog_name="nhilint", standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show(sys.stderr)
        code = UNUSABLE
    except NhilintError as error:
        _say(str(error))
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        code = INTERRUPTED
    except BrokenPipeError:
        code = 0
    except Exception as error:  # noqa: BLE001 - the last resort: one line, no traceback, exit code 5
        _explain_internal(error)
        code = INTERNAL_ERROR
    return code


def _speak_unicode() -> None:
    """A file or a pipe gets UTF-8 whatever the platform's habit; a terminal what it can show, the rest spelled out."""
    out = sys.stdout
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding=None if out.isatty() else "utf-8", errors="backslashreplace")


def _say(text: str) -> None:
    """One plain line on standard error; file names and values in it are the scanned tree's to choose."""
    from nhilint.report.printable import printable

    click.echo(f"nhilint: {printable(text)}", err=True)


def _explain_internal(error: Exception) -> None:
    if os.environ.get("NHILINT_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    _say(f"internal error: {type(error).__name__}: {error}")
    _say("this is a defect; run again with NHILINT_TRACEBACK=1 and report what it prints")
