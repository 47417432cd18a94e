"""Which policies Bank-Vaults hands to people: by a group, a user, a mapping of teams, or a role of OIDC.

Sources, read 2026-11-23: https://banzaicloud.com/docs/bank-vaults/external-configuration/ and
github.com/bank-vaults/bank-vaults, internal/vault/auth_methods.go (users, groups, map).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import texts_of
from nhilint.formats.vault.role import is_for_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_MOST = 2_000
_OF_BROWSERS = ("jwt", "oidc")


def handed_to_people(config: Node) -> frozenset[str]:
    """The names of the policies that people have, and no role of a machine."""
    methods = tuple(islice(config["auth"].items(), _MOST))
    people = [group["policies"] for group in islice(config["groups"].items(), _MOST)]
    machines: list[Node] = []
    for method in methods:
        people += [_stated(one) for one in _members(method)]
        people += [team for _, teams in method["map"].entries() for _, team in teams.entries()]
        for one in islice(method["roles"].items(), _MOST):
            is_person = method["type"].is_one_of(_OF_BROWSERS) and is_for_people(one)
            (people if is_person else machines).append(_stated(one))
    return _names(people) - _names(machines)


def _members(method: Node) -> Iterator[Node]:
    yield from islice(method["users"].items(), _MOST)
    for name in ("users", "groups"):
        yield from (member for _, member in islice(method[name].entries(), _MOST))


def _stated(holder: Node) -> Node:
    return holder.first("token_policies", "policies", "allowed_policies")


def _names(stated: list[Node]) -> frozenset[str]:
    return frozenset(name.strip() for node in stated for text in texts_of(node) for name in text.split(","))
