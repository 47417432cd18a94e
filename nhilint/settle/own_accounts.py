"""What a project says of where it is at home: the account that its manifest, its module path or its readme names.

A project moves to another account, or is kept under two, and its files go on naming the other one: the `repository` of
its package.json, the path of its Go module, the links of its readme to a repository of the same name. What that account
publishes is as close as the repository: it is the project's own, or the one whose code all of this is. A copy, though,
publishes nothing under the other's name: the tokens which its workflows would publish with are nobody's, and what its
workflows hand to others or hold beside them is decided, and mended, where it was copied from. An account that is called
like the project itself, in one word, is the project's too (nginx-ui, nginxui).

Sources, read 2026-11-22: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#repository and
https://go.dev/ref/mod#module-path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from nhilint.link.own_organization import belonging_to, is_account_of
from nhilint.link.workflow_steps import with_steps
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.settle.own_words import package_of, text_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Step
    from nhilint.tree import Tree

_REGISTRIES = frozenset({"npm", "pypi", "crates-io", "rubygems", "nuget"})
_AT_GITHUB = Deferred(r"(?:github\.com[/:]|^github:|^)([\w-]{1,39})/([\w.-]{1,100}?)(?:\.git)?(?:#.*)?/?$")
_MODULE = Deferred(r"^module\s{1,9}github\.com/([\w-]{1,39})/([\w.-]{1,100})", flags=re.MULTILINE)
_LINK = Deferred(r"github\.com/([\w-]{1,39})/([\w.-]{1,100}?)(?=\.git\b|[^\w.-]|$)")
_READMES = ("README.md", "README.rst", "readme.md")
_SHORTEST = 4
"""A repository's name of fewer letters is too common to tell a project."""
_SHORTEST_WORD = 6
"""A name of fewer letters may be another's account by chance."""


def with_own_accounts(
    resources: Iterable[Resource], tree: Tree, owner: str | None, repository: str | None
) -> tuple[Resource, ...]:
    """The resources; what the project's other account publishes is first party. `repository` is the name alone."""
    listed = tuple(resources)
    name = (repository or "").lower()
    if not owner or not name or not any(isinstance(one.facts, Workflow) for one in listed):
        return listed
    package = package_of(tree)
    published = {name, _package_name(package)}
    listed = tuple(with_steps(one, lambda step: _with_own_package(step, published)) for one in listed)
    word = "".join(re.split(r"[-_.]", name))
    if word != name and len(word) >= _SHORTEST_WORD:
        listed = tuple(belonging_to(resource, word) for resource in listed)
    account = _other_account(package, tree, owner.lower(), name)
    if account is None:
        return listed
    is_company = is_account_of(owner.lower(), account)
    told = (belonging_to(resource, account) for resource in listed)
    return tuple(one if is_company else with_steps(one, _of_copy) for one in told)


def _with_own_package(step: Step, published: set[str]) -> Step:
    """The step; what its script fetches under the name of the project is what the project publishes."""
    package = step.runs_package
    if package is None or (value_of(package.name) or "").lower() not in published:
        return step
    return replace(step, runs_package=replace(package, own=Known(value=True, at=package.at)))


def _package_name(package: dict[str, Any]) -> str:
    stated = package.get("name")
    return stated.lower() if isinstance(stated, str) else ""


def _other_account(package: dict[str, Any], tree: Tree, owner: str, name: str) -> str | None:
    """The one account, in lower case, that the project names as its home instead of the owner; None for several."""
    for found in (_of_package(package, name), _of_module(text_of(tree, "go.mod"), name)):
        if found:
            return found if found != owner else None
    if len(name) < _SHORTEST:
        return None
    readme = next((text for place in _READMES if (text := text_of(tree, place))), "")
    linked = {match[1].lower() for match in _LINK.finditer(readme) if match[2].lower() == name}
    return linked.pop() if len(linked) == 1 and owner not in linked else None


def _of_package(package: dict[str, Any], name: str) -> str | None:
    stated = package.get("repository")
    address = stated.get("url") if isinstance(stated, dict) else stated
    match = _AT_GITHUB.search(address) if isinstance(address, str) and len(address) <= _SHORTEST * 100 else None
    return match[1].lower() if match is not None and _is_alike(match[2], name) else None


def _of_module(text: str, name: str) -> str | None:
    match = _MODULE.search(text)
    return match[1].lower() if match is not None and _is_alike(match[2], name) else None


def _is_alike(one: str, name: str) -> bool:
    """Whether two names are of one project: alike, or one continues the other, as copies and forks are called."""
    shorter, longer = sorted((one.lower(), name), key=len)
    return shorter == longer or (len(shorter) >= _SHORTEST and longer.startswith(shorter))


def _of_copy(step: Step) -> Step:
    login = step.login
    if login is not None and value_of(login.provider) in _REGISTRIES:
        step = replace(step, login=None)
    if step.action is None:
        return step
    return replace(step, beside=None, foreign_secrets=None)
