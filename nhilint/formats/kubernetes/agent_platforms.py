"""Objects of kagent and ToolHive become agents, tools, credentials and policies, each by its own reader.

Imported only when a file has such an object: the readers of servers and policies come with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.kagent import agent, model
from nhilint.formats.kubernetes.kagent_servers import kagent_server
from nhilint.formats.kubernetes.names import object_name
from nhilint.formats.kubernetes.tool_servers import remote_server
from nhilint.formats.kubernetes.toolhive import guarded, routed_services
from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node


def declared(node: Node, format_id: str, root: Node) -> Iterator[Resource]:
    """What an object declares. `root`: the whole file, whose routes may lead to a server."""
    kind = node["kind"].value
    if not str(node["apiVersion"].value).startswith("kagent.dev/"):
        yield from guarded(node, format_id, routed_services(root))
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
