"""One step with its surroundings becomes the record that checks judge: what it does with code, keys and secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.github.actions import package_of
from nhilint.formats.github.admission import widest
from nhilint.formats.github.agent_reading import telling
from nhilint.formats.github.checkout import brings
from nhilint.formats.github.downloads import Download, downloaded
from nhilint.formats.github.exposure import leaves_token, printed_secret, uploads_tree
from nhilint.formats.github.foreign_secrets import foreign_secrets, held_beside, secrets_around, secrets_given
from nhilint.formats.github.handed_tokens import only_taker
from nhilint.formats.github.home import home_of
from nhilint.formats.github.injection import code_of, injections_of, passed_inputs
from nhilint.formats.github.input_conditions import conditions_on_inputs, inputs_given
from nhilint.formats.github.logins import app_token_of
from nhilint.formats.github.own_approvals import approves_own_run
from nhilint.formats.github.plan_artifacts import secrets_of_plan
from nhilint.formats.github.run_packages import RunPackage, run_package
from nhilint.formats.github.runner import runs_machine
from nhilint.formats.github.step_logins import login_of_step
from nhilint.formats.github.unverified_peers import sent_unverified
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.tool import Package
from nhilint.model.vocabulary.workflow import Step

if TYPE_CHECKING:
    from nhilint.formats.github.trail import StepFacts
    from nhilint.model.vocabulary.workflow import GivenInput


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
        approves_with=code.approves,
        sent_unverified=code.unverified,
        login=login,
        runs_agent=agent,
        foreign_secrets=foreign_secrets(facts, reference or code.fetched),
        secrets_around=secrets_around(facts, reference),
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
        secrets=secrets_given(facts),
        beside=held_beside(job, reference, facts.number) if reference is not None else None,
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
        self.approves = approves_own_run(node, facts.environments)
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
            or self.approves
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
