"""What starts a pipeline or a job: the sources that its rules name.

A merge request of a fork starts a pipeline in the fork's own project, with the fork's variables; in the project itself
only its members start pipelines. A trigger is started by whoever holds its token, often a service that hands on what
strangers write. So nothing here is open to outsiders by the file alone.
Sources, read 2026-11-22: https://docs.gitlab.com/ci/pipelines/merge_request_pipelines/ (use with forked projects),
https://docs.gitlab.com/ci/triggers/, https://docs.gitlab.com/ci/jobs/job_rules/ (CI_PIPELINE_SOURCE).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import Trigger
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.gitlab.jobs import Job
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import OpenTo

_SOURCE = Deferred(r"\$(?:CI_PIPELINE_SOURCE|\{CI_PIPELINE_SOURCE\})\s{0,8}==\s{0,8}[\"']([a-z_]{1,40})[\"']")
_ONLY = {
    "merge_requests": "merge_request_event", "schedules": "schedule", "triggers": "trigger", "api": "api",
    "pushes": "push", "web": "web", "external_pull_requests": "external_pull_request_event",
}  # fmt: skip
_HELD_BY_OTHERS = frozenset({"trigger", "api"})
_MOST = 100


def sources_of(holder: Node | Job) -> tuple[tuple[str, Node], ...]:
    """The sources that rules name, each with the rule; none when the rules name none."""
    return tuple(_sources(holder))[:_MOST]


def _sources(holder: Node | Job) -> Iterator[tuple[str, Node]]:
    for rule in holder["rules"].items():
        condition = rule["if"]
        if condition.is_text and rule["when"].value != "never":
            for found in _SOURCE.finditer(condition.value):
                yield found[1], condition
    only = holder["only"]
    for item in (only["refs"] if only.is_mapping else only).items():
        if item.is_text and item.value in _ONLY:
            yield _ONLY[item.value], item


def triggers_of(root: Node, jobs: tuple[Job, ...]) -> tuple[Trigger, ...]:
    """Every source that the pipeline or one of its jobs names, once."""
    found: dict[str, Node] = {}
    holders: tuple[Node | Job, ...] = (root["workflow"], *jobs)
    for holder in holders:
        for source, node in sources_of(holder):
            found.setdefault(source, node)
    return tuple(_trigger(source, node) for source, node in list(found.items())[:_MOST])


def _trigger(source: str, node: Node) -> Trigger:
    at = node.at
    return Trigger(
        at=at,
        event=Known(source, at),
        open_to=open_to(((source, node),), node),
        carries_input=Known(source != "schedule", at),
        privileged=Known(value=False, at=at),
    )


def open_to(sources: tuple[tuple[str, Node], ...], otherwise: Node) -> Fact[OpenTo]:
    """Who can start something with the project's own variables."""
    for source, node in sources:
        if source in _HELD_BY_OTHERS:
            return Unknown("up to whoever holds the trigger's token", node.at)
    if sources and all(source == "schedule" for source, _ in sources):
        return Known("nobody", sources[0][1].at)
    return Known("writers", sources[0][1].at if sources else otherwise.at)
