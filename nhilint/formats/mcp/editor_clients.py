"""The dialects of editors, their extensions and desktop applications.

Sources, all read 2026-11-22: Cursor https://cursor.com/docs/mcp and the notes of two tools that convert its files
(dyoshikawa/rulesync issue 857, vanillagreencom/kendex pull request 2184: only `${env:NAME}` is replaced, `type` is not
read); VS Code docs/copilot/reference/mcp-configuration.md of microsoft/vscode-docs; Roo Code src/services/mcp/McpHub.ts
and src/utils/config.ts; Kilo Code "Using MCP in Kilo Code"; Cline apps/vscode/src/services/mcp/schemas.ts and
src/utils/envExpansion.ts; Windsurf https://docs.windsurf.com/windsurf/cascade/mcp; Zed `ContextServerSettingsContent`
and zed-industries/zed issue 60459 (nothing is replaced); Claude Desktop modelcontextprotocol/servers issue 1039 and the
page below on `${APPDATA}` (nothing is replaced); Continue packages/config-yaml/src/schemas/mcp. What is not exhaustive
here is not documented by the vendor.
"""

from __future__ import annotations

from nhilint.formats.mcp.dialect import Dialect, Expansion, Gates, Keys, Transports

_VARIABLES_REFERENCE = "https://code.visualstudio.com/docs/reference/variables-reference"
_REMOTE_TYPES = Transports(
    types={"stdio": "stdio", "http": "http", "sse": "sse", "streamable-http": "http", "streamableHttp": "http"}
)

VSCODE = Dialect(
    client="vscode",
    title="VS Code",
    docs="https://code.visualstudio.com/docs/copilot/reference/mcp-configuration",
    routes=(
        ("servers",),
        ("mcp", "servers"),
        ("settings", "mcp", "servers"),
        ("customizations", "vscode", "mcp", "servers"),
        ("customizations", "vscode", "settings", "mcp", "servers"),
    ),
    keys=Keys(env_file=("envFile",)),
    transports=Transports(types={"stdio": "stdio", "http": "http", "sse": "sse"}),
    gates=Gates(off=()),
    expansion=Expansion(
        forms=frozenset({"env", "input", "editor"}),
        exhaustive=True,
        cures={"": 'write ${env:NAME}, or ${input:NAME} and declare it under "inputs"'},
        source=_VARIABLES_REFERENCE,
    ),
    ignored_routes=(("mcpServers",),),
)

CURSOR = Dialect(
    client="cursor",
    title="Cursor",
    docs="https://cursor.com/docs/mcp",
    keys=Keys(env_file=("envFile",), oauth=("auth",), oauth_secrets=("CLIENT_SECRET",), scopes=(("auth", "scopes"),)),
    transports=_REMOTE_TYPES,
    gates=Gates(off=()),
    expansion=Expansion(
        forms=frozenset({"env", "editor"}), exhaustive=True, write="${env:NAME}", source="https://cursor.com/docs/mcp"
    ),
)

ROO = Dialect(
    client="roo-code",
    title="Roo Code",
    docs="https://docs.roocode.com/features/mcp/using-mcp-in-roo",
    transports=Transports(
        types={"stdio": "stdio", "sse": "sse", "streamable-http": "http"},
        address_alone=None,
        rejection="Roo Code refuses a server that has a url but no type",
        rejection_cure='add "type": "streamable-http" beside the url',
    ),
    gates=Gates(auto_tools=(("alwaysAllow",),), asks=True),
    expansion=Expansion(
        forms=frozenset({"env", "editor"}), exhaustive=True, write="${env:NAME}", source=_VARIABLES_REFERENCE
    ),
)

KILO = Dialect(
    client="kilo-code",
    title="Kilo Code",
    docs="https://kilo.ai/docs/features/mcp/using-mcp-in-kilo-code",
    transports=Transports(types={"stdio": "stdio", "sse": "sse", "streamable-http": "http"}, address_alone="sse"),
    gates=ROO.gates,
    expansion=ROO.expansion,
)

CLINE = Dialect(
    client="cline",
    title="Cline",
    docs="https://docs.cline.bot/mcp/configuring-mcp-servers",
    keys=Keys(nested=("transport",)),
    transports=Transports(
        type_keys=("type", "transportType"),
        types={"stdio": "stdio", "sse": "sse", "streamableHttp": "http", "http": "http"},
        address_alone="sse",
    ),
    gates=Gates(auto_tools=(("autoApprove",),), asks=True),
    expansion=Expansion(
        forms=frozenset({"env"}),
        exhaustive=True,
        write="${env:NAME}",
        source="https://docs.cline.bot/mcp/configuring-mcp-servers",
    ),
)

WINDSURF = Dialect(
    client="windsurf",
    title="Windsurf",
    docs="https://docs.windsurf.com/windsurf/cascade/mcp",
    keys=Keys(address=("serverUrl", "url")),
    transports=_REMOTE_TYPES,
    expansion=Expansion(forms=frozenset({"env", "file"}), write="${env:NAME}"),
)

ZED = Dialect(
    client="zed",
    title="Zed",
    docs="https://zed.dev/docs/ai/mcp",
    routes=(("context_servers",),),
    keys=Keys(command=("command", "path"), nested=("command",), secrets=(("settings",),)),
    gates=Gates(off=(), on=("enabled",)),
    expansion=Expansion(
        exhaustive=True,
        cures={
            "env": "take it out of env: the server inherits the variables with which Zed was started",
            "argument": 'let a shell replace it: "command": "sh", "args": ["-c", "… $NAME"]',
            "header": "take it out and sign in, or start mcp-remote with --header KEY:${NAME}, which replaces it",
            "": "take it out: nothing is replaced there",
        },
        source="https://github.com/zed-industries/zed/issues/60459",
    ),
)

CONTINUE = Dialect(
    client="continue",
    title="Continue",
    docs="https://docs.continue.dev/customize/deep-dives/mcp",
    keys=Keys(headers=(("requestOptions", "headers"), ("headers",)), secrets=(("apiKey",),)),
    transports=Transports(types={"stdio": "stdio", "sse": "sse", "streamable-http": "http", "http": "http"}),
    gates=Gates(off=()),
    expansion=Expansion(
        forms=frozenset({"expression", "brace"}), write="${{ secrets.NAME }}", source="https://docs.continue.dev"
    ),
)

CLAUDE_DESKTOP = Dialect(
    client="claude-desktop",
    title="Claude Desktop",
    docs="https://modelcontextprotocol.io/docs/develop/connect-local-servers",
    gates=Gates(off=(), asks=True),
    expansion=Expansion(
        exhaustive=True,
        cures={
            "argument": 'let a shell replace it: "command": "sh", "args": ["-c", "… $NAME"]',
            "": "start the server by a script that fetches the value, or as a desktop extension, which asks for it",
        },
        source="https://github.com/modelcontextprotocol/servers/issues/1039",
    ),
)

JUNIE = Dialect(
    client="junie",
    title="Junie",
    docs="https://www.jetbrains.com/help/junie/model-context-protocol-mcp.html",
    gates=Gates(asks=True),
)

LM_STUDIO = Dialect(client="lm-studio", title="LM Studio", docs="https://lmstudio.ai/docs/app/mcp", gates=Gates(off=()))

FIREBASE_STUDIO = Dialect(
    client="firebase-studio",
    title="Firebase Studio",
    docs="https://firebase.google.com/docs/studio/mcp-servers",
)

DEVIN = Dialect(
    client="devin",
    title="Devin",
    docs="https://docs.devin.ai/cli/extensibility/mcp/configuration",
    transports=Transports(type_keys=("transport",), types={"http": "http", "sse": "sse"}),
)

TRAE = Dialect(client="trae", title="Trae", docs="https://docs.trae.ai/ide/model-context-protocol")

ANY_CLIENT = Dialect(
    client="",
    title="the client",
    docs="https://modelcontextprotocol.io/docs/develop/connect-local-servers",
    routes=(("mcpServers",), ("servers",)),
    keys=Keys(address=("url", "serverUrl", "httpUrl"), env_file=("envFile",), header_helper=("headersHelper",)),
    transports=Transports(type_keys=("type", "transport", "transportType"), types=_REMOTE_TYPES.types),
    gates=Gates(auto_tools=(("alwaysAllow",), ("autoApprove",))),
)
"""A file in the common form whose reader cannot be told from its name."""
