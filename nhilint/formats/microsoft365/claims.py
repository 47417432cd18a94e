"""Which files belong to Microsoft 365 app packages: the manifest, declarative agents, plug-ins."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="microsoft365-app",
        title="Microsoft 365 and Teams app manifests",
        syntax=Syntax.JSON,
        reads="microsoft365.app",
        suffixes=("manifest.json", "manifest.local.json", "manifest.dev.json"),
        paths=("**/appPackage/**/*.json",),
        probe=(b"MicrosoftTeams.schema.json",),
        docs="https://learn.microsoft.com/microsoft-365/extensibility/schema/",
    ),
    Claim(
        format="microsoft365-agent",
        title="Microsoft 365 declarative agents",
        syntax=Syntax.JSON,
        reads="microsoft365.agent",
        suffixes=(".json",),
        probe=(b"/copilot/declarative-agent/", b"/copilot-extensions/", b"/copilot/declarative-copilot/"),
        docs="https://learn.microsoft.com/microsoft-365-copilot/extensibility/declarative-agent-manifest-1.6",
    ),
    Claim(
        format="microsoft365-plugin",
        title="Microsoft 365 Copilot plug-ins",
        syntax=Syntax.JSON,
        reads="microsoft365.plugin",
        suffixes=(".json",),
        probe=(b"run_for_functions",),
        docs="https://learn.microsoft.com/microsoft-365-copilot/extensibility/api-plugin-manifest-2.4",
    ),
)
