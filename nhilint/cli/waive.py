"""`nhilint waive`: write an exception that is complete, narrow and ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint.errors import UsageError

if TYPE_CHECKING:
    from nhilint.catalogue.check import Check

_USUAL_DAYS = 30
_KEYS = ("check", "path", "subject", "fingerprint", "reason", "approver", "expires", "ticket")


@click.command("waive")
@click.argument("check_id", metavar="CHECK")
@click.option(
    "--path", "glob", default="", help="The files it holds for: a path, or a glob in which * crosses folders."
)
@click.option("--subject", default="", help="The agent, tool, role … that it holds for, by name.")
@click.option("--fingerprint", default="", help="One finding, by its fingerprint in the JSON report.")
@click.option("--reason", required=True, help="Why the finding is accepted for now.")
@click.option("--approver", required=True, help="Who answers for it: @handle, @team or an address.")
@click.option(
    "--expires", default="", metavar="DATE", help=f"Its last day; {_USUAL_DAYS} days from now when not given."
)
@click.option("--ticket", default="", help="Where it is discussed.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The top of the tree; default is the git work tree around the current folder.",
)
def command(root: Path | None, **said: str) -> None:
    """Add a waiver to .nhilint/waivers.yaml; what stands there stays, comments included.

    \b
    Example:
      nhilint waive unpinned-mcp-server --path .mcp.json --reason "pinned by the image" \\
        --approver @octo-org/security --expires 2027-01-31
    """
    from nhilint.config import load_config
    from nhilint.discover import root_of
    from nhilint.policies import load_policies, user_cache
    from nhilint.settle.waiver_file import FILE, read_waivers

    top = (root or root_of(Path.cwd())).resolve()
    settings = load_config(top, None, datetime.now(UTC))
    check = load_policies(settings.policies, user_cache()).find(said["check_id"])
    entry = _entry(said, check, settings.today, settings.waiver_days)
    path = top / FILE
    if path.is_symlink() or path.parent.is_symlink():
        msg = f"{FILE} is behind a symbolic link; it is not followed"
        raise UsageError(msg)
    text = path.read_text("utf-8") if path.exists() else "waivers: []\n"
    read_waivers(text.encode())  # a file that cannot be read is said, not overwritten
    path.parent.mkdir(exist_ok=True)
    path.write_text(_with(text, entry), encoding="utf-8")
    click.echo(f"added to {FILE}: {entry['check']} until {entry['expires']}, signed by {entry['approver']}")


def _entry(said: dict[str, str], check: Check | None, today: date, most_days: int) -> dict[str, str]:
    """The waiver to write; UsageError for one that would have no effect."""
    from nhilint.model.place import Place
    from nhilint.settle.waiver import Waiver

    if check is None:
        msg = f"there is no check {said['check_id']!r}; 'nhilint checks list' shows them all"
        raise UsageError(msg)
    if not check.waivable:
        msg = f"{check.id} allows no exceptions"
        raise UsageError(msg)
    expires = said["expires"] or (today + timedelta(days=min(_USUAL_DAYS, most_days))).isoformat()
    waiver = Waiver(
        check=check.id,
        path=said["glob"],
        subject=said["subject"],
        fingerprint=said["fingerprint"],
        reason=said["reason"],
        approver=said["approver"],
        expires=expires,
        ticket=said["ticket"],
        at=Place(""),
    )
    if waiver.matches_everything:
        raise UsageError("say what it is for: --path, --subject or --fingerprint; a bare wildcard is not enough")
    end = waiver.end
    if end is None:
        msg = f"--expires {expires!r} is no date; write it as 2027-01-31"
        raise UsageError(msg)
    if not today <= end <= today + timedelta(days=most_days):
        latest = (today + timedelta(days=most_days)).isoformat()
        msg = f"--expires {expires} must lie between today and {latest} (waivers.max_days: {most_days})"
        raise UsageError(msg)
    if waiver.missing:
        msg = f"a waiver needs a {' and a '.join(waiver.missing)}; a bot cannot be the approver"
        raise UsageError(msg)
    return {key: str(getattr(waiver, key)) for key in _KEYS if getattr(waiver, key)}


def _with(text: str, entry: dict[str, str]) -> str:
    """The file with one entry more, everything else as it was written."""
    from ruamel.yaml import YAML
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 10_000
    yaml.preserve_quotes = True
    value = yaml.load(text) or {"waivers": []}
    quoted = {k: DoubleQuotedScalarString(v) if v[:1] in "@*&!%`" else v for k, v in entry.items()}
    if not value.get("waivers"):
        value["waivers"] = []
    value["waivers"].append(quoted)
    out = StringIO()
    yaml.dump(value, out)
    return out.getvalue()
