"""Small clusters as files, and the identities that they become."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

RBAC = "rbac.authorization.k8s.io/v1"


def resources(files):
    """Everything that is read from some files, linked."""
    tree = MemoryTree({path: text.encode() if isinstance(text, str) else text for path, text in files.items()})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert not [problem for problem in gathered.problems if problem.kind == "defect"]
    return link(gathered.resources)


def identities(files):
    """The identities of some files by their names; one text is a file of its own."""
    files = {"deploy/all.yaml": files} if isinstance(files, str) else files
    return {one.name: one.facts for one in resources(files) if one.kind == "identity"}


def paths(identity):
    """The ids of the known escalations of an identity, with whether they reach the whole cluster."""
    return {value_of(one.id): value_of(one.cluster_wide) for one in known_records(identity.escalations)}


def role(rules, kind="ClusterRole", name="reader", labels="{}"):
    """A role with rules in flow style."""
    listed = "".join(f"\n  - {{{one}}}" for one in rules)
    return f"apiVersion: {RBAC}\nkind: {kind}\nmetadata: {{name: {name}, labels: {labels}}}\nrules:{listed or ' []'}\n"


def bound(
    role_kind="ClusterRole", role_name="reader", subject="{kind: ServiceAccount, name: bot, namespace: ops}", kind=None
):
    """A binding of a role to a subject."""
    kind = kind or f"{role_kind}Binding"
    return (
        f"---\napiVersion: {RBAC}\nkind: {kind}\nmetadata: {{name: b, namespace: ops}}\n"
        f"roleRef: {{kind: {role_kind}, name: {role_name}}}\nsubjects:\n  - {subject}\n"
    )


SECRETS = 'apiGroups: [""], resources: [secrets], verbs: [get]'
EXEC = 'apiGroups: [""], resources: [pods/exec], verbs: [create]'
