"""Secrets of an agent file's servers are replaced by the platform: a reference is no dead text."""

from __future__ import annotations

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

AGENT = """---
name: docs
description: Looks things up
mcp-servers:
  docs:
    type: http
    url: https://mcp.context7.com/mcp
    headers: {"CONTEXT7_API_KEY": "${{ secrets.COPILOT_MCP_CONTEXT7 }}"}
    tools: ["*"]
---
Look it up.
"""


def test_a_secret_of_the_platform_is_a_reference(tmp_path):
    from datetime import UTC, datetime

    settings = Settings(root=tmp_path, now=datetime(2026, 11, 22, tzinfo=UTC))
    resources = link(gather(MemoryTree({".github/agents/docs.agent.md": AGENT}), settings).resources)
    (tool,) = (resource.facts for resource in resources if resource.kind == "tool")
    assert tool.ineffective == ()
    (credential,) = tool.credentials
    assert value_of(credential.source) != "literal"
