"""The login of one step: by an action, by a command, by the variables that its script works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.cloud_variables import key_for_amazon, signs_in_by_variables
from nhilint.formats.github.key_commands import signs_in_by_command
from nhilint.formats.github.logins import login_of
from nhilint.formats.github.permissions import ALL
from nhilint.formats.github.publishing import published_with
from nhilint.model.fact import Known, value_of

if TYPE_CHECKING:
    from nhilint.formats.github.trail import StepFacts
    from nhilint.model.vocabulary.workflow import CloudLogin


def login_of_step(facts: StepFacts) -> CloudLogin | None:
    """The login of the step; somebody who starts a called workflow by hand does not make it another one."""
    events = {start.event for start in facts.job.starts}
    only_called = "workflow_call" in events and events <= {"workflow_call", "workflow_dispatch"}
    if facts.reference is None:
        script, job, around = facts.node["run"], facts.job.node, facts.environments
        published = None if only_called else published_with(script, around, job)
        return published or signs_in_by_command(script, around, job) or signs_in_by_variables(script, around, job)
    action, version = facts.reference.repository, facts.reference.version
    inputs, job = facts.node["with"], facts.job.node
    login = login_of(action, inputs, facts.environments, job, version=version, only_called=only_called)
    return _with_key_of_environment(login, facts) if login is not None else None


def _with_key_of_environment(login: CloudLogin, facts: StepFacts) -> CloudLogin:
    """The login as one with a stored key, where the action finds one among the variables and no token to trade.

    The action of AWS takes the job's own token only where the job may ask for one; else the variables that every
    program of AWS reads have to do. Source: https://github.com/aws-actions/configure-aws-credentials (src/index.ts:
    useGitHubOIDCProvider, read 2026-11-22); a job that states nothing has no `id-token` unless its caller gives it one.
    """
    if value_of(login.provider) != "aws" or value_of(login.by) != "oidc":
        return login
    permissions = facts.job.permissions
    may_be_given = permissions is None and any(start.event == "workflow_call" for start in facts.job.starts)
    if may_be_given or (permissions is not None and (permissions.unclear or _asks(permissions.writes))):
        return login
    key = key_for_amazon(facts.environments)
    return login if key is None else replace(login, at=key.at, by=Known("static", key.at), may_be=None)


def _asks(writes: tuple[tuple[str, object], ...]) -> bool:
    return any(scope in ("id-token", ALL) for scope, _ in writes)
