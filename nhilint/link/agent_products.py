"""Every agent product by its name. A product joins the others with one record and one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.link.editor_products import (
    CONTINUE,
    COPILOT,
    CURSOR,
    KILO_CODE,
    ROO_CODE,
    VSCODE,
    WINDSURF,
    ZED,
)
from nhilint.link.terminal_products import (
    AMAZON_Q,
    AMP,
    AUGMENT,
    CLAUDE_CODE,
    CODEBUDDY,
    CODEX,
    CRUSH,
    FACTORY,
    GEMINI_CLI,
    GOOSE,
    GROK_BUILD,
    KIRO,
    OPENCODE,
    QWEN_CODE,
)

if TYPE_CHECKING:
    from nhilint.link.agent_product import Product

PRODUCTS: dict[str, Product] = {
    "claude-code": CLAUDE_CODE,
    "codebuddy": CODEBUDDY,
    "codex": CODEX,
    "gemini-cli": GEMINI_CLI,
    "qwen-code": QWEN_CODE,
    "vscode": VSCODE,
    "copilot": COPILOT,
    "cursor": CURSOR,
    "opencode": OPENCODE,
    "kiro": KIRO,
    "amazon-q": AMAZON_Q,
    "amp": AMP,
    "augment": AUGMENT,
    "crush": CRUSH,
    "factory": FACTORY,
    "zed": ZED,
    "goose": GOOSE,
    "windsurf": WINDSURF,
    "continue": CONTINUE,
    "roo-code": ROO_CODE,
    "kilo-code": KILO_CODE,
    "grok-build": GROK_BUILD,
}
"""By the name that agents bear as their product and tools as their client."""
