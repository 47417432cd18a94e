"""Who made a project, and whose machines it sets up, publishes actions that are no third party's to it.

Authors name themselves in the licence and the manifest, by the name of their account, where the top has no author in
most packages of the workspace; a company also by an address whose domain, with a dash for the dot, is that account
(`Silverhand Inc. <contact@silverhand.io>`, silverhand-io). An organisation for whose workflows a repository sets up
runners is administered from there. A project that has moved to another account still names the one where it was at
home: to the scanner of its code, and in the settings of its documentation. None of them is the account that the
repository belongs to, and what they publish is as close as the code that they wrote or the machines that run it.

Sources, read 2026-11-22: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#people-fields-author-contributors,
https://docs.github.com/en/actions/tutorials/use-actions-runner-controller/deploy-runner-scale-sets (githubConfigUrl)
and a survey for `organization` of the older controller.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from nhilint.link.own_organization import belonging_to
from nhilint.link.workflow_steps import steps_of
from nhilint.model.fact import value_of
from nhilint.settle.own_words import first_texts, package_of, text_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_LICENCES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING", "license")
_FORM = r"(?:,?[ \t]{1,3}(?:Inc|Ltd|GmbH|LLC)\b)?"
_HOLDER = Deferred(
    r"^[ \t#*/]{0,9}Copyright\s{1,9}(?:(?:\(c\)|©)\s{0,9})?(?:\d{4}[\d\s,–-]{0,60})?(?:by\s)?@?([\w-]{2,39})"
    rf"{_FORM}\.?[ \t]*$",
    flags=re.IGNORECASE | re.MULTILINE,
)
_AUTHOR = Deferred(rf"@?([\w-]{{2,39}}){_FORM}\.?(?=$|\s*[<(])", flags=re.IGNORECASE)
_DOMAIN = Deferred(r"@([\w-]{2,39})\.([a-z]{2,20})(?=>|$)", flags=re.IGNORECASE)
_MEMBERS = Deferred(r"^[ \t]{1,9}-[ \t]{1,9}[\"']?([\w./*@-]{1,100})[\"']?[ \t]*$", flags=re.MULTILINE)
_KEY = r"^[ \t]{0,80}(?:-[ \t]{1,9})?"
_RUNS_FOR = Deferred(_KEY + r"githubConfigUrl:[ \t]{1,9}[\"']?https://github\.com/([\w-]{1,39})", flags=re.MULTILINE)
_OLDER_RUNS_FOR = Deferred(_KEY + r"organization:[ \t]{1,9}[\"']?([\w-]{1,39})[\"']?[ \t]{0,9}$", flags=re.MULTILINE)
_OF_RUNNERS = Deferred(r"runner|helmfile|(?:^|/)arc(?:[/.-])", flags=re.IGNORECASE)
_SCANNED_FOR = Deferred(r"sonar\.organization[\"']?(?:\s{0,9}[=,:>]\s{0,9})[\"']?([\w-]{1,39})")
_DOCUMENTED_FOR = Deferred(r"^github_repo:[ \t]{1,9}[\"']?([\w-]{1,39})/", flags=re.MULTILINE)
_SCANNED = frozenset({"sonar-project.properties", "build.gradle", "build.gradle.kts", "pom.xml"})
_DOCUMENTED = "tech-docs.yml"
_OF_HOME = _SCANNED | {_DOCUMENTED}
_WRITTEN_IN = (".yaml", ".yml", ".gotmpl")
_HEAD = 3_000
_MOST = 300
_MOST_PACKAGES = 40


def with_own_makers(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; what the makers of the project publish is first party. `tree` is the one before a change."""
    listed = tuple(resources)
    strangers = {account for resource in listed for account in _strangers(resource)}
    if not strangers:
        return listed
    for account in sorted(strangers.intersection((*_authors(tree), *_organizations(tree), *_homes(tree)))):
        listed = tuple(belonging_to(resource, account) for resource in listed)
    return listed


def _strangers(resource: Resource) -> Iterator[str]:
    """The accounts, in lower case, of the actions that are a third party's so far."""
    steps = steps_of(resource)
    for action in (step.action for step in steps):
        if action is not None and value_of(action.first_party) is False:
            yield (value_of(action.name) or "").partition("/")[0].lower()


def _authors(tree: Tree) -> Iterator[str]:
    for path in _LICENCES:
        yield from (name.lower() for name in _HOLDER.findall(text_of(tree, path)[:_HEAD]))
    written = _written(package_of(tree)) or _most_written(tree)
    match = _AUTHOR.match(written)
    if match is not None:
        name = match[1].lower()
        yield name
        yield from (f"{name}-{end.lower()}" for host, end in _DOMAIN.findall(written) if host.lower() == name)


def _written(package: dict[str, Any]) -> str:
    """The author as one text, as the short form has it; empty where none is named."""
    author = package.get("author")
    if isinstance(author, dict):
        return f"{author.get('name') or ''} <{author.get('email') or ''}>"
    return author if isinstance(author, str) else ""


def _most_written(tree: Tree) -> str:
    """The author whom most packages of the workspace name; empty where it has none."""
    patterns = [pattern.strip("/").split("/") for pattern in _members(tree)]
    if not patterns:
        return ""
    folders = (path.split("/")[:-1] for path in tree.paths() if path.endswith("/package.json"))
    inside = [folder for folder in folders if any(_is_member(folder, pattern) for pattern in patterns)]
    packages = (package_of(tree, "/".join((*folder, "package.json"))) for folder in inside[:_MOST_PACKAGES])
    authors = Counter(filter(None, map(_written, packages)))
    return authors.most_common(1)[0][0] if authors else ""


def _members(tree: Tree) -> list[str]:
    """The folders that are packages of the workspace, as patterns."""
    stated = package_of(tree).get("workspaces")
    listed = stated.get("packages") if isinstance(stated, dict) else stated
    found = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    return [*found, *_MEMBERS.findall(text_of(tree, "pnpm-workspace.yaml"))][:_MOST_PACKAGES]


def _is_member(folder: list[str], pattern: list[str]) -> bool:
    return len(folder) == len(pattern) and all(part in ("*", name) for name, part in zip(folder, pattern, strict=True))


def _organizations(tree: Tree) -> Iterator[str]:
    """The accounts that runners are set up for in this tree, in lower case."""
    for _, text in first_texts(tree, _is_of_runners, _MOST):
        yield from (name.lower() for name in _RUNS_FOR.findall(text))
        if "runner" in text:
            yield from (name.lower() for name in _OLDER_RUNS_FOR.findall(text))


def _is_of_runners(path: str) -> bool:
    return path.endswith(_WRITTEN_IN) and _OF_RUNNERS.search(path) is not None


def _homes(tree: Tree) -> Iterator[str]:
    """The accounts that the project's code is scanned and its documentation is written for, in lower case."""
    for path, text in first_texts(tree, lambda path: path.rpartition("/")[2] in _OF_HOME, _MOST):
        form = _DOCUMENTED_FOR if path.rpartition("/")[2] == _DOCUMENTED else _SCANNED_FOR
        yield from (account.lower() for account in form.findall(text))
