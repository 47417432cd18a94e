"""Whether the code of a service of Google Cloud asks its callers for a proof, as far as its module tells.

It is given what a proof is checked with: a variable called so, or a key for its interface that the module makes up at
random. Nobody else knows such a key before it is handed to those who call. Source, below
registry.terraform.io/providers/hashicorp, known, not re-read: google_cloud_run_service (`env`,
`value_from.secret_key_ref`), google_cloud_run_v2_service (`value_source.secret_key_ref`),
google_cloudfunctions2_function (`secret_environment_variables`), google_secret_manager_secret_version, random_password.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.permission import checks_its_callers
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Block, Module
    from nhilint.source.value import Value

KEY_OF_INTERFACE = Deferred(
    r"(?:^|_)(?:API|ACCESS|AUTH|BEARER)_(?:[A-Z0-9]{1,20}_){0,2}(?:KEY|TOKEN|SECRET)$", flags=re.IGNORECASE
)
"""A variable for the key of an interface."""
MADE_UP = Deferred(r"\brandom_(?:password|string|id|bytes|uuid)\.([\w-]{1,100})")
_SECRET = Deferred(r"\bgoogle_secret_manager_secret(?:_version)?\.([\w-]{1,100})")
_MOST = 2_000
_LONGEST = 2_000


def asks_by_itself(service: Block, module: Module) -> bool:
    """Whether a service or function is given what callers are checked with."""
    given = dict(_variables(service.body))
    if checks_its_callers((), given):
        return True
    made_up: set[str] | None = None
    for name, value in given.items():
        if KEY_OF_INTERFACE.search(name):
            made_up = _made_up(module) if made_up is None else made_up
            text = " ".join(_expressions(value))
            if MADE_UP.search(text) or any(label in made_up for label in _SECRET.findall(text)):
                return True
    return False


def _variables(body: Value) -> Iterator[tuple[str, Value]]:
    """The variables of a service, by name, each with what it is given."""
    for one in _mappings(body):
        plain = one.get("environment_variables")
        if isinstance(plain, dict):
            yield from plain.items()
        for key in ("env", "secret_environment_variables"):
            yield from _named_entries(one.get(key))


def _named_entries(listed: Value) -> Iterator[tuple[str, Value]]:
    for entry in listed if isinstance(listed, list) else [listed]:
        name = (entry.get("name") or entry.get("key")) if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name, entry


def _made_up(module: Module) -> set[str]:
    """The labels of the secrets, and of their versions, whose value the module makes up."""
    found: set[str] = set()
    for version in module.of_kind("google_secret_manager_secret_version"):
        if MADE_UP.search(" ".join(_expressions(version.body.get("secret_data")))):
            found.add(version.label)
            found.update(_SECRET.findall(" ".join(_expressions(version.body.get("secret")))))
    return found


def _mappings(value: Value) -> Iterator[dict[str, Value]]:
    waiting, seen = [value], 0
    while waiting and seen < _MOST:
        current, seen = waiting.pop(), seen + 1
        if isinstance(current, dict):
            yield current
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


def _expressions(value: Value) -> Iterator[str]:
    if isinstance(value, Expression):
        yield value.text[:_LONGEST]
    for one in _mappings(value):
        yield from (inner.text[:_LONGEST] for inner in one.values() if isinstance(inner, Expression))
