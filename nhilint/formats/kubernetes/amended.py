"""One object as one patch leaves it: a role, a binding, an account, a token or a workload.

A mapping is laid over it as kustomize does for kinds of Kubernetes: mappings are merged, null takes away, a list of
rules or subjects takes the place of the former one, containers and volumes are met by their names. Operations of RFC
6902 add, replace and remove at a path. What a patch says of a pod is its account, whether it mounts a token, and what
opens its node; the rest is left as it stands. Every fact keeps the place that states it, in the object or in the patch.
Sources, read 2026-11-23: https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#patchstrategicmerge, RFC
6902, and https://kubernetes.io/docs/reference/kubernetes-api/ (rules and subjects have no key to be merged by).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.kubernetes.account import CLOUDS, cloud_of
from nhilint.formats.kubernetes.hazards import SWITCHES, hazards_of
from nhilint.formats.kubernetes.names import name_of, namespace_of
from nhilint.formats.kubernetes.parts import (
    StatedAccount,
    StatedBinding,
    StatedRole,
    StatedToken,
    StatedWorkload,
)
from nhilint.formats.kubernetes.rbac import binding, role
from nhilint.formats.kubernetes.workload import POD_AT, is_at_rest
from nhilint.formats.node import ABSENT
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.kubernetes.parts import Hazard, Part, StatedRule, StatedSubject
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_INDEX = Deferred(r"\d{1,4}")
AMENDED = StatedRole | StatedBinding | StatedAccount | StatedToken | StatedWorkload
DELETED = "deleted"
AT_REST = "at rest"
_MOST = 500
_OF_ERRANDS = frozenset({"Pod", "Job", "CronJob"})
_OF_SECURITY = {
    "privileged": ("k8s-pod-privileged", "k8s-pod-open-docker"),
    "capabilities": ("k8s-pod-caps",),
}


def amended(part: AMENDED, body: Node) -> AMENDED | str | None:
    """The part as a patch leaves it, `DELETED`, `AT_REST` for a workload that runs no pods, or None where an operation
    does not fit what is there."""
    if body.is_list:
        found: AMENDED | str | None = part
        for operation in islice(body.items(), _MOST):
            if found is None or isinstance(found, str):
                return found
            found = _operated(found, operation)
        return found
    if body["$patch"].value == "delete":
        return DELETED
    if isinstance(part, StatedRole | StatedBinding):
        kept = mapping({key: body[key] for key in _keys(body) if key not in ("kind", "metadata")}, body.at)
        labels = body.at_path("metadata", "labels")
        inner = mapping({"labels": labels}, body.at)
        return _read(part, _merged(_merged(_tree(part), kept), mapping({"metadata": inner}, body.at)))
    if isinstance(part, StatedAccount):
        return _account(part, body)
    return _workload(part, body) if isinstance(part, StatedWorkload) else part


def _operated(part: AMENDED, operation: Node) -> AMENDED | str | None:
    name, path = operation["op"].value, operation["path"].value
    if name not in ("add", "replace", "remove") or not isinstance(path, str):
        return part
    tokens = tuple(one.replace("~1", "/").replace("~0", "~") for one in path.split("/")[1:])
    value = operation["value"] if name != "remove" else Assembled(None, operation["path"].at)
    if isinstance(part, StatedRole | StatedBinding):
        if tokens[:1] not in (("rules",), ("subjects",), ("roleRef",), ("kind",), ("aggregationRule",), ("metadata",)):
            return part
        changed = _changed(_tree(part), tokens, str(name), value)
        return _read(part, changed) if changed is not None else None
    if tokens in (("metadata", "name"), ("metadata", "namespace")):
        return _moved(part, tokens[-1], value)
    if isinstance(part, StatedAccount):
        whole = tokens == ("metadata", "annotations")
        return _account(replace(part, cloud=()) if whole else part, _nested(tokens, value))
    return _of_pod(part, tokens, value) if isinstance(part, StatedWorkload) else part


def _moved(part: AMENDED, key: str, value: Node) -> AMENDED:
    if key == "namespace":
        return replace(part, namespace=namespace_of(value))
    return replace(part, name=name_of(value) or part.name)


# -- rights: a tree of what is known of the object is changed, and read again ----------------------------------------


def _tree(part: StatedRole | StatedBinding) -> Node:
    at = part.at
    metadata = {"name": Assembled(part.name, at), "namespace": Assembled(part.namespace or ABSENT, at)}
    told: dict[str, Node] = {"kind": Assembled(part.kind, at)}
    if isinstance(part, StatedRole):
        labels = {key: Assembled(value, part.labels_at) for key, value in part.labels}
        told["metadata"] = mapping({**metadata, "labels": mapping(labels, part.labels_at)}, at)
        told["rules"] = sequence([_rule(one) for one in part.rules], at)
        if part.selectors:
            told["aggregationRule"] = _selectors(part, at)
    else:
        told["metadata"] = mapping(metadata, at)
        kind = Assembled(part.role_kind, part.role_at)
        told["roleRef"] = mapping({"kind": kind, "name": Assembled(part.role_name, part.role_at)}, part.role_at)
        told["subjects"] = sequence([_subject(one) for one in part.subjects], at)
    return mapping(told, at)


def _selectors(part: StatedRole, at: Place) -> Node:
    found = [
        mapping({"matchLabels": mapping({key: Assembled(value, at) for key, value in one}, at)}, at)
        for one in part.selectors
    ]
    return mapping({"clusterRoleSelectors": sequence(found, at)}, at)


def _rule(stated: StatedRule | Unknown) -> Node:
    if isinstance(stated, Unknown):
        return _untold(stated.at)
    facts = {
        "verbs": stated.verbs,
        "apiGroups": stated.groups,
        "resources": stated.resources,
        "resourceNames": stated.names,
        "nonResourceURLs": stated.urls,
    }
    return mapping({key: _texts(fact, stated.at) for key, fact in facts.items()}, stated.at)


def _texts(fact: Fact[tuple[str, ...]], at: Place) -> Node:
    if isinstance(fact, Known):
        return sequence([Assembled(one, fact.at) for one in fact.value], fact.at)
    return Assembled(ABSENT, at) if fact is None else _untold(fact.at)


def _untold(at: Place) -> Node:
    node = Assembled("{{ }}", at)
    node.templates = braces
    return node


def _subject(stated: StatedSubject) -> Node:
    told = {"kind": stated.kind, "name": stated.name, "namespace": stated.namespace or ABSENT}
    return mapping({key: Assembled(value, stated.at) for key, value in told.items()}, stated.at)


def _read(part: StatedRole | StatedBinding, tree: Node) -> StatedRole | StatedBinding | None:
    """The part that a tree says, declared where it was."""
    found = role(tree) if isinstance(part, StatedRole) else binding(tree)
    return replace(found, at=part.at) if found is not None else None


def _keys(node: Node) -> list[str]:
    return [str(key) for key in node.value] if isinstance(node.value, dict) else []


def _merged(base: Node, patch: Node) -> Node:
    inner: dict[str, Node] = {key: base[key] for key in _keys(base)}
    for key, value in patch.entries():
        if value.value is None:
            inner.pop(key, None)
        elif value.is_mapping and base[key].is_mapping:
            inner[key] = _merged(base[key], value)
        else:
            inner[key] = value
    return mapping(inner, base.at)


def _changed(node: Node, tokens: tuple[str, ...], name: str, value: Node) -> Node | None:
    """A tree with one operation done; None where there is nothing to do it to."""
    if not tokens:
        return None
    if node.is_list:
        return _in_list(node, tokens, name, value)
    key, *rest = tokens
    entries: dict[str, Node] = {one: node[one] for one in _keys(node)}
    if not node.is_mapping or (key not in entries and (rest or name == "replace")):
        return None
    if rest:
        inner = _changed(entries[key], tuple(rest), name, value)
        return mapping({**entries, key: inner}, node.at) if inner is not None else None
    return mapping({**entries, key: value if name != "remove" else Assembled(ABSENT, node.at)}, node.at)


def _in_list(node: Node, tokens: tuple[str, ...], name: str, value: Node) -> Node | None:
    key, *rest = tokens
    items = list(node.items())
    index = len(items) if key == "-" else int(key) if _INDEX.fullmatch(key) else -1
    if index < 0 or index > len(items) or (index == len(items) and (rest or name != "add")):
        return None
    if not rest:
        items[index : index + (name != "add")] = [] if name == "remove" else [value]
        return sequence(items, node.at)
    inner = _changed(items[index], tuple(rest), name, value)
    return sequence([*items[:index], inner, *items[index + 1 :]], node.at) if inner is not None else None


# -- accounts and pods -----------------------------------------------------------------------------------------------


def _nested(tokens: tuple[str, ...], value: Node) -> Node:
    """A mapping that holds a value under keys in turn; a number or `-` stands for a list of that one item."""
    for key in reversed(tokens):
        entries: Mapping[str, Node] = {key: value}
        value = sequence([value], value.at) if key == "-" or key.isdecimal() else mapping(entries, value.at)
    return value


def _account(part: StatedAccount, body: Node) -> StatedAccount:
    annotations, mounts = body.at_path("metadata", "annotations"), body["automountServiceAccountToken"]
    stated = {provider for key, provider in CLOUDS.items() if annotations[key].exists}
    kept = [one for one in part.cloud if isinstance(one, Unknown) or _stated_text(one.provider) not in stated]
    new = [] if annotations.value is None else list(cloud_of(annotations))
    if annotations.exists and annotations.value is None:
        kept = []
    told = replace(part, cloud=(*kept, *new))
    return replace(told, automounts=mounts.boolean()) if mounts.exists else told


def _stated_text(fact: Fact[str]) -> str:
    return fact.value if isinstance(fact, Known) else ""


def _of_pod(part: StatedWorkload, tokens: tuple[str, ...], value: Node) -> StatedWorkload | str:
    """A workload with the value at a path of it changed."""
    pod = POD_AT.get(part.kind, ())
    body = _nested(tokens, value)
    if tokens[: len(pod)] != pod or not pod:
        return AT_REST if is_at_rest(body) else part
    inner = tokens[len(pod) :]
    within = (*part.at.pointer[:-2], *(int(one) if one.isdecimal() else one for one in tokens))
    kept = tuple(one for one in part.hazards if one.at.pointer[: len(within)] != within or one.at.path != part.at.path)
    changed = _workload(replace(part, hazards=kept), body, by_name=False)
    return part if inner[1:] == ("-",) and inner[0] not in ("volumes", "containers", "initContainers") else changed


def _workload(part: StatedWorkload, body: Node, *, by_name: bool = True) -> StatedWorkload | str:
    if is_at_rest(body):
        return AT_REST
    pod = body.at_path(*POD_AT.get(part.kind, ("spec",)))
    account, mounts = pod.first("serviceAccountName", "serviceAccount"), pod["automountServiceAccountToken"]
    told = part
    if account.exists:
        told = replace(told, account=name_of(account) or None, account_at=account.at)
    if mounts.exists:
        told = replace(told, mounts=mounts.boolean())
    off = {path for key, path in SWITCHES.items() if pod[key].exists}
    gone = set(_stated_again(pod)) if by_name else set()
    kept = [one for one in told.hazards if one.id not in off and (one.id, one.of) not in gone]
    new: tuple[Hazard, ...] = () if part.kind in _OF_ERRANDS else hazards_of(pod)
    return replace(told, hazards=(*kept, *new))


def _stated_again(pod: Node) -> list[tuple[str, str]]:
    """What the containers and volumes of a patch state of their own, by the hazard and the name of what has it."""
    found: list[tuple[str, str]] = []
    for key in ("initContainers", "containers"):
        for container in islice(pod[key].items(), _MOST):
            security, name = container["securityContext"], str(container["name"].value)
            every = container["$patch"].value == "delete" or (security.exists and security.value is None)
            ways = [way for one, those in _OF_SECURITY.items() if every or security[one].exists for way in those]
            found.extend((way, name) for way in ways)
    for volume in islice(pod["volumes"].items(), _MOST):
        if volume["hostPath"].exists or volume["$patch"].value == "delete":
            name = str(volume["name"].value)
            found.extend((way, name) for way in ("k8s-pod-hostpath", "k8s-pod-containersock"))
    return found


def tree_of(part: Part) -> Node | None:
    """A role, binding or account that a file of patches states as if it were whole, as the patch that it is."""
    if isinstance(part, StatedAccount):
        known = [one for one in part.cloud if not isinstance(one, Unknown) and isinstance(one.identity, Known)]
        names: dict[str, str] = {provider: key for key, provider in CLOUDS.items()}
        told = {names[_stated_text(one.provider)]: Assembled(_stated_text(one.identity), one.at) for one in known}
        metadata = mapping({"annotations": mapping(told, part.at)}, part.at)
        mounts = part.automounts
        stated = Assembled(mounts.value if isinstance(mounts, Known) else ABSENT, part.at)
        return mapping({"metadata": metadata, "automountServiceAccountToken": stated}, part.at)
    return _tree(part) if isinstance(part, StatedRole | StatedBinding) else None
