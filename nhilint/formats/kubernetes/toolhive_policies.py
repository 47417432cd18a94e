"""Cedar statements in objects of ToolHive: inline in a server, in an MCPAuthzConfig, or in a ConfigMap.

Sources, read 2026-11-22: cmd/thv-operator/api/v1beta1/mcpserver_types.go and mcpauthzconfig_types.go of
stacklok/toolhive, and docs/authz.md: a ConfigMap holds a JSON document of type `cedarv1` with `cedar.policies`, under
`authz.json` unless the server says otherwise. Other types ask a service elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.embedded import embedded
from nhilint.formats.cedar.policy import policy_of, together
from nhilint.formats.kubernetes.names import object_name
from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.policy import Policy

TYPE = "cedarv1"
_MOST = 200
_LONGEST = 100_000


def policies(node: Node, format_id: str) -> Iterator[Resource]:
    """The statements that an object of ToolHive states, all of them one policy."""
    spec = node["spec"]
    yield from _together(object_name(node), spec.at_path("authzConfig", "inline", "policies"), format_id)
    yield from _together(
        object_name(node), spec.at_path("incomingAuth", "authzConfig", "inline", "policies"), format_id
    )
    if node["kind"].value == "MCPAuthzConfig" and spec["type"].value == TYPE:
        yield from _together(object_name(node), spec.at_path("config", "policies"), format_id)


def policies_of_data(node: Node, format_id: str) -> Iterator[Resource]:
    """The statements of a ConfigMap's documents."""
    for number, (_, value) in enumerate(node["data"].entries()):
        text = value.value
        if number < _MOST and isinstance(text, str) and TYPE in text:
            document = embedded(text, value.at, lambda found: found)
            if document is not None and document["type"].value == TYPE:
                yield from _together(object_name(node), document.at_path("cedar", "policies"), format_id)


def _together(name: str, listed: Node, format_id: str) -> Iterator[Resource]:
    found = list(_stated(name, listed))
    if found:
        yield Resource("policy", name, format_id, together(found))


def _stated(name: str, listed: Node) -> Iterator[Policy]:
    for number, item in enumerate(listed.items()):
        if number >= _MOST or not isinstance(item.value, str) or len(item.value) > _LONGEST or "{{" in item.value:
            continue
        found = policy_of(name, item.value, item.at, item.at.within_text)
        if found is not None:
            yield found
