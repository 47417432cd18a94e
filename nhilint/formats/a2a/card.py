"""An agent card becomes an agent: where it is called, what callers have to prove, whether anybody vouches for the card.

Source: a2a-protocol.org/latest/specification (1.0) and the schema of 0.3, read 2026-11-22. 1.0 is told by
`supportedInterfaces`; there addresses, requirements and the extended card have other keys and schemes are wrapped. A
card without requirements says that everybody may call; schemes that no requirement names are only described.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from nhilint.formats.endpoints import endpoint
from nhilint.formats.node import Node
from nhilint.formats.security_schemes import schemes_of
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.capability import AuthScheme, Endpoint, Inbound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

Kind = Literal["none", "authenticated_only", "static", "oauth", "mutual_tls", "platform"]

_MOST = 100
_WAYS: dict[str, Kind] = {
    "api_key": "static",
    "password": "static",
    "token": "oauth",
    "oauth": "oauth",
    "mutual_tls": "mutual_tls",
}
_WEAKEST_FIRST: tuple[Kind, ...] = ("static", "oauth", "mutual_tls")


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent; a file without a list of skills and the modes or capabilities of a card is something else."""
    root = Node.root(document, braces)
    modes = root["defaultInputModes"].is_list or root["capabilities"].is_mapping
    if not (root["name"].is_text and root["skills"].is_list and modes):
        return Extraction(recognised=False)
    name = str(root["name"].value)
    agent = Agent(
        at=root.at,
        name=root["name"].text(),
        product=Known("a2a", root.at),
        kind=Known("card", root.at),
        purpose=root["description"].text(),
        inbound=_inbound(root),
        addresses=tuple(_addresses(root)),
        calls_back=root.at_path("capabilities", "pushNotifications").boolean(default=False),
        published=Known("/.well-known/" in f"/{document.path}", root.at),
        signed=Known(root["signatures"].is_list and bool(root["signatures"].value), root.at),
    )
    return Extraction((Resource("agent", name, claim.format, agent),))


def _addresses(root: Node) -> Iterator[Endpoint | Unknown]:
    nodes = [root["url"]]
    for key in ("supportedInterfaces", "additionalInterfaces"):
        nodes.extend(item["url"] for item in islice(root[key].items(), _MOST))
    for node in nodes:
        found = endpoint(node, "url")
        if found is not None:
            yield found


def _inbound(root: Node) -> Inbound:
    requirements = root.first("securityRequirements", "security")
    asked = [_names(item) for item in islice(requirements.items(), _MOST)]
    for skill in islice(root["skills"].items(), _MOST):
        own = skill.first("securityRequirements", "security")
        asked.extend(_names(item) for item in islice(own.items(), _MOST))
    schemes = schemes_of(root["securitySchemes"], frozenset(name for names in asked for name in names))
    return Inbound(
        at=requirements.at if requirements.exists else root.at, kind=_kind(root, asked, schemes), schemes=schemes
    )


def _names(requirement: Node) -> tuple[str, ...]:
    """The schemes of one alternative; 1.0 keeps them below `schemes`."""
    holder = requirement["schemes"] if requirement["schemes"].is_mapping else requirement
    return tuple(name for name, _ in islice(holder.entries(), _MOST))


def _kind(root: Node, asked: list[tuple[str, ...]], schemes: tuple[AuthScheme, ...]) -> Fact[Kind]:
    """The weakest alternative. An empty one lets everybody in; what is only described is not known to be asked for."""
    requirements = root.first("securityRequirements", "security")
    if requirements.is_list and any(not names for names in asked):
        return Known("none", requirements.at)
    if not asked and root.at_path("authentication", "schemes").is_list:
        return Unknown("stated in the form of the first drafts", root["authentication"].at)
    if not asked:
        return Unknown("described, but not required", root["securitySchemes"].at) if schemes else Known("none", root.at)
    found = {_WAYS.get(str(scheme.kind.value)) for scheme in schemes if isinstance(scheme.kind, Known)}
    weakest = next((kind for kind in _WEAKEST_FIRST if kind in found), None)
    return Known(weakest, requirements.at) if weakest is not None else Unknown("a scheme of another kind", root.at)
