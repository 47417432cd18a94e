"""What a step is given and what stands beside it: its secrets, less those that open the service that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.actions import Reference, is_owners, serves_vendor_of, signs_in_at_home
from nhilint.formats.github.downloads import Download
from nhilint.formats.github.handed_tokens import app_tokens, narrowed_tokens
from nhilint.formats.github.logins import proves_identity
from nhilint.formats.github.rights import LITTLE_ALONE, rights_of
from nhilint.formats.github.run_packages import RunPackage
from nhilint.formats.github.secrets import (
    EVERY,
    filled_by,
    is_called_otherwise,
    opens_little,
    opens_something,
    reports_on_code,
)
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.place import Place

if TYPE_CHECKING:
    from nhilint.formats.github.job import JobFacts
    from nhilint.formats.github.permissions import Permissions
    from nhilint.formats.github.secrets import Mention
    from nhilint.formats.github.trail import StepFacts

_ABOUT_IDENTITY = frozenset({"sigstore", "octo-sts", "determinatesystems"})
"""Owners of the services to whom a job proves its identity."""
_TAKE_IDENTITY = frozenset({"jfrog", "pulumi", "tailscale"})
"""Owners of services that take the identity for a key of their own: it opens nothing else unless another step does."""


def secrets_given(facts: StepFacts) -> Known[tuple[str, ...]]:
    """The secrets in a step's own inputs and script and in every environment that it sees."""
    found = facts.job.secrets.of_step(facts.number)
    names = tuple(dict.fromkeys(mention.name for mention in found))
    return Known(names, Place(facts.node.path, found[0].pointer) if found else facts.node.at)


def secrets_around(facts: StepFacts, runs: Reference | None) -> Known[tuple[str, ...]] | None:
    """The secrets in the variables that a step of a local action sees: its own, its job's, and those set before.

    The runner starts the variables of each step inside with them, whatever the action declares as its inputs.
    Source: https://github.com/actions/runner/blob/main/src/Runner.Worker/Handlers/CompositeActionHandler.cs
    ("Merge composite-step env"), read 2026-11-23.
    """
    if runs is None or runs.ecosystem != "local":
        return None
    own = (*facts.node.pointer, "with")
    found = [m for m in facts.job.secrets.of_step(facts.number) if m.pointer[: len(own)] != own]
    names = tuple(dict.fromkeys(mention.name for mention in found))
    return Known(names, Place(facts.node.path, found[0].pointer)) if found else None


def foreign_secrets(facts: StepFacts, runs: Reference | Download | RunPackage | None) -> Known[tuple[str, ...]] | None:
    """The secrets of the step that belong to another service than what it runs, at the place of the first."""
    if runs is None:
        return None
    whole = facts.job.secrets.all_at(facts.number)
    if whole is not None and isinstance(runs, Reference) and runs.ecosystem != "local":
        return Known((EVERY,), whole.at)
    given = [mention for mention in facts.job.secrets.of_step(facts.number) if opens_something(mention.name)]
    if isinstance(runs, RunPackage) and any(_serves(runs, mention) for mention in given):
        # The service's own tool is there to bring the other ones to the service.
        given = []
    if isinstance(runs, Reference):
        given = [mention for mention in given if not signs_in_at_home(runs, facts.job.node, mention.pointer)]
    little = [m for m in given if opens_little(m.name, m.given_as)]
    found = [m for m in given if m not in little and not _serves(runs, m)]
    if found and isinstance(runs, Reference):
        found += [m for m in little if not is_owners(runs, m.name)]
    names = tuple(sorted(dict.fromkeys(mention.name for mention in found), key=is_called_otherwise))
    made = app_tokens(facts.node, facts.job.node, runs) if isinstance(runs, Reference) else ()
    pointers = [*(mention.pointer for mention in found), *(pointer for _, pointer in made)]
    at = Place(facts.node.path, pointers[0]) if pointers else facts.node.at
    return Known((*names, *(token for token, _ in made)), at)


def _serves(runs: Reference | Download | RunPackage, secret: Mention) -> bool:
    if isinstance(runs, Download | RunPackage):
        return runs.serves(secret.name)
    return serves_vendor_of(runs, secret.name, secret.given_as)


def held_beside(job: JobFacts, reference: Reference, number: int) -> Fact[tuple[str, ...]]:
    """What makes the job's rights strong, without the secrets that open the action's own service.

    An address to post to, a test's user, or a token to report on code with is named beside something graver and counts
    for nothing alone.
    """
    if isinstance(job.rights.level, Unknown):
        return job.rights.level
    if value_of(job.rights.level) != "strong":
        return Known((), job.node.at)  # a part of it is no stronger
    away = [(n, at) for n, at in job.secrets.beside(number) if not signs_in_at_home(reference, job.node, at.pointer)]
    foreign = [(n, at) for n, at in away if not serves_vendor_of(reference, n, filled_by(at.pointer))]
    grave = [
        (name, at)
        for name, at in foreign
        if not opens_little(name, filled_by(at.pointer)) and not reports_on_code(name)
    ]
    permissions = _trusted(job, reference)
    at = job.node.at
    is_strong = value_of(rights_of(_without(permissions, LITTLE_ALONE), grave, at).level) == "strong"
    held = rights_of(permissions, foreign, at).held if is_strong else Known((), at)
    if not isinstance(held, Known) or not held.value:
        return held
    return Known((*held.value, *narrowed_tokens(job.node["steps"][number], job.node, reference)), held.at)


def _trusted(job: JobFacts, reference: Reference) -> Permissions | None:
    """The permissions without the right to prove the job's identity where nobody is seen to trust it, or where the
    proof is what the action is there for."""
    trusted = job.proves_identity and reference.owner not in _ABOUT_IDENTITY
    if trusted and (reference.owner not in _TAKE_IDENTITY or proves_identity(job.node, besides=reference.owner)):
        return job.permissions
    return _without(job.permissions, frozenset({"id-token"}))


def _without(permissions: Permissions | None, scopes: frozenset[str]) -> Permissions | None:
    """The permissions without the right to write some scopes."""
    if permissions is None or not any(scope in scopes for scope, _ in permissions.writes):
        return permissions
    return replace(permissions, writes=tuple((scope, at) for scope, at in permissions.writes if scope not in scopes))
