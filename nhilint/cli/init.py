"""`nhilint init`: show what a repository needs to be guarded, and write it when somebody agrees."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

import click

from nhilint.errors import UsageError
from nhilint.onboarding import Plan, planned

_ACTION = "OWNER/nhilint@COMMIT"


@click.command("init")
@click.option("--yes", is_flag=True, help="Write without a question.")
@click.option("--owner", default="", metavar="@TEAM", help="Who must agree to changes of the gate, for CODEOWNERS.")
@click.option("--action", default=_ACTION, show_default=True, help="The action and the commit that the workflow uses.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The top of the repository; default is the one around the current folder.",
)
def command(yes: bool, owner: str, action: str, root: Path | None) -> int:  # noqa: FBT001 - the signature is click's
    """Set up configuration, workflow, pre-commit hook and the code owners of the gate.

    Shows every change first. Nothing is written without a yes, and nothing that is there is replaced.

    \b
    Examples:
      nhilint init
      nhilint init --owner @octo-org/security --yes
    """
    from nhilint.discover import root_of

    top = (root or root_of(Path.cwd())).resolve()
    plan = planned(top, owner, action)
    for line in _shown(plan):
        click.echo(line)
    if not plan.files:
        return 0
    if not yes and not (sys.stdin.isatty() and click.confirm(f"Write {len(plan.files)} files?")):
        click.echo("nothing was written" + ("" if sys.stdin.isatty() else "; run again with --yes"))
        return 0
    for name, text in plan.files.items():
        path = top / name
        if path.is_symlink() or not path.parent.resolve().is_relative_to(top):
            msg = f"{name} is behind a symbolic link; it is not followed"
            raise UsageError(msg)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    click.echo(f"wrote {', '.join(plan.files)}")
    click.echo("next: nhilint check, and where it finds old debts: nhilint baseline write")
    return 0


def _shown(plan: Plan) -> list[str]:
    """The changes as a diff, then what is left to people."""
    lines: list[str] = []
    for name, text in plan.files.items():
        before = plan.before.get(name, "")
        old = f"a/{name}" if before else "/dev/null"
        lines += [*unified_diff(before.splitlines(), text.splitlines(), old, f"b/{name}", lineterm=""), ""]
    return [*lines, *(f"note: {note}" for note in plan.notes)]
