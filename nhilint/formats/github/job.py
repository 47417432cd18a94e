"""One job as its steps see it: who gets to it, what its token may do, which secrets it names, where it runs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.github.actions import package_of, read_uses
from nhilint.formats.github.agent_reading import telling
from nhilint.formats.github.injection import passed_inputs
from nhilint.formats.github.input_conditions import conditions_on_inputs, inputs_given
from nhilint.formats.github.permissions import permissions_of
from nhilint.formats.github.runner import own_label, self_hosted, self_hosted_if, withdrawn
from nhilint.formats.github.secrets import credential_of, is_token_alone
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.workflow import Job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.github.admission import Opening, Passage
    from nhilint.formats.github.events import Start
    from nhilint.formats.github.injection import Surroundings
    from nhilint.formats.github.origins import Scope
    from nhilint.formats.github.permissions import Permissions
    from nhilint.formats.github.rights import Rights
    from nhilint.formats.github.secrets import JobSecrets
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import OpenTo, Trigger
    from nhilint.model.vocabulary.workflow import GivenInput


class JobFacts(Struct, frozen=True, dict=True):
    """What the steps of a job need to know of it."""

    name: str
    node: Node
    passage: Passage
    admits: tuple[Trigger, ...]
    otherwise: Fact[OpenTo]
    opening: Opening
    permissions: Permissions | None
    secrets: JobSecrets
    rights: Rights
    around: Surroundings
    scope: Scope
    starts: tuple[Start, ...]
    home: Known[tuple[str, ...]] | None
    proves_identity: bool
    inputs: Mapping[str, str]

    @cached_property
    def names_servers(self) -> bool:
        """Whether anything in the job speaks of servers of the Model Context Protocol."""
        text = str(self.node.value)
        return "mcpServers" in text or "mcp_servers" in text


def job_of(facts: JobFacts) -> Job:
    """The job as a record."""
    node, at = facts.node, facts.node.at
    permissions = facts.permissions
    called = node.value_under("uses")
    inherits = node["secrets"]
    machine = self_hosted_if(node, facts.inputs)
    return Job(
        at=at,
        name=Known(facts.name, at),
        permissions=permissions.entries if permissions is not None else (),
        permissions_stated=Known(permissions is not None, permissions.at if permissions is not None else at),
        writes=_writes(facts),
        environment=_environment(node),
        self_hosted=self_hosted(node, machine, by_itself=any(one.event != "workflow_call" for one in facts.starts)),
        withdrawn=withdrawn(node),
        self_hosted_if=machine,
        runner=own_label(node),
        open_to=facts.opening.open_to,
        inherits_secrets=Known(value=True, at=inherits.at) if inherits.value == "inherit" else None,
        called=package_of(read_uses(called), node["uses"].at) if isinstance(called, str) else None,
        secrets=tuple(credential_of(name, place) for name, place in facts.secrets.places),
        admits=facts.admits,
        rights=facts.rights.level,
        held=facts.rights.held,
        passes=passed_inputs(node["with"], facts.scope, facts.around) if isinstance(called, str) else (),
        only_in=facts.home,
        asks_inputs=conditions_on_inputs(node, facts.inputs),
        gives=_gives(facts) if isinstance(called, str) and called.startswith(("./", "$/")) else (),
        token_as=_token_as(inherits),
        unmasked_part=facts.secrets.unmasked,
    )


def _gives(facts: JobFacts) -> tuple[GivenInput, ...]:
    inputs = facts.node["with"]
    return telling(inputs_given(inputs, facts.node["strategy"]["matrix"]), inputs, facts, facts.scope)


def _token_as(secrets: Node) -> Known[tuple[str, ...]] | None:
    """The secrets of a called workflow that are given the job's own token, if only under a condition."""
    entries = secrets.entries() if secrets.is_mapping else ()
    given = tuple(name.upper() for name, node in entries if node.is_text and is_token_alone(node.value))
    return Known(given, secrets.at) if given else None


def job_permissions(job: Node, workflow: Permissions | None) -> Permissions | None:
    """The job's own statement, else the workflow's."""
    own = permissions_of(job)
    return own if own is not None else workflow


def _writes(facts: JobFacts) -> Fact[tuple[str, ...]]:
    permissions = facts.permissions
    if permissions is None:
        return facts.node.unknown("up to the repository's default for tokens")
    if permissions.unclear:
        return facts.node.unknown("not readable as permissions")
    return Known(tuple(scope for scope, _ in permissions.writes), permissions.at)


def _environment(node: Node) -> Fact[str]:
    environment = node["environment"]
    return environment["name"].text() if environment.is_mapping else environment.text()
