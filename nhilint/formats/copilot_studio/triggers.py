"""What wakes a Copilot Studio agent without anybody's asking: events of a connector, a clock, a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.copilot_studio.connectors import connector_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import Trigger
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_MAIL = frozenset({"office365", "outlook", "gmail"})
_ARRIVAL = Deferred(r"(?i)^(?:sharedmailbox)?onnewemail|^onnewmentionme")
_MOST = 100


def external(root: Node) -> Iterator[Trigger]:
    """The trigger of an `ExternalTriggerConfiguration`."""
    source = root["externalTriggerSource"]
    kind = source["kind"]
    match str(kind.value):
        case "ConnectorTriggerDefinition":
            yield _of_connector(source)
        case "RecurrenceTriggerDefinition":
            yield Trigger(
                at=kind.at,
                event=Known("recurrence", kind.at),
                open_to=Known("nobody", kind.at),
                carries_input=Known(value=False, at=kind.at),
            )
        case "WorkflowExternalTrigger":
            yield Trigger(at=kind.at, event=Known("flow", kind.at), open_to=Unknown("decided in the flow", kind.at))


def _of_connector(source: Node) -> Trigger:
    node, reference = source["triggerId"], source["connectionReference"].text()
    event = node.text()
    connector = connector_of(reference.value) if isinstance(reference, Known) else None
    at = node.at if node.exists else source["kind"].at
    arrives = isinstance(event, Known) and connector in _MAIL and _ARRIVAL.match(event.value) is not None
    return Trigger(
        at=at,
        event=event,
        open_to=_open_to(source) if arrives else Unknown("a matter of who may write there", at),
        carries_input=Known(value=True, at=at),
    )


def _open_to(source: Node) -> Fact[Literal["anyone"]]:
    """A mailbox takes mail of everybody, unless the trigger looks at the sender."""
    for item in list(source["inputs"].items())[:_MOST]:
        if item["propertyName"].value == "from" and item["value"].value not in (None, ""):
            return Unknown("limited to some senders", item["value"].at)
    return Known("anyone", source["triggerId"].at)
