"""A pipeline that is to become a role of AWS whose own trust, in the same tree, lets in other repositories alone.

GitHub writes the repository into the subject of each token, and the role asks for another one: the job that names the
role is refused, as far as one can see. What a file gives a variable may be another value where it is applied, so the
finding is not left out; its confidence is low. A copy or a mirror keeps its name under another owner: only a repository
of another name is another one. Source: https://docs.github.com/en/actions/reference/security/oidc (the form
`repo:OWNER/NAME:…` and the immutable one, `repo:OWNER@ID/NAME@ID:…`), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.federation import impossible
from nhilint.formats.aws.ways_in import has_only
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import Identity, Workflow
from nhilint.settle.lowered import without_consequence
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.trust import Trust

_BECOMES = "pipeline-becomes-powerful-role"
_OF_A_REPOSITORY = Deferred(r"^repo:[\w.-]{1,100}(?:@\d{1,20})?/([\w.-]{1,100})(?:@\d{1,20})?(?::|$)")


def told_of_other_repositories(
    findings: Iterable[Finding], resources: Iterable[Resource], repository: str | None
) -> tuple[Finding, ...]:
    """The findings; `repository` is the name alone of the one that is looked at, None where nobody knows it."""
    told = tuple(findings)
    if not repository or not any(one.check == _BECOMES for one in told):
        return told
    held = tuple(resources)
    return tuple(_told(one, held, repository) if one.check == _BECOMES else one for one in told)


def _told(finding: Finding, held: tuple[Resource, ...], repository: str) -> Finding:
    roles = [role for text in _taken(finding, held) for role in _declared(text, finding.subject.name, held)]
    if not roles or not all(_lets_in_others_alone(role, repository) for role in roles):
        return finding
    return without_consequence(finding, "the role's own trust here lets in other repositories only")


def _taken(finding: Finding, held: tuple[Resource, ...]) -> Iterator[str]:
    """The role that the step becomes which the finding points to."""
    for resource in held:
        if not isinstance(resource.facts, Workflow) or resource.name != finding.subject.name:
            continue
        for step in known_records(resource.facts.steps):
            stated = step.login.identity if step.login is not None else None
            if isinstance(stated, Known) and stated.at == finding.place:
                yield stated.value


def _declared(text: str, workflow: str, held: tuple[Resource, ...]) -> Iterator[Identity]:
    """The declarations of a role that the link has joined to the workflow."""
    for resource in held:
        facts = resource.facts
        if not isinstance(facts, Identity) or workflow not in (value_of(facts.admits_ci) or ()):
            continue
        if text == value_of(facts.arn) or text.rpartition("/")[2] == value_of(facts.name):
            yield facts


def _lets_in_others_alone(role: Identity, repository: str) -> bool:
    ways = known_records(role.trusts)
    return bool(ways) and has_only(role.trusts, ways) and all(_is_of_others(way, repository) for way in ways)


def _is_of_others(way: Trust, repository: str) -> bool:
    subjects = value_of(way.subjects)
    if value_of(way.issuer_kind) != "github" or not subjects:
        return False
    possible = set(subjects) - set(impossible("github", subjects, value_of(way.subject_operator) or "StringLike"))
    named = [_OF_A_REPOSITORY.match(subject) for subject in possible]
    return all(match is not None and match[1].lower() != repository.lower() for match in named)
