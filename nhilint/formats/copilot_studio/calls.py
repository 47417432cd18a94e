"""The calls of a Copilot Studio agent: connector operations, MCP servers, other agents, and whose account each uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.copilot_studio.connectors import capabilities_of, connector_of, server_capabilities
from nhilint.formats.copilot_studio.settings import PRODUCT
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.tool import Approval, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.capability import Gate

_Account = Literal["caller", "maker"]
_ACCOUNTS: dict[str, _Account] = {"invoker": "caller", "maker": "maker"}
_OPERATION = "InvokeConnectorTaskAction"
_ELSEWHERE = "InvokeExternalAgentTaskAction"
_SERVER = "ModelContextProtocolMetadata"
_MOST = 5_000
_DEEPEST = 60


def action(root: Node) -> Iterator[Tool]:
    """The tool of a `TaskDialog` that uses a connection."""
    call = root["action"]
    approval = _approval(root)
    gate: Fact[Gate] = Unknown(approval.reason, approval.at) if isinstance(approval, Unknown) else None
    if isinstance(approval, Known):
        gate = Known("prompt" if approval.value == "prompt" else "none", approval.at)
    shown = next((root[key] for key in ("modelDisplayName", "displayName") if root[key].is_text), call["kind"])
    if call["kind"].value == _OPERATION:
        yield _tool(call, shown, gate, approval)
    elif call["kind"].value == _ELSEWHERE:
        yield _server(call, shown, gate)


def calls_in_topic(root: Node) -> Iterator[Tool]:
    """Connector calls among the steps of a topic."""
    waiting = [(root["beginDialog"], 0)]
    for _ in range(_MOST):
        if not waiting:
            return
        node, depth = waiting.pop()
        if node["kind"].value == "InvokeConnectorAction":
            reason = Unknown("a matter of the topic that calls it", node["kind"].at)
            yield _tool(node, node["operationId"], reason, reason)
        if depth < _DEEPEST:
            inner = list(node.items()) if node.is_list else [child for _, child in node.entries()]
            waiting.extend((child, depth + 1) for child in inner if child.is_mapping or child.is_list)


def _approval(root: Node) -> Fact[Approval]:
    """Whether a person is asked. Whatever `confirmation` holds, its being there is what asks."""
    condition = root["triggerCondition"]
    if condition.exists and condition.value is not True:
        return Unknown("a matter of the topic or condition that calls it", condition.at)
    asks = root["confirmation"]
    if asks.is_mapping:
        return Known("prompt", asks.at)
    return Known("auto", root["action"]["kind"].at)


def _tool(call: Node, shown: Node, gate: Fact[Gate], approval: Fact[Approval]) -> Tool:
    reference, operation = call["connectionReference"].text(), call["operationId"].text()
    connector = connector_of(reference.value) if isinstance(reference, Known) else None
    name = operation.value if isinstance(operation, Known) else ""
    at = shown.at if shown.exists else call.at
    return Tool(
        at=at,
        name=_name(shown, name or "connector"),
        client=Known(PRODUCT, at),
        kind=Known("action", call["kind"].at),
        command=Known(connector, call["connectionReference"].at) if connector else None,
        approval=approval,
        acts_as=_account(call),
        capabilities=capabilities_of(connector, name, call["operationId"].at, gate),
    )


def _server(call: Node, shown: Node, gate: Fact[Gate]) -> Tool:
    reference = call["connectionReference"].text()
    connector = connector_of(reference.value) if isinstance(reference, Known) else None
    is_server = call["operationDetails"]["kind"].value == _SERVER
    at = shown.at
    return Tool(
        at=at,
        name=_name(shown, connector or "agent"),
        client=Known(PRODUCT, at),
        kind=Known("mcp_server" if is_server else "plugin", call["kind"].at),
        transport=Known("http", call["kind"].at),
        command=Known(connector, call["connectionReference"].at) if connector else None,
        acts_as=_account(call),
        capabilities=server_capabilities(connector, call["connectionReference"].at, gate),
    )


def _name(shown: Node, otherwise: str) -> Known[str]:
    return Known(str(shown.value) if shown.is_text and shown.key != "kind" else otherwise, shown.at)


def _account(call: Node) -> Fact[_Account]:
    """Whose account it uses; a file that does not say leaves it to the environment that it is imported into."""
    node = call["connectionProperties"]["mode"]
    stated = node.text()
    if not isinstance(stated, Known):
        return stated
    account = _ACCOUNTS.get(stated.value.lower())
    return Known(account, node.at) if account else Unknown("a mode that the product does not document", node.at)
