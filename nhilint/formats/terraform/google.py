"""The Google Cloud blocks of a module become declarations, file by file; `nhilint.link.gcp` puts them together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.gcp.declared import Account, Binding, Declarations, Key, Provider, declared
from nhilint.formats.terraform.google_bindings import bindings
from nhilint.formats.terraform.google_identities import accounts, custom_roles, denials, keys, providers
from nhilint.formats.terraform.google_machines import machines
from nhilint.formats.terraform.google_modules import made_by_calls
from nhilint.formats.terraform.google_values import GoogleResolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.gcp.declared import Declared
    from nhilint.formats.terraform.module import Module
    from nhilint.model.resource import Resource


def google_declarations(module: Module, by_path: Mapping[str, Resource]) -> Iterator[Declared]:
    """What the files of a module say about Google Cloud."""
    resolver = GoogleResolver(module)
    called = list(made_by_calls(resolver)) if module.of_google else []
    bound = _by_path([*bindings(resolver), *(one for one in called if isinstance(one, Binding))])
    made = _by_path([*accounts(resolver), *(one for one in called if isinstance(one, Account))])
    minted = _by_path([*keys(resolver), *(one for one in called if isinstance(one, Key))])
    pools = _by_path([*providers(resolver), *(one for one in called if isinstance(one, Provider))])
    run = _by_path(machines(resolver))
    roles, taken = _by_path(custom_roles(resolver)), _by_path(denials(resolver))
    for path in dict.fromkeys((*made, *bound, *minted, *roles, *pools, *taken, *run)):
        content = Declarations(
            bindings=tuple(bound[path]),
            roles=tuple(roles[path]),
            accounts=tuple(made[path]),
            keys=tuple(minted[path]),
            providers=tuple(pools[path]),
            denials=tuple(taken[path]),
            machines=tuple(run[path]),
        )
        home = by_path[path]
        yield declared(content, path, home.format, home.setting)


def _by_path(records: Iterable) -> defaultdict[str, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for record in records:
        found[record.at.path].append(record)
    return found
