"""What a connector of the Power Platform touches, and what one of its operations can do there.

A connector is named by the end of its id (`/providers/Microsoft.PowerApps/apis/shared_office365`), which also stands in
the name of a connection reference (`cr336_agent.shared_office365.033e…`). Custom connectors (`shared_crd1c-5fbank…`)
and those that are not in the table are not guessed at.
Source: ids as in the addresses of learn.microsoft.com/connectors/connector-reference/, and as public agents spell them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.verbs import access_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Capability, Gate
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.category import Access, Category
    from nhilint.model.fact import Many
    from nhilint.model.place import Place

_NAME = Deferred(r"(?:^|[._/])shared_?([a-z0-9][a-z0-9-]{1,80})")
_EXECUTES = Deferred(r"(?i)^(?:perform|execute|run|invoke)")
_LETTERS = frozenset({"mail", "messaging"})


class Service(Struct, frozen=True):
    """What is behind a connector. `strangers` may write what it reads; `leaves` where what it writes can be read by
    people outside; `common` where nothing in it belongs to somebody."""

    category: Category
    strangers: bool = False
    leaves: bool = False
    common: bool = False


_SERVICES: dict[str, Service] = {
    **dict.fromkeys(("office365", "outlook", "gmail"), Service("mail", strangers=True, leaves=True)),
    **dict.fromkeys(("sendmail", "sendgrid", "smtp"), Service("mail", leaves=True)),
    **dict.fromkeys(("twilio", "slack"), Service("messaging", strangers=True, leaves=True)),
    "teams": Service("messaging"),
    **dict.fromkeys(
        (
            *("sharepointonline", "onedriveforbusiness", "onedrive", "excelonlinebusiness", "googledrive"),
            *("googlesheet", "azureblob", "azurefile", "dropbox", "wordonlinebusiness", "onenote"),
        ),
        Service("files"),
    ),
    **dict.fromkeys(
        (*("commondataserviceforapps", "commondataservice", "sql", "documentdb", "azuretables", "postgresql"),),
        Service("database"),
    ),
    **dict.fromkeys(("salesforce", "dynamicscrmonline"), Service("crm")),
    **dict.fromkeys(("office365users", "azuread", "office365groups"), Service("identity")),
    **dict.fromkeys(("planner", "todo", "asana", "trello"), Service("issue_tracking")),
    **dict.fromkeys(("service-now", "zendesk", "jira"), Service("issue_tracking", strangers=True)),
    "visualstudioteamservices": Service("source_code"),
    "github": Service("source_code", strangers=True, leaves=True),
    "keyvault": Service("secrets"),
    **dict.fromkeys(("rss", "msnweather", "bingsearch"), Service("web", common=True)),
    "microsoftlearndocsmcpserver": Service("web", common=True),
}
_STRANGERS_OF_COMMON = frozenset({"rss", "bingsearch"})


def connector_of(reference: str) -> str | None:
    """The name of the connector in a reference or id; None where there is none."""
    found = _NAME.search(reference[:500].lower())
    return found.group(1) if found else None


def capabilities_of(connector: str | None, operation: str, at: Place, gate: Fact[Gate]) -> Many[Capability]:
    """What an operation of a connector can do; unknown for a connector or a verb that is not known."""
    service = _SERVICES.get(connector or "")
    if service is None:
        return Unknown("a connector whose service is not known", at)
    access = _access(operation, service)
    if access is None:
        return Unknown("an operation whose name does not tell", at)
    reads = access in ("read", "execute")
    strangers = service.strangers or connector in _STRANGERS_OF_COMMON
    return (
        Capability(
            at=at,
            category=Known(service.category, at),
            access=Known(access, at),
            source=Known("inferred", at),
            reads_untrusted=Known(reads and strangers, at),
            sends_out=Known(service.leaves and access in ("write", "send"), at),
            private_data=Known(reads and not service.common, at),
            gate=gate,
            through=Known(operation, at),
        ),
    )


def server_capabilities(connector: str | None, at: Place, gate: Fact[Gate]) -> Many[Capability]:
    """What an MCP server or agent behind a connector can do: the service is known, which of its tools are there not."""
    service = _SERVICES.get(connector or "")
    if service is None:
        return Unknown("a server whose tools are not known", at)
    unknown = Unknown("a matter of the tools that the server offers", at)
    return (
        Capability(
            at=at,
            category=Known(service.category, at),
            access=Known("read", at) if service.common else unknown,
            source=Known("inferred", at),
            reads_untrusted=Known(service.strangers, at),
            sends_out=unknown if service.leaves else Known(value=False, at=at),
            private_data=Known(not service.common, at),
            gate=gate,
            through=Known(connector or "", at),
        ),
    )


def _access(operation: str, service: Service) -> Access | None:
    """What the operation does. To post an item is to write it, unless the service carries letters."""
    if _EXECUTES.match(operation):
        return "execute"
    access = access_of(operation)
    return "write" if access == "send" and service.category not in _LETTERS else access
