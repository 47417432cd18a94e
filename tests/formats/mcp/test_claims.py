"""Every client's files are found in any folder, and each claim has a dialect."""

from __future__ import annotations

import pytest

from nhilint.formats.mcp.claims import CLAIMS
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.registry import Recogniser
from nhilint.formats.screen import probe_fits

PATHS = {
    ".mcp.json": "mcp-claude-code",
    "services/api/.mcp.json": "mcp-claude-code",
    "managed-mcp.json": "mcp-claude-code",
    "home/.claude.json": "mcp-claude-code",
    ".github/mcp.json": "mcp-copilot",
    ".cursor/mcp.json": "mcp-cursor",
    ".vscode/mcp.json": "mcp-vscode",
    "shop.code-workspace": "mcp-vscode",
    ".devcontainer/devcontainer.json": "mcp-vscode",
    ".roo/mcp.json": "mcp-roo",
    ".kilocode/mcp.json": "mcp-kilo",
    "settings/cline_mcp_settings.json": "mcp-cline",
    ".gemini/settings.json": "mcp-gemini",
    "gemini-extension.json": "mcp-gemini",
    ".qwen/settings.json": "mcp-qwen",
    ".codex/config.toml": "mcp-codex",
    "opencode.jsonc": "mcp-opencode",
    ".opencode/opencode.json": "mcp-opencode",
    ".agents/mcp.json": "mcp-opencode",
    ".amazonq/mcp.json": "mcp-amazon-q",
    ".kiro/settings/mcp.json": "mcp-kiro",
    ".codeium/windsurf/mcp_config.json": "mcp-windsurf",
    ".devin/config.json": "mcp-devin",
    ".devin/mcp_config.json": "mcp-devin",
    ".zed/settings.json": "mcp-zed",
    ".continue/mcpServers/notes.yaml": "mcp-continue",
    ".continue/config.yaml": "mcp-continue",
    "config/goose/config.yaml": "mcp-goose",
    "librechat.yaml": "mcp-librechat",
    ".junie/mcp/mcp.json": "mcp-junie",
    ".lmstudio/mcp.json": "mcp-lm-studio",
    "claude_desktop_config.json": "mcp-claude-desktop",
    ".amp/settings.json": "mcp-amp",
    "crush.json": "mcp-crush",
    ".grok/config.toml": "mcp-grok",
    ".mcp.json.example": "mcp",
    "deploy/mcp-servers.json": "mcp",
    ".claude/claude.json": "mcp",
}
EVERY_PROBE = b"".join(probe for claim in CLAIMS for probe in claim.probe)


@pytest.mark.parametrize(("path", "expected"), PATHS.items())
def test_a_file_belongs_to_its_client(path, expected):
    assert next(Recogniser(CLAIMS).recognise(path, EVERY_PROBE)).format == expected


@pytest.mark.parametrize("path", ["package.json", "src/mcp.py", "docs/mcp.md", "tsconfig.json", ".vscode/launch.json"])
def test_other_files_are_left_alone(path):
    assert not any(Recogniser(CLAIMS).recognise(path, EVERY_PROBE))


@pytest.mark.parametrize("path", [".gemini/settings.json", ".codex/config.toml", ".vscode/settings.json", "x/mcp.json"])
def test_settings_that_mention_no_server_are_not_claimed(path):
    claims = Recogniser(CLAIMS).candidates(path)
    assert claims
    assert not any(probe_fits(claim, b'{"theme": "dark"}') for claim in claims)


def test_every_claim_has_a_dialect_and_every_dialect_a_claim():
    assert {claim.format for claim in CLAIMS} == set(DIALECTS)


def test_every_notation_that_is_advised_is_one_that_the_product_replaces():
    from nhilint.formats.mcp.references import resolves

    for dialect in DIALECTS.values():
        advice = dialect.expansion.write
        if advice and "[" not in advice:
            assert resolves(advice, dialect.expansion) is True, dialect.client
