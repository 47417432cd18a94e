"""A task that holds a token of Vault becomes an identity: with which policies, and whether it can reach its node.

Without isolation (`raw_exec`, unless another `user` is named), with every right (`privileged`) or with the socket of
the engine a task reads the folders of the tasks beside it, where the tokens of each of them lie. Sources, read
2026-11-22: github.com/hashicorp/nomad, drivers/rawexec/driver.go (FSIsolation), drivers/docker/config.go (privileged,
volumes, mount, mounts), nomad/structs/structs.go (Vault: Policies, Role).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.kubernetes.hazards import hazard_of_path
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.escalation import Escalation
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_ENGINES = frozenset({"docker", "podman"})
_OF_THE_NODE = frozenset({"system", "sysbatch"})
_NAMES = {
    "nomad-raw-exec": "It runs as a program of the node, in the name of Nomad's client",
    "nomad-privileged": "Its container has every right on the node",
    "nomad-engine-socket": "It holds the socket of the node's container engine",
    "nomad-host-path": "It mounts a folder of the node that holds what others keep there",
}
_BY_PATH = {"k8s-pod-containersock": "nomad-engine-socket", "k8s-pod-hostpath": "nomad-host-path"}
_MOST = 200


class Task(NamedTuple):
    """A task as a job states it: job, group and name, its body, the `vault` block that holds for it, the job's type, as
    far as that is a text."""

    name: str
    body: Node
    vault: Node
    type: str | None


def identity(task: Task) -> Identity:
    """The identity of a task in Vault."""
    at = task.vault.at
    return Identity(
        at=at,
        name=Known(task.name, at),
        provider=Known("vault", at),
        kind=Known("service_account", at),
        managed=task.vault["policies"].texts(),
        escalations=tuple(_ways(task)),
    )


def _ways(task: Task) -> Iterator[Escalation | Unknown]:
    """How a task reaches its node, the first of each sort."""
    seen: set[str] = set()
    for number, (way, node) in enumerate(_found(task.body)):
        if number < _MOST and way is None:
            yield Unknown("filled in later", node.at)
        elif number < _MOST and way not in seen and way is not None:
            seen.add(way)
            yield _escalation(way, node, task)


def _found(body: Node) -> Iterator[tuple[str | None, Node]]:
    """Each way with the node that opens it; None where that is filled in later."""
    driver, config = body["driver"], body["config"]
    config = config[0] if config.is_list else config
    stated = driver.text()
    if isinstance(stated, Unknown):
        yield None, driver
    elif driver.value == "raw_exec" and (not body["user"].exists or body["user"].value in ("root", "", None)):
        yield "nomad-raw-exec", driver
    elif driver.value in _ENGINES:
        yield from _of_container(config)


def _of_container(config: Node) -> Iterator[tuple[str | None, Node]]:
    privileged = config["privileged"]
    if privileged.value in (True, "true"):
        yield "nomad-privileged", privileged
    elif privileged.exists and privileged.value not in (False, "false", None):
        yield None, privileged
    mounted = [(item, str(item.value).partition(":")[0]) for item in config["volumes"].items()]
    mounted += [(one["source"], str(one["source"].value)) for key in ("mount", "mounts") for one in config[key].items()]
    for node, path in mounted[:_MOST]:
        way = _BY_PATH.get(hazard_of_path(path) or "") if path.startswith("/") else None
        if way is not None:
            yield way, node


def _escalation(way: str, node: Node, task: Task) -> Escalation:
    sort = f"{task.type} job" if task.type in _OF_THE_NODE else "task"
    return Escalation(
        at=node.at,
        id=Known(way, node.at),
        name=Known(_NAMES[way], node.at),
        kind=Known("node-access", node.at),
        through=Known(f"{sort} {task.name.rpartition('/')[2]}", node.at),
    )
