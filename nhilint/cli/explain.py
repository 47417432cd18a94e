"""`nhilint explain`: the page of one check, or of one OAuth scope."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhilint.errors import UsageError

if TYPE_CHECKING:
    from nhilint.knowledge.scopes import Scope


@click.command("explain")
@click.argument("name", metavar="CHECK|SCOPE")
@click.option(
    "--policies",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further policy folder.",
)
@click.option("--provider", help="Whose scope SCOPE is; without it, every provider that has one of this name.")
def command(name: str, policies: tuple[Path, ...], provider: str | None) -> None:
    """Print why CHECK exists, what it finds and how to mend it; or what SCOPE allows, how grave that is and what would
    give less.

    \b
    Examples:
      nhilint explain unpinned-mcp-server
      nhilint explain https://www.googleapis.com/auth/drive
      nhilint explain --provider slack search:read
    """
    if provider is None:
        from nhilint.catalogue.load import load_examples
        from nhilint.policies import builtin_folder, check_file, load_all_frameworks, load_policies, user_cache
        from nhilint.report.page import check_page

        pack = load_policies(policies, user_cache())
        check = pack.find(name)
        if check is not None:
            folder, path = check_file(check, (builtin_folder(), *policies))
            click.echo(check_page(check, load_examples(path, folder), load_all_frameworks(policies)))
            return
        known = [check.id for check in pack.checks]
    else:
        known = []
    scopes = _scopes(name, provider)
    if not scopes:
        raise UsageError(_unknown(name, known, provider))
    click.echo("\n".join(map(_page, scopes)))


def _scopes(name: str, provider: str | None) -> tuple[Scope, ...]:
    """The scopes of a name, or of several between blanks and commas, where each is one."""
    plain = _plain(name)
    found = _of_one(plain, provider)
    if found:
        return found
    several = [_of_one(_plain(part), provider) for part in plain.replace(",", " ").split()]
    return tuple(scope for scopes in several for scope in scopes) if all(several) else ()


def _of_one(name: str, provider: str | None) -> tuple[Scope, ...]:
    """The scopes of one name; of a provider that is named, here or in it, also one that is judged by its parts."""
    from nhilint.knowledge.scopes import find_everywhere, judged_by_name, look_up

    inferred = judged_by_name(name) if provider is None else look_up(provider, name)
    found = find_everywhere(name) if provider is None else ()
    return found or ((inferred,) if inferred is not None else ())


def _plain(name: str) -> str:
    """A scope without what stands around it in a file or an address: quotes, a comma, `%3A`."""
    from urllib.parse import unquote

    return unquote(name.strip(" \t\"'`,;"))


def _page(scope: Scope) -> str:
    from nhilint.knowledge.scopes import look_up
    from nhilint.report.scope_page import scope_page

    narrower = (look_up(scope.provider, one) for one in scope.narrower)
    return scope_page(scope, tuple(one for one in narrower if one is not None))


def _unknown(name: str, known: list[str], provider: str | None) -> str:
    from difflib import get_close_matches

    from nhilint.knowledge.scopes import providers

    if provider is not None:
        names = ", ".join(providers())
        return f"{provider!r} has no scope {name!r} that the catalogue could judge; providers are {names}"
    if name.rstrip("/").endswith("/.default"):
        return f"{name!r} asks for everything that its app was given: explain the permissions of the app instead"
    near = get_close_matches(name, known, n=3)
    if not near:
        from nhilint.knowledge.scopes import find_near

        near = list(find_near(_plain(name)))
    hint = f"did you mean {', '.join(near)}?" if near else "'nhilint checks list' shows the checks"
    by_parts = "; --provider has it judged by the parts of its name" if set(":./") & set(name) else ""
    return f"there is no check {name!r} and no OAuth scope of that name; {hint}{by_parts}"
