"""A repository that calls its own workflows by another owner's name: it came from there, as a fork or by a move.

`uses: former/shop/.github/workflows/build.yml@main` in the repository `acme/shop`, which has that very file, calls what
is the same code. The platform passes `secrets: inherit` on within one organisation or enterprise only: to the account
of a copy nothing is handed, and where the repository has moved, or the enterprise has several organisations, what
receives the secrets stands closer than a third party. An action of that account at a movable version is still one that
somebody else can change; it is told a step less gravely, as that account wrote the workflow, too.

Only what the tree before a change calls counts. Source:
https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows#passing-inputs-and-secrets-to-a-reusable-workflow
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary import Workflow
from nhilint.settle.lowered import a_step_lower
from nhilint.settle.own_words import first_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Job
    from nhilint.tree import Tree

_WORKFLOWS = ".github/workflows/"
_MOST = 300
_BY_VERSION = "unpinned-action-with-secrets"
"""The check whose message begins with the action and its owner."""


def homes_it_calls(tree: Tree, owner: str | None, repository: str | None) -> frozenset[str]:
    """The accounts, in lower case, by which the repository calls workflows of its own; `repository` is the name alone.

    `tree` is the one before a change.
    """
    if not owner or not repository:
        return frozenset()
    called = re.compile(
        rf"uses:[ \t]{{0,9}}[\"']?([\w-]{{1,39}})/{re.escape(repository)}/({re.escape(_WORKFLOWS)}[\w.-]{{1,100}})@",
        flags=re.IGNORECASE,
    )
    texts = dict(first_texts(tree, lambda path: path.startswith(_WORKFLOWS), _MOST))
    here = frozenset(texts)
    found = {match[1].lower() for text in texts.values() for match in called.finditer(text) if match[2] in here}
    return frozenset(found - {owner.lower()})


def with_calls_of_itself(resources: Iterable[Resource], homes: frozenset[str]) -> tuple[Resource, ...]:
    """The resources; a called workflow of such an account is no third party's."""
    return tuple(_with_calls(resource, homes) for resource in resources) if homes else tuple(resources)


def told_of_home(finding: Finding, homes: frozenset[str]) -> Finding:
    """The finding; one about the version of such an account's action is told down to medium."""
    account = finding.message.partition("/")[0].lower()
    if finding.check != _BY_VERSION or finding.severity <= Severity.MEDIUM or account not in homes:
        return finding
    return a_step_lower(finding, "this repository calls its own workflows by the same owner's name")


def _with_calls(resource: Resource, homes: frozenset[str]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.jobs, Unknown):
        return resource
    jobs = tuple(one if isinstance(one, Unknown) else _with_call(one, homes) for one in facts.jobs)
    return replace(resource, facts=replace(facts, jobs=jobs))


def _with_call(job: Job, homes: frozenset[str]) -> Job:
    called = job.called
    if called is None or (value_of(called.name) or "").partition("/")[0].lower() not in homes:
        return job
    return replace(job, called=replace(called, first_party=Known(value=True, at=called.at)))
