"""Workloads of agents and of their tools: custom resources that become pods, and plain pods that say so.

Sources, read 2026-11-22, all in the named repositories: go/api/v1alpha2/agent_types.go of kagent-dev/kagent (an agent
without `serviceAccountName` gets an account of its own name), api/v1alpha1/mcpserver_types.go of kagent-dev/kmcp (the
same for a server), cmd/thv-operator/api/v1beta1/mcpserver_types.go of
stacklok/toolhive (a server without `serviceAccount` gets one of its own), api/v1beta1/sandbox_types.go and
extensions/api/v1beta1 of kubernetes-sigs/agent-sandbox (a template's pods mount no token unless it asks for one).
Kagenti marks plain workloads by the label `kagenti.io/type`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.container_credentials import credentials_of
from nhilint.formats.kubernetes.hazards import hazard_of_path, hazards_of
from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import Hazard, StatedWorkload
from nhilint.formats.kubernetes.workload import read_pod
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node

_KAGENT = frozenset({"Agent", "SandboxAgent"})
_OF_KAGENT = _KAGENT | {"MCPServer", "RemoteMCPServer", "ToolServer", "ModelConfig"}
_TOOLHIVE = frozenset({"MCPServer", "MCPRemoteProxy", "VirtualMCPServer"})
_SAID_FOR_SERVERS = frozenset({"MCPServerEntry", "MCPToolConfig", "MCPExternalAuthConfig", "MCPAuthzConfig"})
_CLAIMED = frozenset({"SandboxTemplate", "SandboxClaim", "SandboxWarmPool"})
_SANDBOXES = frozenset({"Sandbox", "SandboxTemplate"})
_WORDS = Deferred(r"[a-z0-9]+")
_TYPES = frozenset({"agent", "tool"})
_BESIDE_SERVERS = frozenset({"operator", "controller", "manager", "registry", "inspector", "webhook", "ui", "client"})


def is_agent_resource(node: Node) -> bool:
    """Whether an object is one of the custom resources that run an agent or a tool of one."""
    kind, version = str(node["kind"].value), str(node["apiVersion"].value)
    if version.startswith("kagent.dev/"):
        return kind in _KAGENT or kind == "MCPServer"
    if version.startswith("toolhive.stacklok.dev/"):
        return kind in _TOOLHIVE
    return version.startswith(("agents.x-k8s.io/", "extensions.agents.x-k8s.io/")) and kind in _SANDBOXES


def is_of_platform(node: Node) -> bool:
    """Whether an object declares something to kagent, ToolHive or agent-sandbox besides a workload."""
    kind, version = node["kind"].value, str(node["apiVersion"].value)
    if version.startswith("kagent.dev/"):
        return kind in _OF_KAGENT
    if version.startswith("extensions.agents.x-k8s.io/"):
        return kind in _CLAIMED
    return version.startswith("toolhive.stacklok.dev/") and (kind in _TOOLHIVE or kind in _SAID_FOR_SERVERS)


def agent_workload(node: Node) -> StatedWorkload | None:
    """The workload that such a resource becomes; None for a patch, which leaves out its specification."""
    if not node["spec"].is_mapping or not object_name(node):
        return None
    if node["kind"].is_one_of(_SANDBOXES):
        return _sandbox(node)
    if str(node["apiVersion"].value).startswith("kagent.dev/"):
        return _kagent(node)
    return _tool_server(node)


def deployment_of(node: Node) -> Node:
    """What an object of kagent states about the pod that it becomes."""
    spec = node["spec"]
    if spec["type"].value == "BYO":
        return spec.at_path("byo", "deployment")
    stated = spec.at_path("declarative", "deployment")
    return stated if stated.exists else spec["deployment"]


def says_it_runs_agents(node: Node, name: str, images: Sequence[str]) -> bool:
    """Whether a plain workload says that it is an agent or a tool server, by its label, its name or its images."""
    labels = node.at_path("metadata", "labels")
    if any(str(labels[f"{prefix}/type"].value) in _TYPES for prefix in ("kagenti.io", "rossoctl.io")):
        return True
    if any({"mcp", "server"} <= set(_WORDS.findall(_last_part(one))) for one in (name, *images)):
        return True
    return any(_is_tool_server(_WORDS.findall(_last_part(image))) for image in images)


def _is_tool_server(words: list[str]) -> bool:
    """Whether an image is called an MCP of something (flux-operator-mcp, mcp-grafana) and not what is beside one."""
    return "mcp" in (*words[:1], *words[-1:]) and _BESIDE_SERVERS.isdisjoint((words[0], words[-1]))


def _last_part(name: str) -> str:
    return name.lower().partition("@")[0].rpartition("/")[2].partition(":")[0]


def _sandbox(node: Node) -> StatedWorkload | None:
    pod = node.at_path("spec", "podTemplate", "spec")
    mounts = pod["automountServiceAccountToken"].boolean(default=False if _is_template(node) else None)
    return read_pod(node, pod, mounts=mounts, runs_agent=True)


def _is_template(node: Node) -> bool:
    return bool(node["kind"].value == "SandboxTemplate")


def _tool_server(node: Node) -> StatedWorkload:
    spec = node["spec"]
    pod = spec.at_path("podTemplateSpec", "spec")
    account = spec["serviceAccount"]
    hazards = list(hazards_of(pod))
    for volume in spec["volumes"].items():
        path = volume["hostPath"]
        found = hazard_of_path(path.value) if isinstance(path.value, str) else None
        if found:
            hazards.append(Hazard(found, path.at))
    return _workload(node, name_of(account) or object_name(node), account, tuple(hazards))


def _kagent(node: Node) -> StatedWorkload:
    deployment = deployment_of(node)
    account = deployment["serviceAccountName"]
    hazards = tuple(hazards_of(deployment))
    return _workload(node, name_of(account) or object_name(node), account, hazards, deployment)


def _workload(
    node: Node, account: str, account_at: Node, hazards: tuple[Hazard, ...], container: Node | None = None
) -> StatedWorkload:
    name = node.at_path("metadata", "name")
    return StatedWorkload(
        kind=str(node["kind"].value),
        name=object_name(node),
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        at=name.at,
        account=account,
        account_at=account_at.at if account_at.exists else name.at,
        mounts=Known(value=True, at=name.at),
        hazards=hazards,
        credentials=tuple(credentials_of([container or node["spec"]])),
        runs_agent=True,
    )
