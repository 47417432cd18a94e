"""A workflow file becomes one workflow resource, and one agent for each step that runs one.

What counts is who can start a job after all conditions (`admission`), what the job then holds (`rights`), and what
outsiders bring along: code (`checkout`), text pasted into code (`injection`) or into a prompt (`agents`). Nothing is
said about the syntax or the style of a workflow, and nothing about what the actions it uses do inside.

GitHub runs workflows from `.github/workflows` at the top of a repository alone. One below another folder, of a vendored
project or meant to be copied, starts nothing, and neither does one that it refuses (`refusal`) or one whose `on` is
stated and empty: only the credentials written into it count.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.admission import Admissions, triggers_of_entries, widest
from nhilint.formats.github.agents import agents_in, product_of
from nhilint.formats.github.condition import can_happen
from nhilint.formats.github.conditions_without_effect import ineffective_conditions
from nhilint.formats.github.events import starts, trigger_of
from nhilint.formats.github.fetched_variables import fetched_variables
from nhilint.formats.github.handed_elsewhere import told_where_handed
from nhilint.formats.github.home import home_of_job
from nhilint.formats.github.injection import Surroundings
from nhilint.formats.github.input_conditions import defaults_of, types_of
from nhilint.formats.github.job import JobFacts, job_of, job_permissions
from nhilint.formats.github.literals import literal_credentials
from nhilint.formats.github.logins import proves_identity
from nhilint.formats.github.origins import Origins
from nhilint.formats.github.permissions import ALL, Permissions, permissions_of
from nhilint.formats.github.printed_commands import printed_commands
from nhilint.formats.github.refusal import refusals, refused_conditions
from nhilint.formats.github.rights import rights_of
from nhilint.formats.github.secrets import JobSecrets
from nhilint.formats.github.step import step_of
from nhilint.formats.github.trail import steps_of
from nhilint.formats.node import Node
from nhilint.formats.shell_grants.steps import given_in_steps
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.workflow import Step, Workflow

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.formats.github.events import Start
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import OpenTo, Trigger
    from nhilint.source.document import Document

FOLDER = ".github/workflows/"
_SAFE_INPUTS = frozenset({"boolean", "number", "environment", "choice"})


def extract(document: Document, claim: Claim) -> Extraction:
    """The workflow of a document and the agents in it."""
    root = Node.root(document)
    if not root.is_mapping or not root["jobs"].is_mapping:
        return Extraction(recognised=False)
    name = root.value_under("name")
    title = name if isinstance(name, str) and "${{" not in name else document.path.rsplit("/", 1)[-1]
    refused = refusals(document) + refused_conditions(document, root["jobs"])
    if refused or not is_run(document.path) or _is_started_by_nothing(root):
        at_rest = Workflow(
            at=root.at, platform=Known("github", root.at), credentials=literal_credentials(root, document)
        )
        return Extraction((Resource("workflow", title, claim.format, at_rest),), refused)
    reader = _Reader(root, document)
    workflow, agents = reader.read(claim.format)
    given = tuple(given_in_steps(root, document.text))
    identities = tuple(resource for step in given for resource in step.resources)
    remarks = tuple(problem for step in given for problem in step.problems)
    return Extraction((Resource("workflow", title, claim.format, workflow), *agents, *identities), remarks)


def is_run(path: str) -> bool:
    """Whether GitHub looks for workflows where this file stands, relative to the top of the repository."""
    return path.lower().startswith(FOLDER)


def _is_started_by_nothing(root: Node) -> bool:
    """Whether `on` is stated and names no event (`on: {}`, `on: []`, `on:`), as people write who switch a file off."""
    on = root["on"] if root["on"].exists else root["true"]
    return on.exists and on.value in (None, "", [], {})


class _Reader:
    """Reads the parts of one workflow that depend on each other."""

    def __init__(self, root: Node, document: Document) -> None:
        self.root = root
        self.document = document
        self.starts = starts(root)
        self.triggers = tuple(trigger_of(start) for start in self.starts)
        self.origins = Origins(root)
        self.admissions = Admissions(self.starts, root["jobs"], self.origins)
        self.permissions = permissions_of(root)
        self.otherwise = _otherwise(self.triggers, root)
        call = next((start.details for start in self.starts if start.event == "workflow_call"), root["none"])
        self.inputs = call["inputs"] if call.is_mapping else root["none"]
        self.types = types_of(self.inputs)
        self.free = free_inputs(self.starts)
        self.conditional = "repository" in document.text

    def read(self, form: str) -> tuple[Workflow, tuple[Resource, ...]]:
        """The workflow and the agents that its steps run."""
        stated = ((name, node) for name, node in self.root["jobs"].entries() if node.is_mapping)
        jobs = [self._job(name, node) for name, node in stated if not self._never_runs(node)]
        steps: list[Step] = []
        agents: dict[tuple[str, Place], Resource] = {}
        for job in jobs:
            for facts in steps_of(job, self.root["env"]):
                found = agents_in(facts, form)
                # A list of servers that one step writes may be that of several agents after it.
                agents.update({(one.kind, one.at): one for one in found if (one.kind, one.at) not in agents})
                step = step_of(facts, product_of(found))
                if step is not None:
                    steps.append(step)
        return self._workflow(jobs, steps, runs_agent=bool(agents)), tuple(agents.values())

    def _never_runs(self, job: Node) -> bool:
        return (
            _is_switched_off(job)
            or _has_no_row(job["strategy"]["matrix"])
            or not can_happen(job.value_under("if"), tuple(start.event for start in self.starts))
        )

    def _workflow(self, jobs: list[JobFacts], steps: list[Step], *, runs_agent: bool) -> Workflow:
        root = self.root
        return Workflow(
            at=root.at,
            name=Known(root.value_under("name"), root["name"].at) if root["name"].is_text else None,
            platform=Known("github", root.at),
            triggers=self.triggers,
            open_to=_widest_trigger(self.triggers, self.otherwise),
            permissions=self.permissions.entries if self.permissions is not None else (),
            permissions_stated=Known(self.permissions is not None, root.at),
            write_all=_write_all(self.permissions),
            oidc=_oidc(jobs, root),
            runs_agent=Known(runs_agent, root.at),
            jobs=tuple(job_of(job) for job in jobs),
            steps=told_where_handed(steps),
            credentials=literal_credentials(root, self.document),
            follows=_follows(self.starts),
            inputs=_inputs(self.starts),
            defaults=defaults_of(self.inputs),
            ineffective=ineffective_conditions(root, self.starts),
            printed_commands=printed_commands(root, jobs),
            fetched_variables=fetched_variables(jobs),
        )

    def _job(self, name: str, node: Node) -> JobFacts:
        permissions = job_permissions(node, self.permissions)
        secrets = JobSecrets(node, self.root["env"])
        admits = triggers_of_entries(self.admissions.of_job(name))
        return JobFacts(
            name=name,
            node=node,
            passage=self.admissions.passage(name),
            admits=admits,
            otherwise=self.otherwise,
            opening=widest(admits, self.otherwise),
            permissions=permissions,
            secrets=secrets,
            rights=rights_of(permissions, secrets.places, node.at),
            around=self._around(admits),
            scope=self.origins.of_job(name),
            starts=tuple(self.starts),
            proves_identity=_has_identity(permissions) and proves_identity(node),
            inputs=self.types,
            home=home_of_job(name, self.root["jobs"]) if self.conditional else None,
        )

    def _around(self, admits: tuple[Trigger, ...]) -> Surroundings:
        events = {t.event.value for t in admits if isinstance(t.event, Known) and _has_rights(t)}
        events.update(start.event for start in self.starts if start.event in ("push", "workflow_call"))
        return Surroundings(frozenset(events), self.free)


def _has_identity(permissions: Permissions | None) -> bool:
    return permissions is not None and any(scope in ("id-token", ALL) for scope, _ in permissions.writes)


def _has_no_row(matrix: Node) -> bool:
    """Whether a matrix is stated and every list in it is empty or left out, so that no job comes of it."""
    rows = [node.value for name, node in matrix.entries() if name != "exclude"]
    return bool(rows) and all(value is None or value == [] for value in rows)


def _is_switched_off(job: Node) -> bool:
    """Whether a job's condition is false whatever happens: `false`, or `false && …`."""
    condition = job.value_under("if")
    if isinstance(condition, str):
        plain = condition.strip().removeprefix("${{").removesuffix("}}").strip()
        return plain == "false" or plain.startswith("false &&")
    return condition is False


def free_inputs(found: list[Start]) -> frozenset[str]:
    """The inputs of a called workflow that take any text."""
    call = next((start for start in found if start.event == "workflow_call"), None)
    if call is None or not call.details.is_mapping:
        return frozenset()
    declared = call.details["inputs"].entries()
    return frozenset(name.lower() for name, node in declared if not node["type"].is_one_of(_SAFE_INPUTS))


def _has_rights(trigger: Trigger) -> bool:
    return isinstance(trigger.privileged, Known) and trigger.privileged.value


def _otherwise(triggers: tuple[Trigger, ...], root: Node) -> Fact[OpenTo]:
    """Who starts a run when no outsider does: a clock alone, or somebody with write access."""
    clock = bool(triggers) and all(t.open_to == Known("nobody", t.at) for t in triggers)
    return Known("nobody" if clock else "writers", triggers[0].at if triggers else root.at)


def _widest_trigger(triggers: tuple[Trigger, ...], otherwise: Fact[OpenTo]) -> Fact[OpenTo]:
    facts = [trigger.open_to for trigger in triggers]
    for fact in facts:
        if isinstance(fact, Known) and fact.value == "anyone":
            return fact
    return next((fact for fact in facts if isinstance(fact, Unknown)), otherwise)


def _write_all(permissions: Permissions | None) -> Fact[bool]:
    return Known(permissions.write_all, permissions.at) if permissions is not None else None


def _oidc(jobs: list[JobFacts], root: Node) -> Fact[bool]:
    for job in jobs:
        for scope, place in job.permissions.writes if job.permissions is not None else ():
            if scope in ("id-token", "*"):
                return Known(value=True, at=place)
    return Known(value=False, at=root.at)


def _follows(found: list[Start]) -> Fact[tuple[str, ...]]:
    run = next((start for start in found if start.event == "workflow_run"), None)
    return run.details["workflows"].texts() if run is not None and run.details.is_mapping else None


def _inputs(found: list[Start]) -> Fact[tuple[str, ...]]:
    call = next((start for start in found if start.event == "workflow_call"), None)
    if call is None:
        return None
    names = tuple(name for name, _ in call.details["inputs"].entries()) if call.details.is_mapping else ()
    return Known(names, call.at)
