"""A job of Nomad becomes the credentials that stand in it in clear, and the identities of tasks that Vault knows.

`env` blocks, texts of `template` blocks and defaults of variables are read as in any other infrastructure code. A task
with a `vault` block, of its own or of its group or job, holds a token with the policies that the block names. Source:
github.com/hashicorp/nomad, jobspec2 and nomad/structs/structs.go (Job, TaskGroup, Task, Vault), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.nomad.blocks import labelled
from nhilint.formats.nomad.task import Task, identity
from nhilint.formats.templates import braces
from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.formats.written_secrets.texts import Texts
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.source.document import Document

_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials and identities of a file; one without a job that has tasks is a file of something else."""
    root = Node.root(document, braces)
    tasks = list(_tasks(root))[:_MOST]
    if not tasks:
        return Extraction(recognised=False)
    identities = (Resource("identity", one.name, claim.format, identity(one)) for one in tasks if one.vault.exists)
    return Extraction((*identities, *written_credentials(_leaves(root), document.text, claim.format)))


def _tasks(root: Node) -> Iterator[Task]:
    for job, body in labelled(root["job"]):
        yield from _of_holder(body, job, body)
        for group, inner in labelled(body["group"]):
            yield from _of_holder(inner, f"{job}/{group}", body)


def _of_holder(holder: Node, name: str, job: Node) -> Iterator[Task]:
    for label, body in labelled(holder["task"]):
        vault = next((block for level in (body, holder, job) if (block := level["vault"]).exists), body["vault"])
        sort = job["type"].value
        yield Task(
            f"{name}/{label}", body, vault[0] if vault.is_list else vault, sort if isinstance(sort, str) else None
        )


def _leaves(root: Node) -> Iterator[Leaf]:
    for label, body in labelled(root["job"]):
        yield from Texts(body.path).below(body.value, body.pointer, label, f"job {label}")
    for label, body in labelled(root["variable"]):
        default = body["default"]
        if default.exists:
            yield from Texts(body.path).below(default.value, default.pointer, label)
