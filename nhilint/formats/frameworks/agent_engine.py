"""The deployment of an agent to Vertex AI Agent Engine (`.agent_engine_config.json`) becomes an agent: what it runs as.

`service_account` names its account; `identity_type: AGENT_IDENTITY` gives it an identity of its own, whose tokens are
bound to a certificate unless a variable says otherwise. Values of `env_vars` stand in the deployment in clear. What the
agent does stands in code. Other spellings of these keys mean nothing to the platform and are not read.
Sources: PyPI google-adk 2.13.0, google/adk/cli/cli_deploy.py, and google-auth, google/auth/_agent_identity_utils.py,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.frameworks.secrets import named
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Safeguard
from nhilint.model.vocabulary.capability import RunsAs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

PRODUCT = "vertex-agent-engine"
_SWITCHES = ("GOOGLE_API_ENABLE_RUNTIME_BOUND_TOKEN", "GOOGLE_API_PREVENT_AGENT_TOKEN_SHARING_FOR_GCP_SERVICES")
"""The variable that decides, and the older one that does where the first is not set."""
_GUARDS = "binds the agent's tokens to its own certificate, so that a stolen one opens nothing elsewhere"


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent; a file that is no mapping is none."""
    root = Node.root(document, braces)
    if not root.is_mapping:
        return Extraction(recognised=False)
    named_by = root["display_name"]
    name = str(named_by.value) if named_by.is_text else "agent"
    at = named_by.at if named_by.is_text else root.at
    account = root["service_account"]
    agent = Agent(
        at=at,
        name=Known(name, at),
        product=Known(PRODUCT, at),
        kind=Known("service", at),
        runs_as=RunsAs(at=account.at, identity=account.text()) if account.exists else None,
        safeguards_off=tuple(_safeguards_off(root)),
        credentials=named(root["env_vars"], "env"),
    )
    return Extraction((Resource("agent", name, claim.format, agent),))


def _safeguards_off(root: Node) -> Iterator[Safeguard]:
    stated = [root["env_vars"][name] for name in _SWITCHES]
    node = next((one for one in stated if one.is_text and one.value.strip()), stated[0])
    if root["identity_type"].value == "AGENT_IDENTITY" and str(node.value).strip().lower() == "false":
        yield Safeguard(at=node.at, setting=Known(f"{node.key}: false", node.at), guards=Known(_GUARDS, node.at))
