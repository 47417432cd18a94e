"""`.gitlab-ci.yml` becomes a workflow, in the words of a workflow of GitHub: jobs, what they hold, logins, includes.

One step stands for each job that becomes a cloud identity or runs an agent. What a file includes from its own
repository is merged in later (`nhilint.link.gitlab`). A file of no telling name is read as a part, which counts only
where a pipeline includes it: it must have jobs, and beside them nothing but keywords.
Source: https://docs.gitlab.com/ci/yaml/, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gitlab.agents import agent_of_job
from nhilint.formats.gitlab.holding import holdings_of
from nhilint.formats.gitlab.includes import includes_of, local_includes
from nhilint.formats.gitlab.jobs import NO_JOBS, document_of, hidden_jobs_of, is_job, jobs_of
from nhilint.formats.gitlab.literals import literal_credentials
from nhilint.formats.gitlab.logins import login_of
from nhilint.formats.gitlab.starting import open_to, sources_of, triggers_of
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary import Workflow
from nhilint.model.vocabulary.workflow import HiddenJob, Step
from nhilint.model.vocabulary.workflow import Job as JobRecord

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.formats.gitlab.holding import Holdings
    from nhilint.formats.gitlab.jobs import Job
    from nhilint.model.vocabulary.agent import Agent
    from nhilint.source.document import Document

_MOST = 500
_OF_JOBS = ("stage", "rules", "extends", "needs", "only", "tags", "id_tokens", "image")
_TELLING = ("stages", "include", "workflow", "default", "variables", "image", "before_script", "spec")


def extract(document: Document, claim: Claim) -> Extraction:
    """The pipeline and the agents that its jobs run; a file with neither jobs nor keywords is something else."""
    root = document_of(Node.root(document))
    has_jobs = any(is_job(name.lstrip("."), node) for name, node in root.entries())
    if not root.is_mapping or not (has_jobs or any(root[key].exists for key in _TELLING)):
        return Extraction(recognised=False)
    if claim.format == "gitlab-part" and not _is_part(root):
        return Extraction(recognised=False)
    jobs = tuple(jobs_of(root))
    triggers = triggers_of(root, jobs)
    held = [holdings_of(job) for job in jobs]
    agents = [agent_of_job(job, holdings, triggers) for job, holdings in zip(jobs, held, strict=True)]
    steps = [_step(*each) for each in zip(jobs, held, agents, strict=True)]
    workflow = Workflow(
        at=root.at,
        name=Known(document.path, root.at),
        platform=Known("gitlab", root.at),
        triggers=triggers,
        open_to=open_to(sources_of(root["workflow"]), root),
        oidc=Known(any(job["id_tokens"].is_mapping for job in jobs), root.at),
        runs_agent=Known(any(agents), root.at),
        jobs=tuple(_job(job, holdings) for job, holdings in zip(jobs, held, strict=True)),
        steps=tuple(step for step in steps if step is not None),
        includes=tuple(includes_of(root)),
        local_includes=local_includes(root),
        hidden_jobs=tuple(_hidden(job) for job in hidden_jobs_of(root)),
        variables=Known(tuple(name for name, _ in root["variables"].entries())[:_MOST], root["variables"].at),
        credentials=tuple(literal_credentials(root, document)),
    )
    found = [
        Resource("agent", f"{job.name} / {agent.product.value}", claim.format, agent)
        for job, agent in zip(jobs, agents, strict=True)
        if agent is not None and isinstance(agent.product, Known)
    ]
    return Extraction((Resource("workflow", document.path, claim.format, workflow), *found))


def _is_part(root: Node) -> bool:
    """Whether every entry is a keyword, a job or a hidden one, with variables or what only jobs of GitLab say."""
    entries = list(root.entries())[:_MOST]
    if not all(name in NO_JOBS or name.startswith(".") or is_job(name, node) for name, node in entries):
        return False
    of_jobs = any(node.is_mapping and any(node[key].exists for key in _OF_JOBS) for _, node in entries)
    return of_jobs or root["variables"].is_mapping


def _hidden(job: Job) -> HiddenJob:
    at = job.node.at
    holdings = holdings_of(job)
    return HiddenJob(
        at=at,
        name=Known(job.name, at),
        extends=Known(job.extended_elsewhere(), at),
        secrets=holdings.credentials,
        rights=holdings.level,
        held=holdings.held,
        login=login_of(job),
    )


def _job(job: Job, holdings: Holdings) -> JobRecord:
    at = job.node.at
    environment = job["environment"]
    return JobRecord(
        at=at,
        name=Known(job.name, at),
        environment=environment["name"].text() if environment.is_mapping else environment.text(),
        self_hosted=_self_hosted(job),
        open_to=open_to(sources_of(job), job.node),
        secrets=holdings.credentials,
        rights=holdings.level,
        held=holdings.held,
        extends_elsewhere=Known(job.extended_elsewhere(), at),
    )


def _self_hosted(job: Job) -> Fact[bool]:
    """Tags choose a runner; whether it is the organisation's own machine no file tells."""
    tags = job["tags"]
    return tags.unknown("up to the runner that bears these tags") if tags.exists else None


def _step(job: Job, holdings: Holdings, agent: Agent | None) -> Step | None:
    login = login_of(job)
    if login is None and agent is None:
        return None
    at = job.node.at
    return Step(
        at=at,
        name=Known(job.name, at),
        job=Known(job.name, at),
        login=login,
        runs_agent=agent.product if agent is not None else None,
        open_to=open_to(sources_of(job), job.node),
        rights=holdings.level,
        held=holdings.held,
    )
