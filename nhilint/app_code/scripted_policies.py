"""Policies of Vault that scripts write and hand out: the name each gets, and whether it ever goes out by itself.

`vault policy write NAME FILE` decides what a policy is called, whatever its file is called, and `vault write auth/…`
with `policies=` or `token_policies=` who gets it. Where every holder that a script names also gets a policy that allows
everything, the lesser one adds nothing to what they may. Read are shell scripts and their templates; a name or a list
that is filled in later tells nothing. What roles in files say of it, `nhilint.link.vault` adds. Source, read
2026-11-22: developer.hashicorp.com/vault/docs/commands/policy/write and
developer.hashicorp.com/vault/docs/concepts/tokens.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.formats.vault.rules import administers
from nhilint.model.fact import Known
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

FORMAT = "vault-policy"
_SCRIPTS = (".sh", ".bash", ".sh.tpl", ".sh.tftpl", ".sh.j2")
_MOST_BYTES = 8_000_000
_GOES_ON = re.compile(rb"\\\r?\n")
_WRITTEN = re.compile(rb"\b(?:vault|bao)[ \t]+policy[ \t]+write[ \t]+([\w.-]{1,100})[ \t]+[\"']?([\w./-]{1,200})")
_HANDED = re.compile(rb"\b(?:vault|bao)[ \t]+write[ \t]+auth/[^\n]{0,2000}")
_LIST = re.compile(rb"[ \t](?:token_)?policies=[\"']?([^\s\"']{1,500})")


def with_scripted_policies(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; each policy of Vault by the name that scripts of a tree give it, and told who gets it."""
    listed = tuple(resources)
    if not any(one.format == FORMAT for one in listed):
        return listed
    named, lists = _told_by_scripts(tree)
    known = tuple(_called(one, named) for one in listed)
    policies: dict[str, list[Policy]] = defaultdict(list)
    for one in known:
        if one.format == FORMAT and isinstance(one.facts, Policy):
            policies[one.name].append(one.facts)
    strong = {name for name, stated in policies.items() if all(map(administers, stated))}
    written = {name for names in named.values() for name in names}
    return tuple(_held(one, lists, strong) if one.name in written - strong else one for one in known)


def _told_by_scripts(tree: Tree) -> tuple[dict[str, set[str]], list[frozenset[str]]]:
    """The names of policies by the names of their files, and the lists of policies that are handed out together."""
    named: dict[str, set[str]] = defaultdict(set)
    lists: list[frozenset[str]] = []
    try:
        for _, data in looked_through(tree, lambda path: path.lower().endswith(_SCRIPTS), _MOST_BYTES):
            text = _GOES_ON.sub(b" ", data) if b"policies=" in data else data
            for name, path in _WRITTEN.findall(text):
                named[path.decode().rpartition("/")[2]].add(name.decode())
            for command in _HANDED.findall(text):
                lists.extend(frozenset(one.decode("utf-8", "replace").split(",")) for one in _LIST.findall(command))
    except MoreThanIsLookedThroughError:
        return {}, []
    return named, lists


def _called(resource: Resource, named: dict[str, set[str]]) -> Resource:
    """A policy by the one name that its file is written under."""
    names = named.get(resource.at.path.rpartition("/")[2], set()) if resource.format == FORMAT else set()
    if len(names) != 1 or not isinstance(resource.facts, Policy):
        return resource
    name = next(iter(names))
    return replace(resource, name=name, facts=replace(resource.facts, name=Known(name, resource.at)))


def _held(resource: Resource, lists: list[frozenset[str]], strong: set[str]) -> Resource:
    """A policy that is told whether all who get it may do everything anyway."""
    held = [one for one in lists if resource.name in one]
    if resource.format != FORMAT or not isinstance(resource.facts, Policy) or not held:
        return resource
    if not all(one & strong for one in held):
        return resource
    return replace(resource, facts=replace(resource.facts, held_with_all=Known(value=True, at=resource.at)))
