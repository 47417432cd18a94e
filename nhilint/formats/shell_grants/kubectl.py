"""Command lines of kubectl become the bindings that they create, as a manifest would state them.

Sources, excerpts read 2026-11-22:
https://kubernetes.io/docs/reference/kubectl/generated/kubectl_create/ (clusterrolebinding:
`--clusterrole`, `--serviceaccount=namespace:name`, `--user`, `--group`, `--dry-run`; rolebinding: `--role` as well).
With `--dry-run` nothing is made, unless what is printed goes to `kubectl apply`. A line that names the context of a
cluster on the machine is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.kubernetes.manifest import manifest_of
from nhilint.formats.shell_grants.options import Arguments, leading_options
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.kubernetes.parts import Manifest
    from nhilint.formats.node import Node
    from nhilint.formats.shell_grants.running import Call, Running, Value
    from nhilint.model.place import Place

PROGRAMS = ("kubectl", "oc")
_VALUED = frozenset({"-n", "--namespace", "--context", "--kubeconfig", "--cluster", "--user", "-s", "--server"})
_KINDS = {"clusterrolebinding": "ClusterRoleBinding", "rolebinding": "RoleBinding"}
_GROUP = "rbac.authorization.k8s.io"
_OF_THE_MACHINE = Deferred(r"(?:^|[=\s])(?:kind|k3d|minikube|docker-desktop)(?:$|[-\s])")


def manifests(running: Running, calls: Iterable[Call], format_id: str, setting: str) -> Iterator[Manifest]:
    """What command lines create, each object on its way to the join of manifests."""
    for call in calls:
        line = Arguments(running, replace(call, words=leading_options(call.words, _VALUED)))
        kind = _KINDS.get(line.path[1]) if line.path[:1] == ["create"] and len(line.path) > 1 else None
        if kind is None or not _is_made(running, call, line) or _is_of_the_machine(running, call):
            continue
        for node in _bindings(line, kind, _namespace(running, call)):
            manifest = manifest_of(node, format_id, setting)
            if manifest is not None:
                yield manifest


def _bindings(line: Arguments, kind: str, namespace: Value | None) -> Iterator[Node]:
    named = line.behind(*line.path[:2])
    roles = [("ClusterRole", value) for value in line.all("--clusterrole")]
    roles += [("Role", value) for value in line.all("--role")]
    if named is None or len(named) != 1 or len(roles) != 1:
        return
    role_kind, role = roles[0]
    at = line.at
    metadata: dict[str, Node] = {"name": Assembled(named[0].text, named[0].at)}
    if namespace is not None:
        metadata["namespace"] = Assembled(namespace.text, namespace.at)
    yield mapping(
        {
            "apiVersion": Assembled(f"{_GROUP}/v1", at),
            "kind": Assembled(kind, at),
            "metadata": mapping(metadata, at),
            "roleRef": mapping(
                {
                    "apiGroup": Assembled(_GROUP, role.at),
                    "kind": Assembled(role_kind, role.at),
                    "name": Assembled(role.text, role.at),
                },
                role.at,
            ),
            "subjects": sequence(list(_subjects(line)), at),
        },
        at,
    )


def _subjects(line: Arguments) -> Iterator[Node]:
    for value in line.all("--serviceaccount"):
        namespace, colon, name = value.text.partition(":")
        if colon:
            yield _subject("ServiceAccount", name, value.at, namespace)
    for option, kind in (("--user", "User"), ("--group", "Group")):
        for value in line.all(option):
            yield _subject(kind, value.text, value.at)


def _subject(kind: str, name: str, at: Place, namespace: str = "") -> Node:
    facts: dict[str, Node] = {"kind": Assembled(kind, at), "name": Assembled(name, at)}
    if namespace:
        facts["namespace"] = Assembled(namespace, at)
    return mapping(facts, at)


def _is_made(running: Running, call: Call, line: Arguments) -> bool:
    """Whether the cluster gets the object: the command makes it, or hands it to one that does."""
    tries = line.all("--dry-run")
    if not line.has("--dry-run") or any(value.text in ("none", "false") for value in tries):
        return True
    behind = (command for command in running.script.commands if command.reads_from == call.number)
    return any(command.words and command.words[0].plain in PROGRAMS for command in behind)


def _is_of_the_machine(running: Running, call: Call) -> bool:
    text = running.script.text[call.words[0].start : call.words[-1].end]
    return _OF_THE_MACHINE.search(text) is not None


def _namespace(running: Running, call: Call) -> Value | None:
    """The namespace that a line names, before its verb or behind it."""
    line = Arguments(running, call)
    return line.one("-n", "--namespace")
