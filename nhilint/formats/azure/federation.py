"""A federated credential becomes a way into an app or a managed identity.

Sources: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations and
workload-identities-flexible-federated-identity-credentials, read 2026-11-22: issuer, subject and audience are compared
as they stand; only an expression (`claims['sub'] matches 'repo:acme/*' and …`) knows the wildcards `*` and `?`, and its
parts must all hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.federation import impossible, issuer_kind, widest
from nhilint.formats.aws.subject_parts import claim_scope
from nhilint.formats.azure.stated import text_of, texts_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.trust import Trust
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.aws.federation import IssuerKind, SubjectScope
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_PART = Deferred(r"claims\['([\w.]+)'\]\s+(eq|matches)\s+'((?:[^']|'')*)'", flags=re.IGNORECASE)
_BRANCH = Deferred(r"^:(?:ref:refs/(?:heads|tags)/|environment:)[^*]+$")
_NAMING = frozenset({"job_workflow_ref", "repository", "project_path"})
"""Claims that name a repository where the subject does not."""


def federated_trust(name: str, at: Place, issuer: Node, audience: Node, subject: Node, expression: Node) -> Trust:
    """The way in that a federated credential opens; `expression` is absent for the plain kind."""
    stated = text_of(issuer)
    host = stated.value.removeprefix("https://").strip() if isinstance(stated, Known) else ""
    kind: Fact[IssuerKind] = Known(issuer_kind(host.rstrip("/")), issuer.at) if host else _unread(stated, at)
    subjects, scope = _subjects(subject, expression, kind, at)
    return Trust(
        at=at,
        name=Known(name, at),
        anyone=Known(value=False, at=at),
        external=None,
        issuer=Known(host.rstrip("/"), issuer.at) if host else _unread(stated, at),
        issuer_kind=kind,
        audience=texts_of(audience),
        subjects=subjects,
        subject_scope=scope,
        subject_operator=Known("matches" if expression.exists else "equals", at),
        conditioned=Known(value=True, at=at),
        impossible_subjects=_impossible(subjects, kind) if not expression.exists else None,
    )


def _impossible(subjects: Fact[tuple[str, ...]], kind: Fact[IssuerKind]) -> Fact[tuple[str, ...]]:
    """Subjects that no token has: a star is compared as it stands."""
    if not isinstance(subjects, Known) or not isinstance(kind, Known):
        return None
    never = impossible(kind.value, subjects.value, "StringEquals")
    return Known(never, subjects.at) if never else None


def _subjects(
    subject: Node, expression: Node, kind: Fact[IssuerKind], at: Place
) -> tuple[Fact[tuple[str, ...]], Fact[SubjectScope]]:
    node = expression if expression.exists else subject
    stated = text_of(node)
    if not isinstance(stated, Known):
        partly = _partly(node, kind) if isinstance(stated, Unknown) and not expression.exists else None
        told = Known((str(node.value),), node.at) if partly else _unread(stated, at)
        return told, partly or _unread(stated, at)
    if not isinstance(kind, Known):
        return Known((stated.value,), node.at), kind or Unknown("an issuer that is not stated", at)
    if not expression.exists:
        return Known((stated.value,), node.at), Known(widest(kind.value, (stated.value,), "StringEquals"), node.at)
    parts = [(claim.lower(), how.lower(), text) for claim, how, text in _PART.findall(stated.value[:5_000])]
    asked = tuple(text for claim, _, text in parts if claim == "sub")
    if not parts:
        return None, Unknown("an expression of another form", node.at)
    scopes: list[SubjectScope] = [
        widest(kind.value, (text,), "StringLike" if how == "matches" else "StringEquals")
        for claim, how, text in parts
        if claim == "sub"
    ]
    scopes += [
        claim_scope(claim, text) or "repository"
        for claim, _, text in parts
        if claim in _NAMING and not text.startswith("*")
    ]
    if not scopes:
        return None, Unknown("an expression of another form", node.at)
    order = ("any", "organization", "repository", "pull_request", "workload", "branch_or_environment")
    return Known(asked, node.at), Known(max(scopes, key=order.index), node.at)


def _partly(node: Node, kind: Fact[IssuerKind]) -> Fact[SubjectScope]:
    """What the written end of a subject tells although its owner is filled in: a pull request or branch stays one."""
    end = str(node.value).rpartition("}")[2] if node.is_text else ""
    if not isinstance(kind, Known) or kind.value != "github":
        return None
    if end == ":pull_request":
        return Known("pull_request", node.at)
    return Known("branch_or_environment", node.at) if _BRANCH.match(end) else None


def _unread(stated: Fact[str], at: Place) -> Unknown:
    return stated if isinstance(stated, Unknown) else Unknown("not stated", at)
