"""Pools that the AgentCore starter toolkit made for signing in become clients, with the secrets that it wrote down.

`agentcore identity setup-cognito` leaves `.agentcore_identity_cognito_user.json` or `…_m2m.json` in the project: the
password of a test user, and the secret of the client that fetches tokens for the agent.
Source: cli/identity/commands.py and operations/identity/helpers.py of aws/bedrock-agentcore-starter-toolkit, read
2026-11-22. The same values as shell variables, `.agentcore_identity_*.env`, are read as environment settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.bedrock.providers import client
from nhilint.formats.bedrock.spelling import Hosted, told
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_POOLS = ("runtime", "identity")


def extract(document: Document, claim: Claim) -> Extraction:
    """A client for each of the two pools; a file without the id of a pool is a look-alike."""
    root = Node.root(document, braces)
    found: list[Resource] = []
    for name in _POOLS:
        pool = root[name]
        if pool["pool_id"].is_text:
            facts = client(Hosted("BedrockAgentCore::OAuth2CredentialProvider", f"{name} pool", pool, pool.at))
            found.append(
                Resource("app", f"{name} pool", claim.format, replace(facts, client_id=told(pool["client_id"])))
            )
    return Extraction(tuple(found), recognised=bool(found))
