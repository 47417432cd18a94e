"""`.continue/config.yaml` and the agents beside it become one agent and, for their MCP servers, one tool each.

A model of a known provider with another `apiBase` sends that provider's key there; a local one has none. Blocks of the
vendor's hub (`uses`) are not looked into.
Source: https://docs.continue.dev/reference, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.claude.frontmatter import credentials_in
from nhilint.formats.endpoints import endpoint
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.capability import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary import Agent
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

SERVERS = "mcp-continue"
_TELLING = ("models", "rules", "prompts", "context", "mcpServers", "docs")
_VENDORS = frozenset({"openai", "anthropic", "gemini", "mistral", "deepseek", "openrouter", "groq", "xAI"})
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    root = Node.root(document, braces)
    if not root.is_mapping or not any(root[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    servers = read_servers(Node.root(document), DIALECTS[SERVERS], SERVERS) or ()
    return Extraction((Resource("agent", document.path, claim.format, read_settings(root)), *servers))


def read_settings(root: Node) -> Agent:
    """The agent that the configuration describes."""
    models = [model for model in root["models"].items() if model.is_mapping][:_MOST]
    rules = [rule if rule.is_text else rule["rule"] for rule in list(root["rules"].items())[:_MOST]]
    return replace(
        session(root, "continue"),
        purpose=root["description"].text(),
        endpoints=tuple(found for model in models for found in _endpoints(model)),
        credentials=(
            *(credential for model in models for credential in _credentials(model)),
            *(credential for rule in rules for credential in credentials_in(rule)),
        ),
    )


def _endpoints(model: Node) -> Iterator[Endpoint | Unknown]:
    found = endpoint(model["apiBase"], "apiBase")
    if found is None:
        return
    has_key = model["apiKey"].exists and model["provider"].is_one_of(_VENDORS)
    if isinstance(found, Endpoint) and has_key:
        found = replace(found, carries=Known("model_traffic", model["apiBase"].at))
    yield found


def _credentials(model: Node) -> Iterator[Credential]:
    key = model["apiKey"]
    if key.is_text and key.value:
        expansion = DIALECTS[SERVERS].expansion
        yield from read_slot(key.value, Slot("apiKey", key.at, "field", sensitive=True), expansion)[0]
