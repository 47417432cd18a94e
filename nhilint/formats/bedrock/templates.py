"""Agents, gateways and tools that a CloudFormation template declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.assembled import mapping
from nhilint.formats.bedrock.spelling import Hosted, plain
from nhilint.formats.bedrock.subjects import NAMES, subject
from nhilint.formats.cloudformation.declared import referred, referred_branch
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.capability import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource


def hosted_subjects(resources: Sequence[Declared], format_id: str) -> Iterator[Resource]:
    """The subjects of a template's resources in the namespaces of Bedrock."""
    roles = {resource.logical_id: resource.at for resource in resources if resource.kind == "AWS::IAM::Role"}
    enforced = next((r for r in resources if r.kind == "AWS::Bedrock::EnforcedGuardrailConfiguration"), None)
    for resource in resources:
        kind = resource.kind.removeprefix("AWS::")
        if kind in NAMES:
            found = subject(_hosted(resource, kind, roles), format_id)
            yield found if enforced is None else _under(found, enforced)


def _under(found: Resource, enforced: Declared) -> Resource:
    """An agent with the guardrail that the account puts before every call of a model."""
    if not isinstance(found.facts, Agent) or isinstance(found.facts.guards, Unknown):
        return found
    at = enforced.at
    guard = Guard(at=at, name=Known(enforced.logical_id, at), kind=Known("content_filter", at))
    return replace(found, facts=replace(found.facts, guards=(*found.facts.guards, guard)))


def _hosted(resource: Declared, kind: str, roles: dict[str, Place]) -> Hosted:
    named: dict[str, Place] = {}
    for name, value in resource.raw.items():
        if name.endswith("RoleArn"):
            home = roles.get(referred(value) or referred_branch(value))
            if home is not None:
                named[plain(name)] = home
    node = mapping({name: resource[name] for name in resource.raw}, resource.at)
    return Hosted(kind, resource.name(NAMES[kind]), node, resource.at, named)
