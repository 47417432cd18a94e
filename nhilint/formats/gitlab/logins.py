"""Recognises jobs that become a cloud identity: by an identity token of the job, or by a key among the variables.

GitLab has no action for it: the script calls the cloud's own program, or its variables tell the program where the token
lies. Only calls that name the key or the role are taken for one.
Sources, read 2026-11-22: https://docs.gitlab.com/ci/secrets/hashicorp_vault/,
https://docs.cloud.google.com/docs/authentication/application-default-credentials (the variable that names a key file).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.sign_in_commands import SIGNS
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.workflow import CloudLogin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.gitlab.jobs import Job
    from nhilint.formats.node import Node

_TEMPORARY = Deferred(r"\bAWS_SESSION_TOKEN=|\baws_session_token\b")
"""Keys that come with it end by themselves: something of the job's own has made them."""
_KEY_FILE = "GOOGLE_APPLICATION_CREDENTIALS"
_NAMES_FILE = Deferred(r"(?:^|[;&|\n]|\bexport)[ \t]{0,9}GOOGLE_APPLICATION_CREDENTIALS=[\"']?([^\s\"';&|]{1,200})")
_STORED_FILE = Deferred(r"\$\{?(?!GOOGLE_APPLICATION_CREDENTIALS\b|CI_)[A-Z][A-Z0-9_]{1,80}\}?")
"""A variable alone: of the type "file", whose value is a path. One that stands for itself may be the runner's."""
_WRITES = Deferred(
    r"\b(?:echo|printf|base64|cat)\b([^\n;&>]{0,200}\$\{?[A-Z][^\n;&>]{0,200})>[ \t]{0,9}[\"']?([^\s\"';&|]{1,200})"
)
_FEDERATION = Deferred(r"workload-identity-pools|create-cred-config|external_account")
_ROLE = "AWS_ROLE_ARN"
_TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE"  # noqa: S105 - the name of a variable


def login_of(job: Job) -> CloudLogin | None:
    """The login that a job makes; None for a job that makes none, or one that cannot be told."""
    temporary = any(_TEMPORARY.search(node.value) for node in job.lines())
    for node in job.lines():
        for sign in SIGNS:
            found = sign.pattern.search(node.value)
            if found is not None and not (temporary and sign.provider == "aws" and sign.by == "static"):
                start, end = found.span()
                at = node.at.within_text(start, end)
                identity = job.spelled_out(found[1]) if found.re.groups and found[1] else None
                return CloudLogin(
                    at=at,
                    provider=Known(sign.provider, at),
                    identity=_identity(identity, node),
                    by=Known(sign.by, at),
                )
    return _by_key_file(job) or _by_variables(job)


def _by_key_file(job: Job) -> CloudLogin | None:
    """The key of a service account that Google's libraries find by a variable: a file of the project's settings, or one
    that the script fills from them. A job with identity tokens may have the terms of a federation in that file."""
    if job["id_tokens"].exists or any(_FEDERATION.search(node.value) for node in job.lines()):
        return None
    named = job.variable(_KEY_FILE)
    places = [(named.value, named.at)] if named is not None and named.is_text else []
    for node in job.lines():
        places += [(match[1], node.at.within_text(*match.span())) for match in _NAMES_FILE.finditer(node.value)]
    for value, at in places:
        if _STORED_FILE.fullmatch(value) or any(_fills(node.value, value) for node in job.lines()):
            return CloudLogin(at=at, provider=Known("gcp", at), by=Known("static", at))
    return None


def _fills(text: str, path: str) -> bool:
    """Whether a line writes what a variable holds into the file."""
    return any(match[2] == path for match in _WRITES.finditer(text))


def _by_variables(job: Job) -> CloudLogin | None:
    """The programs of AWS take role and token from variables."""
    role = job.variable(_ROLE)
    uses_token = job.variable(_TOKEN_FILE) is not None or any(_TOKEN_FILE in node.value for node in job.lines())
    if role is None or not (uses_token and job["id_tokens"].is_mapping) or not role.is_text:
        return None
    return CloudLogin(
        at=role.at,
        provider=Known("aws", role.at),
        identity=_identity(job.spelled_out(role.value), role),
        by=Known("oidc", role.at),
    )


def _identity(text: str | None, node: Node) -> Known[str] | Unknown | None:
    if text is None:
        return None
    return Unknown("a variable of the project", node.at) if "$" in text else Known(text, node.at)
