"""Who may control the gateway: its authentication, and settings that take a part of it back.

Source: github.com/openclaw/openclaw, docs/gateway/security/audit-checks.md (gateway.*), read 2026-11-22. A gateway
without a stated mode makes a token for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Inbound

if TYPE_CHECKING:
    from nhilint.formats.node import Node

Kind = Literal["none", "authenticated_only", "static", "oauth", "mutual_tls", "platform"]

_MODES: dict[str, Kind] = {"none": "none", "token": "static", "password": "static", "trusted-proxy": "platform"}
_IN_CLEAR = "allowInsecureAuth"
_SWITCHES = ("dangerouslyDisableDeviceAuth", _IN_CLEAR, "dangerouslyAllowHostHeaderOriginFallback")


def inbound(gateway: Node) -> Inbound | None:
    """The way in to the control of the gateway; None where the file does not configure one."""
    if not gateway.is_mapping:
        return None
    mode = gateway.at_path("auth", "mode").text()
    return Inbound(at=gateway.at, kind=_kind(mode), weaknesses=_weaknesses(gateway))


def _kind(mode: Fact[str]) -> Fact[Kind]:
    if not isinstance(mode, Known):
        return mode
    kind = _MODES.get(mode.value)
    return Known(kind, mode.at) if kind is not None else Unknown("a mode that is not known here", mode.at)


def _weaknesses(gateway: Node) -> Fact[tuple[str, ...]]:
    """Switches of the control page that are on, and a list of origins that lets every site in.

    What `allowInsecureAuth` leaves out matters on the way through a network, not on the machine itself.
    """
    page, bind = gateway["controlUi"], gateway["bind"]
    on_itself = not bind.exists or bind.value == "loopback"
    found = [page[name] for name in _SWITCHES if page[name].value is True and not (on_itself and name == _IN_CLEAR)]
    origins = page["allowedOrigins"]
    found.extend(item for item in origins.items() if item.value == "*")
    if not found:
        return None
    names = tuple(f"{origins.key}: *" if node.value == "*" else node.key for node in found)
    return Known(names, found[0].at)
