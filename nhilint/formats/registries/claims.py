"""Which files publish tool servers: registry entries, bundles, catalogue entries. Names are common; content decides."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="mcp-registry",
        title="MCP registry entries",
        syntax=Syntax.JSON,
        reads="registries.registry_entry",
        names=("server.json",),
        suffixes=(".server.json",),
        probe=(b"static.modelcontextprotocol.io", b'"packages"', b'"remotes"'),
        docs="https://github.com/modelcontextprotocol/registry/blob/main/docs/reference/server-json/generic-server-json.md",
    ),
    Claim(
        format="mcp-bundle",
        title="MCP bundles (MCPB, DXT)",
        syntax=Syntax.JSON,
        reads="registries.bundle",
        names=("manifest.json",),
        probe=(b'"mcp_config"', b'"dxt_version"'),
        docs="https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md",
    ),
    Claim(
        format="smithery",
        title="Smithery server configuration",
        syntax=Syntax.YAML,
        reads="registries.smithery",
        names=("smithery.yaml", "smithery.yml"),
        probe=(b"startCommand", b"runtime"),
        docs="https://smithery.ai/docs/build/project-config/smithery-yaml",
    ),
    Claim(
        format="docker-mcp-catalogue",
        title="Docker MCP catalogue entries",
        syntax=Syntax.YAML,
        reads="registries.docker_catalogue",
        names=("server.yaml",),
        probe=(b"about:",),
        docs="https://github.com/docker/mcp-registry/blob/main/add_mcp_server.md",
    ),
)
