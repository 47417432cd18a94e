"""Webhooks of CodeBuild and triggers of Cloud Build that a Terraform module declares, with what their builds run as.

Source: the pages of aws_codebuild_webhook, aws_codebuild_project and google_cloudbuild_trigger below
registry.terraform.io/providers/hashicorp, read 2026-11-23.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.configurations import node_of
from nhilint.formats.bedrock.spelling import Hosted, is_stated, plain, told
from nhilint.formats.cloud_builds import cloudbuild, codebuild
from nhilint.formats.terraform.referents import resource_named
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Resource
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.capability import RunsAs

WEBHOOK, TRIGGER = "aws_codebuild_webhook", "google_cloudbuild_trigger"
_PROJECT, _ROLE, _ACCOUNT = "aws_codebuild_project", "service_role", "google_service_account"
_OWN_ACCOUNT = Deferred(r"(?<![\w.-])(?:resource\.)?google_service_account\.([\w-]{1,200})")
_LONGEST = 500


def build_triggers(resolver: Resolver) -> Iterator[Resource]:
    """The pipelines of a module that build pull requests; the format is named by the caller, who knows their files."""
    for block in resolver.module.of_kind(WEBHOOK):
        project = _project(block, resolver)
        webhook = Hosted(WEBHOOK, block.label, node_of(block, resolver), block.at)
        built = Hosted(_PROJECT, project.label, node_of(project, resolver), project.at) if project else None
        found = codebuild.pipeline(webhook, built["Source"] if built else None, _as_role(project, resolver))
        if found is not None:
            yield Resource("workflow", webhook.name, "", found)
    for block in resolver.module.of_kind(TRIGGER):
        node = node_of(block, resolver)
        stated = told(Hosted(TRIGGER, block.label, node, block.at)["Name"])
        name = stated.value if isinstance(stated, Known) and stated.value else block.label
        trigger = cloudbuild.pipeline(Hosted(TRIGGER, name, node, block.at), _as_account(block, resolver))
        if trigger is not None:
            yield Resource("workflow", name, "", trigger)


def _project(webhook: Block, resolver: Resolver) -> Block | None:
    """The project of a webhook: the one that it refers to, or the only one of the module that is called the same."""
    value = webhook.body.get("project_name")
    kind, label = resource_named(value) or ("", "")
    if kind == _PROJECT:
        return resolver.module.resources.get((kind, label))
    name = resolver.text(value, webhook.spot)
    if not name.strip("${}"):
        return None
    called = [
        block
        for block in resolver.module.of_kind(_PROJECT)
        if resolver.text(block.body.get("name"), block.spot) == name
    ]
    return called[0] if len(called) == 1 else None


def _as_role(project: Block | None, resolver: Resolver) -> RunsAs | None:
    if project is None:
        return None
    role = resolver.module.resources.get(resource_named(project.body.get(_ROLE)) or ("", ""))
    homes = {plain(_ROLE): role.at} if role is not None and role.kind == "aws_iam_role" else {}
    return Hosted(_PROJECT, project.label, node_of(project, resolver), project.at, homes).runs_as("ServiceRole")


def _as_account(trigger: Block, resolver: Resolver) -> RunsAs:
    value, spot = trigger.body.get("service_account"), trigger.spot.to("service_account")
    node = resolver.node(value, spot) if value is not None else None
    if node is None or not is_stated(node):
        return cloudbuild.default_account(trigger.at)
    found = _OWN_ACCOUNT.search(value.text[:_LONGEST]) if isinstance(value, Expression) else None
    account = resolver.module.resources.get((_ACCOUNT, found[1])) if found else None
    if account is not None:
        return _as_declared(account, resolver, node.at)
    return cloudbuild.account_named(node)


def _as_declared(account: Block, resolver: Resolver, at: Place) -> RunsAs:
    """An account of the module; which of several that one block makes is not told."""
    if "for_each" in account.body:
        return cloudbuild.as_account(Unknown("one of several accounts", at))
    name = resolver.text(account.body.get("account_id"), account.spot)
    return cloudbuild.as_account(Known(account.label if "${" in name or not name else name, at), account.at)
