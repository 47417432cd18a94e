"""Providers of opencode become addresses and credentials.

A built-in provider whose address is replaced sends the vendor's credential somewhere else. One that the file declares
itself is merely one more, so nothing is said of what goes to its address.
Sources: https://opencode.ai/v1/docs/providers/ and https://opencode.ai/docs/config ({env:…}, {file:…}),
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.holding import Slot, is_header_of_credential, read_slot
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Known
from nhilint.model.vocabulary.capability import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.credential import Credential

_VENDORS = {
    "anthropic": "anthropic.com",
    "openai": "openai.com",
    "google": "googleapis.com",
    "openrouter": "openrouter.ai",
    "xai": "x.ai",
    "groq": "groq.com",
    "mistral": "mistral.ai",
    "deepseek": "deepseek.com",
    "opencode": "opencode.ai",
    "github-copilot": "githubcopilot.com",
}
_MOST_PROVIDERS = 200


def read_endpoints(root: Node) -> Iterator[Endpoint | Unknown]:
    """The addresses of providers."""
    for name, provider in _providers(root):
        settings = provider["options"] if provider["options"].exists else provider["settings"]
        node = settings["baseURL"]
        if not node.is_text or "{env:" in node.value or "{file:" in node.value:
            continue
        found = endpoint(node, f"provider.{name}.baseURL")
        vendor = _VENDORS.get(name)
        is_replaced = vendor is not None and isinstance(found, Endpoint) and not _is_vendors_own(found, vendor)
        if isinstance(found, Endpoint) and is_replaced:
            found = replace(found, carries=Known("model_traffic", node.at))
        if found is not None:
            yield found


def _is_vendors_own(found: Endpoint, domain: str) -> bool:
    host = found.host.value if isinstance(found.host, Known) else ""
    return host == domain or host.endswith(f".{domain}")


def read_credentials(root: Node) -> Iterator[Credential]:
    """The credentials of providers, written out or pointed to."""
    expansion = DIALECTS["mcp-opencode"].expansion
    for _, provider in _providers(root):
        for key, node in (*provider["options"].entries(), *provider["settings"].entries()):
            if node.is_text and is_credential_name(key):
                yield from read_slot(node.value, Slot(key, node.at, "field", sensitive=True), expansion)[0]
        for key, node in (*provider["options"]["headers"].entries(), *provider["headers"].entries()):
            if node.is_text:
                slot = Slot(key, node.at, "header", is_header_of_credential(key))
                yield from read_slot(node.value, slot, expansion)[0]


def _providers(root: Node) -> Iterator[tuple[str, Node]]:
    for key in ("provider", "providers"):
        for count, (name, node) in enumerate(root[key].entries()):
            if count >= _MOST_PROVIDERS:
                return
            if node.is_mapping:
                yield name, node
