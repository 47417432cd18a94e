"""The modules of a Forge manifest become ways in for people whom the product does not know as its users.

`unlicensedAccess` lists `unlicensed` (signed in, no licence), `customer` (a portal's account) and `anonymous`. Source:
developer.atlassian.com/platform/forge/access-to-forge-apps-for-unlicensed-jsm-users (updated 2026-01-16), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.app import Entrance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

OpenTo = Literal["anyone", "anyone_signed_in", "customers"]

_WHO: dict[str, OpenTo] = {"anonymous": "anyone", "customer": "customers", "unlicensed": "anyone_signed_in"}


def entrances(modules: Node) -> Iterator[Entrance]:
    """Web triggers, and modules with `unlicensedAccess`, each with the widest group that it lets in."""
    for kind, group in modules.entries():
        for module in group.items():
            name = module["key"].text() or Known(kind, module.at)
            if kind == "webtrigger":
                open_to: OpenTo = "anyone"
                yield Entrance(
                    at=module.at, name=name, kind=Known("web_trigger", module.at), open_to=Known(open_to, module.at)
                )
            elif module["unlicensedAccess"].exists:
                access = module["unlicensedAccess"]
                yield Entrance(at=access.at, name=name, kind=Known("module", module.at), open_to=_widest(access))


def _widest(access: Node) -> Known[OpenTo] | Unknown | None:
    texts = access.texts()
    if not isinstance(texts, Known):
        return texts
    for word, who in _WHO.items():
        if word in texts.value:
            place = next((node.at for node in access.items() if node.value == word), access.at)
            return Known(who, place)
    return Unknown("none of the documented words", access.at) if texts.value else None
