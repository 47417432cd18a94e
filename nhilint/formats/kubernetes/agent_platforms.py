"""Objects of kagent, ToolHive and agent-sandbox become agents, tools, credentials, policies, each by its own reader.

Imported only when a file has such an object: the readers of servers and policies come with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.kagent import agent, model
from nhilint.formats.kubernetes.kagent_servers import kagent_server
from nhilint.formats.kubernetes.names import object_name
from nhilint.formats.kubernetes.sandboxes import sandbox_statements
from nhilint.formats.kubernetes.tool_servers import remote_server
from nhilint.formats.kubernetes.toolhive import guarded, routed_services
from nhilint.formats.kubernetes.toolhive_parts import CONFIGS, config
from nhilint.formats.kubernetes.toolhive_policies import policies
from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node


def declared(node: Node, format_id: str, root: Node) -> Iterator[Resource]:
    """What an object declares. `root`: the whole file, whose routes may lead to a server."""
    kind, version = node["kind"].value, str(node["apiVersion"].value)
    if version.startswith("extensions.agents.x-k8s.io/"):
        yield from sandbox_statements(node, format_id)
    elif not version.startswith("kagent.dev/"):
        yield from _of_toolhive(node, format_id, root)
    elif not object_name(node) or not node["spec"].is_mapping:
        return
    elif kind == "ModelConfig":
        yield from model(node, format_id)
    elif kind in ("Agent", "SandboxAgent"):
        yield from agent(node, format_id)
    else:
        tool = remote_server(node) if kind == "RemoteMCPServer" else kagent_server(node)
        if tool is not None:
            yield Resource("tool", object_name(node), format_id, tool)


def _of_toolhive(node: Node, format_id: str, root: Node) -> Iterator[Resource]:
    kind = node["kind"].value
    if kind in CONFIGS:
        yield from config(node, format_id)
    elif kind == "MCPAuthzConfig":
        yield from policies(node, format_id)
    else:
        yield from guarded(node, format_id, routed_services(root))
