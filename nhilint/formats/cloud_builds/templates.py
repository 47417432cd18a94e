"""Webhooks of CodeBuild projects that a CloudFormation template declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import mapping
from nhilint.formats.bedrock.spelling import Hosted, is_stated, part, plain
from nhilint.formats.cloud_builds.codebuild import pipeline
from nhilint.formats.cloudformation.declared import referred, referred_branch
from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.cloudformation.declared import Declared

PROJECT = "AWS::CodeBuild::Project"
_ROLE = "ServiceRole"


def build_triggers(resources: Sequence[Declared], format_id: str) -> Iterator[Resource]:
    """The pipelines of a template's projects that build pull requests."""
    roles = {resource.logical_id: resource.at for resource in resources if resource.kind == "AWS::IAM::Role"}
    for resource in resources:
        if resource.kind != PROJECT or "Triggers" not in resource.raw:
            continue
        named = resource.raw.get(_ROLE)
        home = roles.get(referred(named) or referred_branch(named))
        node = mapping({name: resource[name] for name in resource.raw}, resource.at)
        homes = {plain(_ROLE): home} if home is not None else {}
        project = Hosted("CodeBuild::Project", resource.name("Name"), node, resource.at, homes)
        triggers = project["Triggers"]
        if not triggers.is_mapping or part(triggers, "Webhook").value in (False, "false") or not is_stated(triggers):
            continue
        webhook = Hosted("CodeBuild::Webhook", project.name, triggers, triggers.at)
        found = pipeline(webhook, project["Source"], project.runs_as(_ROLE))
        if found is not None:
            yield Resource("workflow", project.name, format_id, found)
