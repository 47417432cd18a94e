"""A harness.json of the AgentCore CLI becomes the agent that the platform runs, and the servers that it calls itself.

Source: the schema of a harness in npm @aws/agentcore 0.30.0 and
docs.aws.amazon.com/bedrock-agentcore/latest/devguide/harness-config-and-models.html, read 2026-11-22: the file lies in
`app/<name>/`. Many products call a file so; this one names a model with the provider that offers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.harness import harness
from nhilint.formats.bedrock.harness_tools import listed, named_server
from nhilint.formats.bedrock.spelling import Hosted, part
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_PROVIDERS = frozenset({"bedrock", "open_ai", "gemini", "lite_llm"})


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and its servers; a file without a model of these providers is a look-alike."""
    root = Node.root(document, braces)
    model = root["model"]
    if not (root["name"].is_text and model["modelId"].is_text and model["provider"].is_one_of(_PROVIDERS)):
        return Extraction(recognised=False)
    hosted = Hosted("BedrockAgentCore::Harness", str(root["name"].value), root, root.at)
    servers = [named_server(node) for node in listed(hosted) if part(node, "Config", "RemoteMcp").exists]
    return Extraction(
        (
            Resource("agent", hosted.name, claim.format, harness(hosted)),
            *(Resource("tool", name, claim.format, tool) for name, tool in servers),
        )
    )
