"""A project of the AgentCore starter toolkit becomes the runtimes that it deploys.

Source: the settings classes of github.com/aws/bedrock-agentcore-starter-toolkit
(src/bedrock_agentcore_starter_toolkit/utils/runtime/schema.py), read 2026-11-22. The toolkit writes the file itself,
paths and account numbers of whoever ran it included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.providers import client
from nhilint.formats.bedrock.runtimes import runtime
from nhilint.formats.bedrock.spelling import Hosted
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_KIND = "BedrockAgentCore::Runtime"
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each entry below `agents`; files of the first releases are one agent themselves."""
    root = Node.root(document, braces)
    found = tuple(_hosted(root))
    if not found and not root["agents"].is_mapping:
        return Extraction(recognised=False)
    return Extraction(tuple(resource for one in found for resource in _subjects(one, claim.format)))


def _subjects(hosted: Hosted, format_id: str) -> Iterator[Resource]:
    """The agent, and the workload identity to which people are sent back after they agreed to something."""
    yield Resource("agent", hosted.name, format_id, runtime(hosted))
    workload = hosted["Identity.Workload"]
    if workload["return_urls"].is_list:
        name = str(workload["name"].value) if workload["name"].is_text else hosted.name
        facts = client(Hosted("BedrockAgentCore::WorkloadIdentity", name, workload, workload.at))
        yield Resource("app", name, format_id, facts)


def _hosted(root: Node) -> Iterator[Hosted]:
    if root["agents"].is_mapping:
        for index, (name, agent) in enumerate(root["agents"].entries()):
            if index < _MOST and agent.is_mapping:
                yield Hosted(_KIND, name, agent, agent.at)
    elif root["aws"].is_mapping and root["entrypoint"].exists:
        stated = root["name"]
        yield Hosted(_KIND, str(stated.value) if stated.is_text else "agent", root, root.at)
