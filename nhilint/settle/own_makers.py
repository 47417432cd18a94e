"""Who made a project, and whose machines it sets up, publishes actions that are no third party's to it.

Authors name themselves in the licence and the manifest, by the name of their account; an organisation for whose
workflows a repository sets up runners is administered from there. Neither is the account that the repository belongs
to, and what they publish is as close as the code that they wrote or the machines that run it.

Sources, read 2026-11-22: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#people-fields-author-contributors,
https://docs.github.com/en/actions/tutorials/use-actions-runner-controller/deploy-runner-scale-sets (githubConfigUrl)
and a survey for `organization` of the older controller.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.link.own_organization import belonging_to
from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.settle.own_words import package_of, text_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_LICENCES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING", "license")
_HOLDER = Deferred(
    r"^[ \t#*/]{0,9}Copyright\s{1,9}(?:(?:\(c\)|©)\s{0,9})?(?:\d{4}[\d\s,–-]{0,60})?(?:by\s)?@?([\w-]{2,39})\.?[ \t]*$",
    flags=re.IGNORECASE | re.MULTILINE,
)
_AUTHOR = Deferred(r"@?([\w-]{2,39})(?=$|\s*[<(])")
_KEY = r"^[ \t]{0,80}(?:-[ \t]{1,9})?"
_RUNS_FOR = Deferred(_KEY + r"githubConfigUrl:[ \t]{1,9}[\"']?https://github\.com/([\w-]{1,39})", flags=re.MULTILINE)
_OLDER_RUNS_FOR = Deferred(_KEY + r"organization:[ \t]{1,9}[\"']?([\w-]{1,39})[\"']?[ \t]{0,9}$", flags=re.MULTILINE)
_OF_RUNNERS = Deferred(r"runner|helmfile|(?:^|/)arc(?:[/.-])", flags=re.IGNORECASE)
_WRITTEN_IN = (".yaml", ".yml", ".gotmpl")
_HEAD = 3_000
_MOST = 300


def with_own_makers(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; what the makers of the project publish is first party. `tree` is the one before a change."""
    listed = tuple(resources)
    strangers = {account for resource in listed for account in _strangers(resource)}
    if not strangers:
        return listed
    for account in sorted(strangers.intersection((*_authors(tree), *_organizations(tree)))):
        listed = tuple(belonging_to(resource, account) for resource in listed)
    return listed


def _strangers(resource: Resource) -> Iterator[str]:
    """The accounts, in lower case, of the actions that are a third party's so far."""
    steps = known_records(resource.facts.steps) if isinstance(resource.facts, Workflow) else ()
    for action in (step.action for step in steps):
        if action is not None and value_of(action.first_party) is False:
            yield (value_of(action.name) or "").partition("/")[0].lower()


def _authors(tree: Tree) -> Iterator[str]:
    for path in _LICENCES:
        yield from (name.lower() for name in _HOLDER.findall(text_of(tree, path)[:_HEAD]))
    author = package_of(tree).get("author")
    name = author.get("name") if isinstance(author, dict) else author
    match = _AUTHOR.match(name) if isinstance(name, str) else None
    if match is not None:
        yield match[1].lower()


def _organizations(tree: Tree) -> Iterator[str]:
    """The accounts that runners are set up for in this tree, in lower case."""
    for path in [path for path in tree.paths() if path.endswith(_WRITTEN_IN) and _OF_RUNNERS.search(path)][:_MOST]:
        text = text_of(tree, path)
        yield from (name.lower() for name in _RUNS_FOR.findall(text))
        if "runner" in text:
            yield from (name.lower() for name in _OLDER_RUNS_FOR.findall(text))
