"""Which files belong to Copilot Studio: what its VS Code extension writes, and the parts of an unpacked solution."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://learn.microsoft.com/microsoft-copilot-studio/visual-studio-code-extension-overview"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="copilot-studio-settings",
        title="Copilot Studio agents: who may use them",
        syntax=Syntax.YAML,
        reads="copilot_studio.settings",
        names=("settings.mcs.yml", "settings.mcs.yaml"),
        probe=(b"authenticationMode", b"accessControlPolicy"),
        docs=_DOCS,
    ),
    Claim(
        format="copilot-studio-bot",
        title="Copilot Studio agents in Power Platform solutions",
        syntax=Syntax.XML,
        reads="copilot_studio.settings",
        paths=("**/bots/*/bot.xml",),
        probe=(b"<bot ",),
        docs="https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/bot",
    ),
    Claim(
        format="copilot-studio-configuration",
        title="Copilot Studio agents in Power Platform solutions: how they decide",
        syntax=Syntax.JSON,
        reads="copilot_studio.settings",
        paths=("**/bots/*/configuration.json",),
        probe=(b"BotConfiguration",),
        docs="https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/bot",
    ),
    Claim(
        format="copilot-studio-component",
        title="Copilot Studio agents: abilities, tools, knowledge, triggers and topics",
        syntax=Syntax.YAML,
        reads="copilot_studio.component",
        suffixes=(".mcs.yml", ".mcs.yaml"),
        paths=("**/botcomponents/*/data",),
        probe=(
            b"GptComponentMetadata",
            b"TaskDialog",
            b"AgentDialog",
            b"KnowledgeSourceConfiguration",
            b"ExternalTriggerConfiguration",
            b"InvokeConnectorAction",
        ),
        docs=_DOCS,
    ),
)
