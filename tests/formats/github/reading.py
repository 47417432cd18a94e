"""Reads workflow texts as the pipeline would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.claims import CLAIMS
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.link.github import join
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.workflow import Job, Step, Workflow
from nhilint.source.document import read

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

PATH = ".github/workflows/w.yml"
SHA = "1" * 40


def resources_of(text: str, path: str = PATH) -> tuple[Resource, ...]:
    """What a file gives by itself."""
    (claim,) = Recogniser(CLAIMS).recognise(path, text.encode())
    return reader_of(claim).extract(read(path, text.encode(), claim.syntax), claim).resources


def workflow_of(text: str) -> Workflow:
    """The workflow of one file."""
    return next(r.facts for r in resources_of(text) if isinstance(r.facts, Workflow))


def job_of(text: str, name: str = "j") -> Job:
    """One job of one file, by its id."""
    return next(job for job in workflow_of(text).jobs if job.name.value == name)


def steps_of(text: str) -> tuple[Step, ...]:
    """The steps of one file that are kept."""
    return workflow_of(text).steps


def agent_of(text: str) -> Agent:
    """The one agent of a file."""
    (agent,) = [r.facts for r in resources_of(text) if isinstance(r.facts, Agent)]
    return agent


def linked(files: dict[str, str]) -> dict[str, list[object]]:
    """The facts of several files after linking, by path."""
    found: dict[str, list[object]] = {}
    for resource in join(tuple(r for path, text in files.items() for r in resources_of(text, path))):
        found.setdefault(resource.at.path, []).append(resource.facts)
    return found
