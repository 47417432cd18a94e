"""`nhilint explain`: the page of one check."""

from __future__ import annotations

from pathlib import Path

import click

from nhilint.errors import UsageError


@click.command("explain")
@click.argument("check_id", metavar="CHECK")
@click.option(
    "--policies",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further policy folder.",
)
def command(check_id: str, policies: tuple[Path, ...]) -> None:
    """Print why CHECK exists, what it finds, an example before and after, and how to mend a finding.

    \b
    Example:
      nhilint explain unpinned-mcp-server
    """
    from nhilint.catalogue.load import load_examples
    from nhilint.policies import builtin_folder, check_file, load_all_frameworks, load_policies, user_cache
    from nhilint.report.page import check_page

    pack = load_policies(policies, user_cache())
    check = pack.find(check_id)
    if check is None:
        raise UsageError(_unknown(check_id, [known.id for known in pack.checks]))
    folder, path = check_file(check, (builtin_folder(), *policies))
    click.echo(check_page(check, load_examples(path, folder), load_all_frameworks(policies)))


def _unknown(check_id: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(check_id, known, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "'nhilint checks list' shows them all"
    return f"there is no check {check_id!r}; {hint}"
