"""The steps of one job in order, each with what came before: whose code is in the work tree, which token was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.github.actions import Reference, read_uses
from nhilint.formats.github.admission import triggers_of_entries
from nhilint.formats.github.checkout import brings, brings_present_head, brought_past, runs
from nhilint.formats.github.condition import can_happen
from nhilint.formats.github.exposure import leaves_token
from nhilint.formats.github.literals import shown
from nhilint.formats.github.logins import login_of
from nhilint.formats.github.runner_clusters import makes_cluster
from nhilint.model.fact import Fact, Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.github.checkout import Brought
    from nhilint.formats.github.job import JobFacts
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Trigger
    from nhilint.model.vocabulary.workflow import CloudLogin

_LONGEST_NAME = 60
_HANDED_ON = "repository_dispatch"
_BY_COMMENT = frozenset({"issue_comment", _HANDED_ON})


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


def _folder(job: Node) -> str:
    """The folder that scripts of a job run in when they name none."""
    stated = job["defaults"]["run"].value_under("working-directory")
    return stated if isinstance(stated, str) else ""
