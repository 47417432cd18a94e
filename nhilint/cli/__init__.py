"""The command line: the only place that prints or exits. Each command has a module, imported when it is used."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from nhilint import __version__
from nhilint.errors import NhilintError

COMMANDS = {
    "check": "check",
    "checks": "checks",
    "explain": "explain",
    "frameworks": "frameworks",
    "schema": "schema",
}
"""Command names and the modules of this package that hold them; each has a click command `command`."""

INTERNAL_ERROR, INTERRUPTED = 5, 130


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
    try:
        result = cli.main(arguments, prog_name="nhilint", standalone_mode=False)
        code = result if isinstance(result, int) else 0
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.Abort:
        code = INTERRUPTED
    except click.ClickException as error:
        error.show(sys.stderr)
        code = error.exit_code
    except NhilintError as error:
        click.echo(f"nhilint: {error}", err=True)
        code = error.exit_code
    except KeyboardInterrupt:
        click.echo("nhilint: interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left. Point stdout elsewhere so that the interpreter's last flush is quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 - the last resort: one line, no traceback, exit code 5
        _explain_internal(error)
        code = INTERNAL_ERROR
    return code


def _explain_internal(error: Exception) -> None:
    if os.environ.get("NHILINT_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    click.echo(
        f"nhilint: internal error: {type(error).__name__}: {error}\n"
        "This is a defect of nhilint. Run again with NHILINT_TRACEBACK=1 and report what it prints.",
        err=True,
    )
