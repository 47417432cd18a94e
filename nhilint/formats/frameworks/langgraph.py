"""A LangGraph deployment (`langgraph.json`) becomes one agent for each graph; tools and prompts stand in code.

What the file says of access: `auth.path` names code that decides about callers. Without it LangSmith's own deployments
ask for its API keys and a server run by oneself asks for nothing, so who may call is unknown. Variables written into
`env`, lines added to the Dockerfile and headers of webhooks are read for credentials.
Source: https://github.com/langchain-ai/langgraph, libs/cli/schemas/schema.json, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.frameworks.framework import Framework
from nhilint.formats.frameworks.secrets import literals_below, named
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Trigger

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

LANGGRAPH = Framework(
    product="langgraph",
    title="LangGraph",
    known_as="langgraph",
    docs="https://docs.langchain.com/langsmith/application-structure",
)
_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each graph; the first holds the credentials of the deployment."""
    root = Node.root(document, braces)
    graphs = [(name, node) for name, node in root["graphs"].entries() if _is_graph(node)][:_MOST]
    if not graphs or not any(
        root[key].exists for key in ("dependencies", "env", "node_version", "python_version", "source")
    ):
        return Extraction(recognised=False)
    held = (*named(root["env"], "env"), *literals_below(root["dockerfile_lines"]))
    held = (*held, *named(root["webhooks"]["headers"], "header"))
    resources = [
        Resource("agent", name, claim.format, _agent(root, name, node, held if index == 0 else ()))
        for index, (name, node) in enumerate(graphs)
    ]
    return Extraction(tuple(resources))


def _is_graph(node: Node) -> bool:
    return node.is_text or node["path"].is_text


def _agent(root: Node, name: str, node: Node, held: tuple[object, ...]) -> Agent:
    auth = root["auth"]["path"]
    at = auth.at if auth.exists else node.at
    who = "decided by code" if auth.exists else "a matter of where it is deployed"
    started = Trigger(
        at=at,
        event=Known("http", at),
        open_to=Unknown(who, at),
        authenticated=Known(value=True, at=at) if auth.exists else Unknown(who, at),
        carries_input=Known(value=True, at=at),
    )
    return Agent(
        at=node.at,
        name=Known(name, node.at),
        product=Known(LANGGRAPH.product, node.at),
        kind=Known("service", node.at),
        purpose=node["description"].text(),
        triggers=(started,),
        credentials=held,  # type: ignore[arg-type]
    )
