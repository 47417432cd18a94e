"""Command lines of gcloud that make triggers of Cloud Build become the pipelines that build pull requests.

Source, read 2026-11-23: the pages of gcloud builds triggers create github, bitbucket-cloud and developer-connect below
https://cloud.google.com/sdk/gcloud/reference/builds/triggers/create (`--pull-request-pattern`, `--comment-control` with
its default COMMENTS_ENABLED, `--build-config`, `--service-account`, `--require-approval`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal
from nhilint.formats.cloud_builds.cloudbuild import account_named, answered, default_account, of_pull_requests
from nhilint.formats.shell_grants.gcloud import SWITCHES, plain_words
from nhilint.formats.shell_grants.options import Arguments
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.shell_grants.running import Call, Running
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.agent import OpenTo
    from nhilint.model.vocabulary.capability import RunsAs
    from nhilint.model.vocabulary.workflow import Workflow

_VERBS = ["builds", "triggers", "create"]
_SWITCHES = SWITCHES | {"--require-approval", "--no-require-approval", "--include-logs-with-status"}


def pipelines(running: Running, calls: Iterable[Call]) -> Iterator[tuple[str, Workflow]]:
    """The pipelines of the triggers that a script makes for pull requests."""
    for call in calls:
        line = Arguments(running, replace(call, words=plain_words(call)), _SWITCHES)
        if line.path[: len(_VERBS)] != _VERBS or not line.has("--pull-request-pattern"):
            continue
        named = line.one("--name")
        name = named.text if named is not None and named.is_known else "a build trigger"
        yield name, of_pull_requests(name, line.at, _open_to(line), _runs_as(line), _runs_changed_code(line))


def _open_to(line: Arguments) -> Known[OpenTo] | Unknown:
    if line.has("--require-approval") or not line.has("--comment-control"):
        return Known("writers", line.at)
    asked = line.one("--comment-control")
    if asked is None or not asked.is_known:
        return Unknown("a variable", line.at)
    return answered(Known(asked.text, asked.at))


def _runs_as(line: Arguments) -> RunsAs:
    if not line.has("--service-account"):
        return default_account(line.at)
    named = line.one("--service-account")
    return account_named(literal(named.text if named is not None else "", named.at if named is not None else line.at))


def _runs_changed_code(line: Arguments) -> Fact[bool]:
    stated = line.one("--build-config")
    if stated is not None:
        return Known(value=True, at=stated.at)
    return Unknown("steps that may leave the change's own code alone", line.at)
