"""The Google Cloud blocks of a module become declarations, file by file; `nhilint.link.gcp` puts them together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.gcp.declared import Declarations, declared
from nhilint.formats.terraform.google_bindings import bindings
from nhilint.formats.terraform.google_identities import accounts, custom_roles, denials, keys, providers
from nhilint.formats.terraform.google_machines import machines
from nhilint.formats.terraform.google_values import GoogleResolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.gcp.declared import Declared
    from nhilint.formats.terraform.module import Module
    from nhilint.model.resource import Resource


def google_declarations(module: Module, by_path: Mapping[str, Resource]) -> Iterator[Declared]:
    """What the files of a module say about Google Cloud."""
    resolver = GoogleResolver(module)
    bound = _by_path(bindings(resolver))
    made, minted = _by_path(accounts(resolver)), _by_path(keys(resolver))
    run = _by_path(machines(resolver))
    roles, pools, taken = _by_path(custom_roles(resolver)), _by_path(providers(resolver)), _by_path(denials(resolver))
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
