"""A trigger of Google Cloud Build becomes a pipeline: whose pull requests it builds, and as which account.

`comment_control` says who has to comment `/gcbrun` first. The interface takes COMMENTS_DISABLED, the first of its
values, where nothing is stated, and so do Terraform and Config Connector, which send nothing then; gcloud sends
COMMENTS_ENABLED. A trigger with `approval_config` waits for somebody with the role of an approver. Without an account
of its own a build runs as one of two default accounts, which the organisation decides. Source, read 2026-11-23: the
enumeration PullRequestFilter.CommentControl of the Cloud Build API v1, the pages of gcloud builds triggers create
github, google_cloudbuild_trigger and cloud.google.com/build/docs/cloud-build-service-account, the definition of
CloudBuildTrigger of Config Connector 1.118.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.spelling import is_stated, part, told
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import Trigger
from nhilint.model.vocabulary.capability import RunsAs
from nhilint.model.vocabulary.workflow import Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import OpenTo

_SOURCES = (
    "Github",
    "RepositoryEventConfig",
    "DeveloperConnectEventConfig",
    "BitbucketServerTriggerConfig",
    "GitlabEnterpriseEventsConfig",
)
_ADDRESS = Deferred(r"([\w.-]{1,100}@[\w.-]{1,100}\.gserviceaccount\.com)$")
_LONGEST = 500
_WAITS = frozenset({"COMMENTS_ENABLED", "COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY"})
"""Values under which nobody without the right to write starts a build alone."""


def pipeline(trigger: Hosted, runs_as: RunsAs) -> Workflow | None:
    """The pipeline of a trigger; None where it is switched off or builds no pull requests."""
    request = _pull_request(trigger)
    if request is None or trigger["Disabled"].value is True:
        return None
    open_to = _open_to(trigger, request)
    return of_pull_requests(trigger.name, trigger.at, open_to, runs_as, _runs_changed_code(trigger))


def of_pull_requests(
    name: str, at: Place, open_to: Known[OpenTo] | Unknown, runs_as: RunsAs, changed: Fact[bool]
) -> Workflow:
    """A pipeline that builds pull requests."""
    return Workflow(
        at=at,
        name=Known(name, at),
        platform=Known("cloudbuild", at),
        triggers=(Trigger(at=open_to.at, event=Known("pull_request", open_to.at), open_to=open_to),),
        open_to=open_to,
        runs_as=runs_as,
        runs_changed_code=changed,
    )


def as_account(identity: Known[str] | Unknown, declared: Place | None = None) -> RunsAs:
    """The account that builds run as; what one may do that is not known, is not known either."""
    home = Known(value=True, at=declared) if declared is not None else None
    power = identity if isinstance(identity, Unknown) else None
    return RunsAs(at=identity.at, identity=identity, declared=home, power=power)


def default_account(at: Place) -> RunsAs:
    """The account of a trigger that names none."""
    unknown = Unknown("one of two default accounts, as the organisation decides", at)
    return RunsAs(at=at, identity=unknown, by_default=Known(value=True, at=at), power=unknown)


def account_named(node: Node) -> RunsAs:
    """The account that a text names, by its address or the full name that ends with it."""
    text = node.value if isinstance(node.value, str) else ""
    found = _ADDRESS.search(text[-_LONGEST:])
    return as_account(Known(found[1], node.at) if found else Unknown("an expression", node.at))


def account_referred(reference: Node, at: Place, accounts: Mapping[str, Place]) -> RunsAs:
    """The account that an object of Config Connector refers to, `accounts` being those of the same file."""
    if not is_stated(reference):
        return default_account(at)
    name = reference["name"].value
    if not isinstance(name, str):
        return account_named(reference["external"])
    home = accounts.get(name)
    return (
        as_account(Known(name, reference.at), home) if home else as_account(Unknown("declared elsewhere", reference.at))
    )


def _pull_request(trigger: Hosted) -> Node | Unknown | None:
    """The filter for pull requests; unknown where a `dynamic` block may make one."""
    for name in _SOURCES:
        source = trigger[name]
        made = part(source, "dynamic").value
        if isinstance(made, dict) and "pull_request" in made:
            return Unknown("an expression", source.at)
        request = part(source, "PullRequest")
        if is_stated(request):
            return request if request.is_mapping or request.is_list else Unknown("an expression", request.at)
    return None


def _open_to(trigger: Hosted, request: Node | Unknown) -> Known[OpenTo] | Unknown:
    approval = told(trigger["ApprovalConfig.ApprovalRequired"])
    if isinstance(approval, Known) and approval.value == "true":
        return Known("writers", approval.at)
    if approval is None and is_stated(trigger["ApprovalConfig"]):
        approval = Unknown("an expression", trigger["ApprovalConfig"].at)
    for fact in (approval, told(trigger["Disabled"]), request):
        if isinstance(fact, Unknown):
            return fact
    asked = told(part(request, "CommentControl")) if not isinstance(request, Unknown) else None
    return answered(asked) if asked is not None else Known("anyone", request.at)


def answered(asked: Known[str] | Unknown) -> Known[OpenTo] | Unknown:
    """Who starts a build alone under a value of `comment_control`."""
    if isinstance(asked, Unknown):
        return asked
    if asked.value in _WAITS:
        return Known("writers", asked.at)
    if asked.value == "COMMENTS_DISABLED":
        return Known("anyone", asked.at)
    return Unknown("no value that Google knows", asked.at)


def _runs_changed_code(trigger: Hosted) -> Fact[bool]:
    """Whether the build file comes with the change; steps of the trigger itself may build an image and no more."""
    for name in ("Filename", "Autodetect"):
        if is_stated(trigger[name]) and not is_stated(trigger["GitFileSource"]):
            return Known(value=True, at=trigger[name].at)
    return Unknown("steps that may leave the change's own code alone", trigger.at)
