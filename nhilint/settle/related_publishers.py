"""Publishers that stand closer to a project than any third party: its agency's second organisation, its flake's inputs.

Two accounts that share a word of their own, with repositories that begin with the same two words, are two accounts of
one agency (CQEN-QDCE/ceai-cqen-keycloak, MCN-CQEN/ceai-cqen-scripts-lib): what the other one publishes is first party.
So is an account that shares such a word with the owner, and that the repository's Dependabot exempts as a whole from
the days that it lets pass before it takes a new version (acme-labs, `exclude: ["acme-factory/*"]`).
A repository that the project's flake takes as an input builds the project anyway: its action is handed nothing that it
could not reach as well, and only its version stands beside what the job holds.

Only what the tree before a change uses and names counts.

Sources: https://docs.github.com/en/code-security/reference/supply-chain-security/dependabot-options-reference
(`cooldown`, `exclude`), and https://nix.dev/manual/nix/latest/command-ref/new-cli/nix3-flake (the form
`github:owner/repository/ref`), both named from a survey, the pages not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.own_organization import belonging_to
from nhilint.link.workflow_steps import steps_of, with_steps
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.settle.own_words import first_texts, text_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Step
    from nhilint.tree import Tree

_INPUT = Deferred(r"[\"']github:([\w-]{1,39}/[\w.-]{1,100})")
_WORKFLOWS = ".github/"
_DEPENDABOT = (".github/dependabot.yml", ".github/dependabot.yaml")
_EXEMPTED = Deferred(
    r"^[ ]{1,12}cooldown:[ ]*\n(?:[ ]{2,16}[^\n]{0,200}\n){0,8}?[ ]{2,16}exclude:[ ]*\n"
    r"((?:[ ]{2,16}-[^\n]{0,200}(?:\n|$)){1,60})",
    flags=re.MULTILINE,
)
_WHOLE_ACCOUNT = Deferred(r"-[ ]*[\"']?([\w-]{1,39})/\*[\"']?[ ]*(?:#[^\n]*)?$", flags=re.MULTILINE)
_MOST = 300
_SHORTEST_WORD = 4
_ANYBODYS_TEXT = """
actions apps aws azure build cloud code community data deploy devops digital docker github gitlab google group hashicorp
helm home homelab infra infrastructure java javascript kubernetes labs linux microsoft nodejs open org platform project
python rust security services software solutions source studio systems team tech terraform tools world
"""
_ANYBODYS = frozenset(_ANYBODYS_TEXT.split())
"""Words that accounts of strangers have in common."""


def with_related_publishers(
    resources: Iterable[Resource], tree: Tree, owner: str | None, repository: str | None
) -> tuple[Resource, ...]:
    """The resources; `tree` is the one before a change, `repository` the name without the owner's."""
    listed = tuple(resources)
    strangers = {name for resource in listed for name in _strangers(resource)}
    if not strangers:
        return listed
    near = {*_of_one_agency(strangers, tree, owner or "", repository or ""), *_exempted(strangers, tree, owner or "")}
    for account in sorted(near):
        listed = tuple(belonging_to(resource, account) for resource in listed)
    inputs = strangers.intersection(name.lower() for name in _INPUT.findall(text_of(tree, "flake.nix")))
    return tuple(with_steps(one, lambda step: _as_input(step, inputs)) for one in listed) if inputs else listed


def _strangers(resource: Resource) -> Iterator[str]:
    """The repositories, in lower case, of the actions and workflows that are a third party's so far."""
    jobs = known_records(resource.facts.jobs) if isinstance(resource.facts, Workflow) else ()
    for action in (*(step.action for step in steps_of(resource)), *(job.called for job in jobs)):
        if action is not None and value_of(action.first_party) is False:
            yield _repository_of(value_of(action.name) or "")


def _repository_of(name: str) -> str:
    return "/".join(name.lower().split("/")[:2])


def _of_one_agency(strangers: set[str], tree: Tree, owner: str, repository: str) -> Iterator[str]:
    first = _words(repository)[:2]
    if len(first) < 2 or sum(map(len, first)) < 2 * _SHORTEST_WORD:
        return
    rare = _rare_words(owner)
    alike = {
        name.partition("/")[0]
        for name in strangers
        if _words(name.partition("/")[2])[:2] == first and rare.intersection(_words(name.partition("/")[0]))
    }
    yield from (account for account in alike if _is_used_already(account, tree))


def _exempted(strangers: set[str], tree: Tree, owner: str) -> Iterator[str]:
    """The accounts with a rare word of the owner's whose every action Dependabot takes without waiting."""
    rare = _rare_words(owner)
    alike = {one for name in strangers if rare.intersection(_words(one := name.partition("/")[0]))}
    lists = "".join(found for path in _DEPENDABOT for found in _EXEMPTED.findall(text_of(tree, path))) if alike else ""
    yield from alike.intersection(account.lower() for account in _WHOLE_ACCOUNT.findall(lists))


def _rare_words(owner: str) -> set[str]:
    return {word for word in _words(owner) if len(word) >= _SHORTEST_WORD and word not in _ANYBODYS}


def _words(name: str) -> list[str]:
    return re.split(r"[-_.]", name.lower())


def _is_used_already(account: str, tree: Tree) -> bool:
    workflows = first_texts(tree, lambda path: path.startswith(_WORKFLOWS), _MOST)
    return any(f"{account}/" in text.lower() for _, text in workflows)


def _as_input(step: Step, inputs: set[str]) -> Step:
    if step.action is None or _repository_of(value_of(step.action.name) or "") not in inputs:
        return step
    return replace(step, foreign_secrets=Known((), step.at)) if isinstance(step.foreign_secrets, Known) else step
