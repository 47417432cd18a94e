"""The steps of one job in order, each with what came before: whose code is in the work tree, which token was left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.github.actions import (
    Reference,
    is_owners,
    package_of,
    read_uses,
    serves_vendor_of,
    signs_in_at_home,
)
from nhilint.formats.github.admission import triggers_of_entries, widest
from nhilint.formats.github.agent_reading import telling
from nhilint.formats.github.checkout import brings, brings_present_head, brought_past, runs
from nhilint.formats.github.condition import can_happen
from nhilint.formats.github.downloads import Download, downloaded
from nhilint.formats.github.exposure import leaves_token, printed_secret, uploads_tree
from nhilint.formats.github.handed_tokens import app_tokens, only_taker
from nhilint.formats.github.home import home_of
from nhilint.formats.github.injection import code_of, injections_of, passed_inputs
from nhilint.formats.github.input_conditions import conditions_on_inputs, inputs_given
from nhilint.formats.github.literals import shown
from nhilint.formats.github.logins import app_token_of, login_of, proves_identity
from nhilint.formats.github.plan_artifacts import secrets_of_plan
from nhilint.formats.github.rights import LITTLE_ALONE, rights_of
from nhilint.formats.github.run_packages import RunPackage, run_package
from nhilint.formats.github.runner import runs_machine
from nhilint.formats.github.runner_clusters import makes_cluster
from nhilint.formats.github.secrets import (
    filled_by,
    is_called_otherwise,
    opens_little,
    opens_something,
    reports_on_code,
)
from nhilint.formats.github.step_logins import login_of_step
from nhilint.formats.github.unverified_peers import sent_unverified
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.place import Place
from nhilint.model.vocabulary.tool import Package
from nhilint.model.vocabulary.workflow import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.github.checkout import Brought
    from nhilint.formats.github.job import JobFacts
    from nhilint.formats.github.permissions import Permissions
    from nhilint.formats.github.secrets import Mention
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Trigger
    from nhilint.model.vocabulary.workflow import CloudLogin, GivenInput

_LONGEST_NAME = 60


class StepFacts(Struct, frozen=True):
    """One step with what its surroundings say; enough for `step_of` and for the readers of agents."""

    node: Node
    job: JobFacts
    number: int
    reference: Reference | None
    environments: tuple[Node, ...]
    admits: tuple[Trigger, ...]
    brought: Brought | None
    raced: Brought | None
    checkout: Reference | None
    runs_brought: bool
    token_left: Fact[bool]
    logins: tuple[CloudLogin, ...]

    @property
    def name(self) -> str:
        """What the step is called in messages: its name, its id, the action, or its first line."""
        for key in ("name", "id", "uses", "run"):
            value = self.node.value_under(key)
            if isinstance(value, str) and value.strip():
                line = value.strip().splitlines()[0]
                line = shown(line) if key == "run" else line
                return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1] + "…"
        return "step"


def steps_of(job: JobFacts, workflow_environment: Node) -> Iterator[StepFacts]:
    """The steps of a job with what they inherit from it and from the steps before."""
    folder = _folder(job.node)
    trail = _Trail()
    around = tuple(environment for environment in (job.node["env"], workflow_environment) if environment.is_mapping)
    events = tuple(start.event for start in job.starts)
    for number, node in enumerate(job.node["steps"].items()):
        if not node.is_mapping or not can_happen(node.value_under("if"), events):
            continue
        uses = node.value_under("uses")
        reference = read_uses(uses) if isinstance(uses, str) else None
        reached = job.passage.reaches(node)
        known = (node["env"], *around) if "env" in node.value else around
        brought, raced = trail.brought, trail.raced
        runs_it, races = (
            code is not None and not trail.ran and runs(node, reference, code, folder, beside_cluster=trail.has_cluster)
            for code in (brought, raced)
        )
        yield StepFacts(
            node=node,
            job=job,
            number=number,
            reference=reference,
            environments=known,
            admits=job.admits if reached is None else triggers_of_entries(reached),
            brought=brought,
            raced=raced if races else None,
            runs_brought=runs_it,
            checkout=trail.checkout,
            token_left=trail.left,
            logins=tuple(trail.logins),
        )
        trail.ran = trail.ran or runs_it or races
        job.passage.pass_by(node)
        trail.note(node, reference, job, known)
        if _is_by_comment_alone(job):
            handed_on = any(one.event == _HANDED_ON for one in job.starts)
            trail.race(node, reference, only_handed_on=handed_on)


class _Trail:
    """What the steps so far have left behind."""

    def __init__(self) -> None:
        self.brought: Brought | None = None
        self.raced: Brought | None = None
        self.ran = False
        self.has_cluster = False
        self.checkout: Reference | None = None
        self.left: Fact[bool] = None
        self.logins: list[CloudLogin] = []

    def race(self, node: Node, reference: Reference | None, *, only_handed_on: bool) -> None:
        """Go past a step of a job that a comment of a trusted person starts: what is pushed after it comes along."""
        self.raced = brings_present_head(node, reference, only_handed_on=only_handed_on) or self.raced

    def note(self, node: Node, reference: Reference | None, job: JobFacts, environments: Sequence[Node]) -> None:
        """Go past a step; outsiders' code counts only where they get in."""
        if job.passage.is_open:
            found = brings(node, reference, job.around.events, job.scope)
            self.brought = found or brought_past(self.brought, node, reference)
        self.has_cluster = self.has_cluster or makes_cluster(node, reference)
        if reference is None:
            return
        if reference.repository == "actions/checkout" and not node["with"]["path"].exists:
            self.left = leaves_token(node)
            self.checkout = reference if isinstance(self.left, Known) and self.left.value else None
        login = login_of(reference.repository, node["with"], environments, version=reference.version)
        if login is not None:
            self.logins.append(login)


def _is_by_comment_alone(job: JobFacts) -> bool:
    """Whether only comments start it, here or through a workflow that hands on what they ask, and none by outsiders."""
    return not job.passage.is_open and bool(job.starts) and all(one.event in _BY_COMMENT for one in job.starts)


def step_of(facts: StepFacts, agent: Fact[str]) -> Step | None:
    """The step as a record; `agent` is the product of the agent that it runs, if any.

    None for a script that nothing is to be said about.
    """
    node, job, reference, at = facts.node, facts.job, facts.reference, facts.node.at
    code, brought = _Code(facts), facts.brought or facts.raced
    login = login_of_step(facts)
    if reference is None and agent is None and login is None and code.is_plain:
        return None
    step = Step(
        at=at,
        name=Known(facts.name, at),
        job=Known(job.name, job.node.at),
        action=_action(facts),
        checkout_of=code.checkout_of,
        persists_credentials=leaves_token(node) if code.is_checkout else None,
        runs_checked_out_code=Known(facts.runs_brought or facts.raced is not None, at) if brought is not None else None,
        injections=code.injections,
        injection=code.injections[0].expression if code.injections else None,
        prints_secret=code.printed,
        sent_unverified=code.unverified,
        login=login,
        runs_agent=agent,
        foreign_secrets=_foreign(facts, reference or code.fetched),
        runs_package=_package(code.fetched),
        downloads=Known(code.fetched.said, code.fetched.at) if code.fetched is not None else None,
        checkout_ref=Known(brought.ref, brought.at) if brought is not None else None,
        passes=code.passes,
        uploads_token=code.upload,
        plan_secrets=_in_plan(facts) if code.is_upload else None,
        only_in=home_of(node),
        asks_inputs=conditions_on_inputs(node, job.inputs),
        gives=_gives(facts) if reference is not None and reference.ecosystem == "local" else (),
    )
    return _with_holdings(step, facts)


def _with_holdings(step: Step, facts: StepFacts) -> Step:
    """The step with who starts it and with what is held in it and beside it."""
    node, job, reference = facts.node, facts.job, facts.reference
    opening = job.opening if facts.admits is job.admits else widest(facts.admits, job.otherwise)
    made = app_token_of(reference.repository, node["with"], node["uses"].at) if reference is not None else None
    return replace(
        step,
        privileged=job.rights.privileged,
        takes_all_secrets=job.secrets.all_at(facts.number),
        app_token=made.extent if made is not None else None,
        app_token_gives=made.gives if made is not None else None,
        app=made.app if made is not None else None,
        app_token_to=only_taker(node, job.node) if made is not None else None,
        admits=facts.admits if job.passage.is_open else (),
        open_to=opening.open_to,
        started_by=Known(job.starts[0].event, job.starts[0].at) if facts.raced is not None else opening.started_by,
        rights=job.rights.level,
        held=job.rights.held,
        secrets=_given(facts),
        beside=_beside(job, reference, facts.number) if reference is not None else None,
    )


def _action(facts: StepFacts) -> Package | None:
    """What the step uses; an action of the service on whose machine the job runs is that service's own there."""
    reference, at = facts.reference, facts.node["uses"].at
    if reference is None:
        return None
    package = package_of(reference, at)
    if runs_machine(reference.owner, facts.job.node):
        return replace(package, first_party=Known(value=True, at=at))
    return package


class _Code:
    """What a step does with code and secrets, each read once."""

    def __init__(self, facts: StepFacts) -> None:
        node, reference = facts.node, facts.reference
        repository = reference.repository if reference is not None else ""
        scope = facts.job.scope.inside(node) if "env" in node.value else facts.job.scope
        self.is_checkout = repository == "actions/checkout"
        job = facts.job
        self.brings = brings(node, reference, job.around.events, job.scope) if job.passage.is_open else None
        self.injections = injections_of(code_of(node, reference), scope, facts.job.around)
        self.printed = printed_secret(node, facts.environments)
        self.unverified = sent_unverified(node, reference)
        local = reference is not None and reference.ecosystem == "local"
        self.passes = passed_inputs(node["with"], scope, facts.job.around) if local else ()
        self.is_upload = reference is not None and repository == "actions/upload-artifact"
        self.upload = uploads_tree(node["with"], reference, facts.checkout) if self.is_upload and reference else None
        all_secrets = facts.job.secrets.all_at(facts.number)
        self.fetched = downloaded(node, job.node) or run_package(node) if reference is None else None
        self.is_plain = not (
            self.fetched
            or self.injections
            or self.brings
            or self.printed
            or self.unverified
            or facts.runs_brought
            or facts.raced
            or all_secrets
        )
        self._at = node.at

    @property
    def checkout_of(self) -> Fact[Literal["outsider", "trusted"]]:
        """Whose code the step brings, if it brings any."""
        if self.brings is not None:
            return Known("outsider", self.brings.at)
        return Known("trusted", self._at) if self.is_checkout else None


def _in_plan(facts: StepFacts) -> Fact[tuple[str, ...]]:
    earlier = list(facts.job.node["steps"].items())[: facts.number]
    return secrets_of_plan(facts.node["with"], earlier, facts.environments)


def _gives(facts: StepFacts) -> tuple[GivenInput, ...]:
    inputs = facts.node["with"]
    return telling(
        inputs_given(inputs, facts.job.node["strategy"]["matrix"]),
        inputs,
        facts.job,
        facts.job.scope.inside(facts.node),
    )


def _folder(job: Node) -> str:
    """The folder that scripts of a job run in when they name none."""
    stated = job["defaults"]["run"].value_under("working-directory")
    return stated if isinstance(stated, str) else ""


def _given(facts: StepFacts) -> Known[tuple[str, ...]]:
    """The secrets in a step's own inputs and script and in every environment that it sees."""
    found = facts.job.secrets.of_step(facts.number)
    names = tuple(dict.fromkeys(mention.name for mention in found))
    return Known(names, Place(facts.node.path, found[0].pointer) if found else facts.node.at)


def _foreign(facts: StepFacts, runs: Reference | Download | RunPackage | None) -> Known[tuple[str, ...]] | None:
    """The secrets of the step that belong to another service than what it runs, at the place of the first."""
    if runs is None:
        return None
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


def _package(run: Download | RunPackage | None) -> Package | None:
    if not isinstance(run, RunPackage):
        return None
    package, at = run.package, run.at
    return Package(
        at=at,
        ecosystem=Known(package.ecosystem, at),
        name=Known(package.name, at),
        version=Known(package.version or "the newest version", at),
        pin=Known(run.pin, at),
    )


def _beside(job: JobFacts, reference: Reference, number: int) -> Fact[tuple[str, ...]]:
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
    return rights_of(permissions, foreign, at).held if is_strong else Known((), at)


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


_HANDED_ON = "repository_dispatch"
_BY_COMMENT = frozenset({"issue_comment", _HANDED_ON})
_ABOUT_IDENTITY = frozenset({"sigstore", "octo-sts", "determinatesystems"})
"""Owners of the services to whom a job proves its identity."""
_TAKE_IDENTITY = frozenset({"jfrog", "pulumi", "tailscale"})
"""Owners of services that take the identity for a key of their own: it opens nothing else unless another step does."""
