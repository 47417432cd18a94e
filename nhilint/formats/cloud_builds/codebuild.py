"""A webhook of AWS CodeBuild becomes a pipeline: whose pull requests it builds, and as which role.

A build starts when all filters of one group let an event pass. Where the approval of pull requests is not stated, it
depends on when the webhook was made: since August 2025 a new one asks for a comment by somebody who may write, an older
one does not, so that the file tells neither. Filters for branches, files and messages keep nobody out who chooses these
himself. Source, read 2026-11-23: docs.aws.amazon.com/codebuild/latest/userguide/github-webhook.html and
pull-request-build-policy.html (default ALL_PULL_REQUESTS for new projects, approver roles), API_WebhookFilter, the
CloudFormation page of AWS::CodeBuild::Project ProjectTriggers and the Terraform page of aws_codebuild_webhook.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.bedrock.spelling import blocks, is_stated, part, told
from nhilint.formats.cloud_builds.account_patterns import bound_to_whole
from nhilint.formats.embedded_yaml import embedded_yaml
from nhilint.formats.github.project_code import runs_project_code
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.agent import Trigger
from nhilint.model.vocabulary.workflow import AccountFilter, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.agent import OpenTo
    from nhilint.model.vocabulary.capability import RunsAs

_OPENING = frozenset({"PULL_REQUEST_CREATED", "PULL_REQUEST_UPDATED", "PULL_REQUEST_REOPENED"})
_ACCOUNT = "ACTOR_ACCOUNT_ID"
_APPROVAL = frozenset({"ALL_PULL_REQUESTS", "FORK_PULL_REQUESTS"})
_MAY_BE_ANYBODY = frozenset({"GITHUB_READ", "GITLAB_GUEST", "BITBUCKET_READ"})
"""Roles that everybody has who may see the repository, which may be a public one."""
_MOST, _MOST_FILTERS = 200, 30
_LONGEST = 2_000


class Filter(Struct, frozen=True):
    """One filter of a group."""

    kind: Known[str] | Unknown
    pattern: Known[str] | Unknown
    excludes: bool


Group = tuple[Filter, ...] | Unknown


def pipeline(webhook: Hosted, source: Node | None, runs_as: RunsAs | None) -> Workflow | None:
    """The pipeline that a webhook starts; None where it builds no pull request that is still open. `source` is that of
    its project, where the project is known."""
    groups = list(_groups(webhook))
    approval = _approval(webhook)
    opened = [found for group in groups if (found := _opened_by(group)) is not None]
    if groups and not opened:
        return None
    open_to = _widest(opened, approval, webhook)
    at = open_to.at if open_to is not None else webhook.at
    return Workflow(
        at=webhook.at,
        name=Known(webhook.name, webhook.at),
        platform=Known("codebuild", webhook.at),
        triggers=(Trigger(at=at, event=Known("pull_request", at), open_to=open_to),),
        open_to=open_to,
        runs_as=runs_as,
        runs_changed_code=_runs_changed_code(source) if source is not None else None,
        account_filters=tuple(_account_filters(groups, alone=value_of(approval) != "writers")),
    )


def _groups(webhook: Hosted) -> Iterator[Group]:
    """The groups of filters: blocks of Terraform, lists of lists in a template."""
    node = webhook["FilterGroup"] if webhook["FilterGroup"].exists else webhook["FilterGroups"]
    if is_stated(node) and not (node.is_list or node.is_mapping):
        yield Unknown("an expression", node.at)
        return
    for each in islice(node.items(), _MOST) if is_stated(node) else ():
        if each.is_mapping and each["dynamic"].exists:
            yield Unknown("an expression", each.at)
            continue
        filters = part(each, "Filter") if each.is_mapping else each
        read = tuple(map(_filter, islice(blocks(filters), _MOST_FILTERS)))
        yield read if filters.is_list else Unknown("a value", each.at)


def _filter(node: Node) -> Filter:
    missing = Unknown("not stated", node.at)
    excludes = value_of(part(node, "ExcludeMatchedPattern").boolean(default=False))
    pattern = told(part(node, "Pattern")) or missing
    if isinstance(pattern, Known) and len(pattern.value) > _LONGEST:
        pattern = Unknown("longer than any pattern", pattern.at)
    return Filter(told(part(node, "Type")) or missing, pattern, excludes is not False)


def _opened_by(group: Group) -> Fact[OpenTo]:
    """Who starts a build through a group by a pull request that is not merged yet; None where nobody does."""
    if isinstance(group, Unknown):
        return group
    events = [one for one in group if value_of(one.kind) == "EVENT"]
    places = [one.pattern.at for one in events if _OPENING & _names(one)]
    if not places:
        return next((gap for one in group if (gap := _gap(one)) is not None and not any(map(_names, events))), None)
    kept = next((one.pattern.at for one in group if _is_kept_to_accounts(one)), None)
    if kept is not None:
        return Known("writers", kept)
    held = next((one.pattern for one in group if _may_keep_out(one)), None)
    if held is not None:
        return Unknown("a pattern that may keep strangers out", held.at)
    unclear = next((one.kind for one in group if isinstance(one.kind, Unknown)), None)
    return unclear or Known("anyone", places[0])


def _names(event: Filter) -> frozenset[str]:
    """The events that a filter lets pass, where they are known."""
    text = value_of(event.pattern) or ""
    return frozenset(name.strip() for name in text.split(",") if name.strip()) if not event.excludes else frozenset()


def _gap(one: Filter) -> Unknown | None:
    """What is not known of a filter that may be one for events."""
    if isinstance(one.kind, Unknown) or value_of(one.kind) != "EVENT":
        return one.kind if isinstance(one.kind, Unknown) else None
    if isinstance(one.pattern, Known):
        return Unknown("an event that is left out", one.pattern.at) if one.excludes else None
    return one.pattern


def _is_account(one: Filter) -> bool:
    return value_of(one.kind) == _ACCOUNT and not one.excludes


def _is_kept_to_accounts(one: Filter) -> bool:
    """Whether a filter surely admits listed accounts and nobody else."""
    pattern = value_of(one.pattern) or ""
    is_bound = pattern.startswith("^") and ".*" not in pattern and bound_to_whole(pattern) is None
    return _is_account(one) and is_bound


def _may_keep_out(one: Filter) -> bool:
    """Whether a filter may keep strangers out: a pattern for accounts, or files that must not be changed."""
    return _is_account(one) or (value_of(one.kind) == "FILE_PATH" and one.excludes)


def _approval(webhook: Hosted) -> Fact[OpenTo]:
    """Whose pull requests are built without a comment of approval."""
    policy = webhook["PullRequestBuildPolicy"]
    if not is_stated(policy):
        return Unknown("not stated, and decided by when the webhook was made", webhook.at)
    asked = told(part(policy, "RequiresCommentApproval"))
    roles = part(policy, "ApproverRoles").texts()
    if not isinstance(asked, Known):
        return Unknown("an expression", policy.at)
    if asked.value == "DISABLED":
        return Known("anyone", asked.at)
    if asked.value not in _APPROVAL:
        return Unknown("no value that AWS knows", asked.at)
    if isinstance(roles, Unknown) or _MAY_BE_ANYBODY.intersection(value_of(roles) or ()):
        return Unknown("a role that strangers may have", policy.at)
    return Known("writers", asked.at)


def _widest(opened: list[Known[OpenTo] | Unknown], approval: Fact[OpenTo], webhook: Hosted) -> Fact[OpenTo]:
    """Who starts a build after approval and groups. Without groups a webhook builds every change."""
    if not isinstance(approval, Known) or approval.value == "writers":
        return Known("writers", opened[0].at) if opened and _all_kept(opened) else approval
    if not opened or any(value_of(one) == "anyone" for one in opened):
        return approval
    unclear = next((one for one in opened if isinstance(one, Unknown)), None)
    return unclear or Known("writers", webhook.at)


def _all_kept(opened: list[Known[OpenTo] | Unknown]) -> bool:
    return all(value_of(one) == "writers" for one in opened)


def _account_filters(groups: list[Group], *, alone: bool) -> Iterator[AccountFilter]:
    for group in groups:
        if isinstance(group, Unknown) or _opened_by(group) is None:
            continue
        for one in filter(_is_account, group):
            at, pattern = one.pattern.at, one.pattern
            instead = bound_to_whole(pattern.value) if isinstance(pattern, Known) else None
            yield AccountFilter(
                at=at,
                pattern=pattern,
                bound=Known(instead is None, at) if isinstance(pattern, Known) else pattern,
                instead=Known(instead, at) if instead is not None else None,
                alone=Known(alone, at),
            )


def _runs_changed_code(source: Node) -> Fact[bool]:
    """Whether the build file comes with the change, or commands of the project start what does."""
    stated = part(source, "BuildSpec")
    if not is_stated(stated):
        return Known(value=True, at=source.at)
    text = told(stated)
    if not isinstance(text, Known):
        return text or Unknown("a value", stated.at)
    if "\n" not in text.value and ":" not in text.value:
        return Known(value=True, at=text.at)
    if any(map(runs_project_code, _commands(text))):
        return Known(value=True, at=text.at)
    return Unknown("commands that may leave the change's own code alone", text.at)


def _commands(text: Known[str]) -> Iterator[str]:
    root = embedded_yaml(text.value, text.at)
    for _, phase in islice(root["phases"].entries(), _MOST) if root is not None else ():
        for command in islice(phase["commands"].items(), _MOST):
            if isinstance(command.value, str):
                yield command.value
