"""The dialects of agents that run in a terminal or as a service.

Sources, all read 2026-11-22: Claude Code https://code.claude.com/docs/en/mcp and anthropics/claude-code issues 17756,
33958 and 43865 (`disabled` is not read); Copilot CLI https://docs.github.com/en/copilot/how-tos/copilot-cli and
github/copilot-cli issue 903; Codex codex-rs/config/src/mcp_types.rs and issues 2680, 7367 (no variables are replaced);
Gemini CLI packages/core/src/tools/mcp-client.ts and packages/cli/src/utils/envVarResolver.ts; opencode
https://opencode.ai/docs/mcp-servers and its V2 migration page; Amazon Q crates/chat-cli/src/mcp_client/client.rs; Kiro
https://kiro.dev/docs/mcp/configuration; Goose crates/goose/src/agents/extension.rs; LibreChat
packages/data-provider/src/mcp.ts; Qwen Code packages/cli/src/utils/envVarResolver.ts (no defaults, unlike Gemini CLI);
Crush and Factory from their public documentation and real files.
"""

from __future__ import annotations

from nhilint.formats.mcp.dialect import Dialect, Expansion, Gates, Ignored, Keys, Transports

_SHELL = Expansion(forms=frozenset({"bare", "brace", "brace_default", "percent"}), exhaustive=True, write="${NAME}")

CLAUDE_CODE = Dialect(
    client="claude-code",
    title="Claude Code",
    docs="https://code.claude.com/docs/en/mcp",
    routes=(("mcpServers",), ("projects", "*", "mcpServers")),
    bare=True,
    keys=Keys(header_helper=("headersHelper",), scopes=(("oauth", "scopes"),)),
    transports=Transports(
        types={"stdio": "stdio", "http": "http", "streamable-http": "http", "sse": "sse", "ws": "ws"},
        address_alone=None,
        rejection="Claude Code skips a server that has a url but no type",
        rejection_cure='add "type": "http" beside the url',
    ),
    gates=Gates(off=()),
    expansion=Expansion(
        forms=frozenset({"brace", "brace_default", "plugin"}),
        exhaustive=True,
        write="${NAME}",
        source="https://code.claude.com/docs/en/mcp",
    ),
    ignored=(
        Ignored(
            key="disabled",
            value=True,
            reason="Claude Code has no such key and starts the server all the same",
            instead='name the server in "disabledMcpjsonServers" of .claude/settings.json, or remove the entry',
            source="https://code.claude.com/docs/en/mcp",
        ),
    ),
)

COPILOT = Dialect(
    client="copilot",
    title="GitHub Copilot",
    docs="https://docs.github.com/en/copilot/how-tos/copilot-cli/customize-copilot/add-mcp-servers",
    bare=True,
    transports=Transports(types={"local": "stdio", "stdio": "stdio", "http": "http", "sse": "sse"}),
    gates=Gates(off=(), chosen=(("tools",),)),
    expansion=Expansion(
        forms=frozenset({"bare", "brace", "brace_default"}),
        exhaustive=True,
        write="${NAME}",
        source="https://github.com/github/copilot-cli/issues/903",
    ),
)

CODEX = Dialect(
    client="codex",
    title="Codex",
    docs="https://developers.openai.com/codex/mcp",
    routes=(("mcp_servers",),),
    keys=Keys(
        headers=(("http_headers",),),
        header_variables=("env_http_headers",),
        bearer_variable=("bearer_token_env_var",),
        passed_names=("env_vars",),
        secrets=(("bearer_token",),),
        scopes=(("scopes",),),
    ),
    gates=Gates(
        off=(),
        on=("enabled",),
        chosen=(("enabled_tools",),),
        modes={"default_tools_approval_mode": {"approve": "auto", "prompt": "prompt"}},
        tool_modes=(("tools", "*", "approval_mode"), "approve"),
    ),
    expansion=Expansion(
        exhaustive=True,
        cures={
            "env": 'take it out of env and pass the variable on: env_vars = ["KEY"]',
            "argument": 'let a shell replace it: command = "sh", args = ["-c", "… $NAME"], env_vars = ["NAME"]',
            "header": 'take it out and name the variable: env_http_headers = { KEY = "NAME" }',
            "": "take it out: nothing is replaced there",
        },
        source="https://github.com/openai/codex/issues/2680",
    ),
)

GEMINI = Dialect(
    client="gemini-cli",
    title="Gemini CLI",
    docs="https://geminicli.com/docs/tools/mcp-server/",
    keys=Keys(
        address=("httpUrl", "url", "tcp"),
        scopes=(("oauth", "scopes"),),
        identity={
            "authProviderType": {
                "dynamic_discovery": "oauth",
                "google_credentials": "ambient",
                "service_account_impersonation": "workload_identity",
            }
        },
    ),
    transports=Transports(types={"http": "http", "sse": "sse"}, by_key={"httpUrl": "http", "tcp": "ws"}),
    gates=Gates(off=(), chosen=(("includeTools",),), auto_all=(("trust",),), asks=True),
    expansion=_SHELL,
)

QWEN = Dialect(
    client="qwen-code",
    title="Qwen Code",
    docs="https://qwenlm.github.io/qwen-code-docs/",
    keys=GEMINI.keys,
    transports=GEMINI.transports,
    gates=GEMINI.gates,
    expansion=Expansion(
        forms=frozenset({"bare", "brace"}),
        exhaustive=True,
        write="${NAME}",
        source="https://github.com/QwenLM/qwen-code/blob/main/packages/cli/src/utils/envVarResolver.ts",
    ),
)

OPENCODE = Dialect(
    client="opencode",
    title="opencode",
    docs="https://opencode.ai/docs/mcp-servers",
    routes=(("mcp", "servers"), ("mcp",)),
    bare=True,
    keys=Keys(environment=("environment", "env"), scopes=(("oauth", "scope"),)),
    transports=Transports(types={"local": "stdio", "remote": "http"}),
    gates=Gates(off=("disabled",), on=("enabled",)),
    expansion=Expansion(
        forms=frozenset({"curly"}),
        exhaustive=True,
        write="{env:NAME}",
        source="https://opencode.ai/docs/config",
    ),
)

AMAZON_Q = Dialect(
    client="amazon-q",
    title="Amazon Q",
    docs="https://docs.aws.amazon.com/amazonq/latest/qdeveloper-ug/command-line-mcp.html",
    keys=Keys(scopes=(("oauthScopes",),)),
    transports=Transports(
        types={"stdio": "stdio", "http": "http"},
        address_alone=None,
        rejection="Amazon Q takes a server without a type for a local one and refuses it for want of a command",
        rejection_cure='add "type": "http" beside the url',
    ),
    expansion=Expansion(
        forms=frozenset({"env"}),
        exhaustive=True,
        write="${env:NAME}",
        source="https://github.com/aws/amazon-q-developer-cli",
    ),
)

KIRO = Dialect(
    client="kiro",
    title="Kiro",
    docs="https://kiro.dev/docs/mcp/configuration",
    keys=Keys(scopes=(("oauthScopes",), ("oauth", "oauthScopes"))),
    transports=Transports(types={"stdio": "stdio", "http": "http", "streamable-http": "http", "sse": "sse"}),
    gates=Gates(auto_tools=(("autoApprove",),), asks=True),
    expansion=Expansion(forms=frozenset({"brace", "env"}), write="${NAME}"),
)

GOOSE = Dialect(
    client="goose",
    title="Goose",
    docs="https://block.github.io/goose/docs/getting-started/using-extensions",
    routes=(("extensions",), ("recipe", "extensions")),
    keys=Keys(
        command=("cmd",),
        environment=("envs",),
        address=("uri",),
        passed_names=("env_keys",),
        passed_from="secret_store",
    ),
    transports=Transports(
        types={
            "stdio": "stdio",
            "streamable_http": "http",
            "sse": "sse",
            "builtin": "builtin",
            "platform": "builtin",
            "frontend": "builtin",
            "inline_python": "stdio",
        }
    ),
    gates=Gates(off=(), on=("enabled",), chosen=(("available_tools",),)),
    expansion=Expansion(forms=frozenset({"bare", "brace"}), write='env_keys: ["NAME"]'),
)

LIBRECHAT = Dialect(
    client="librechat",
    title="LibreChat",
    docs="https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/mcp_servers",
    keys=Keys(secrets=(("apiKey", "key"),), scopes=(("oauth", "scope"), ("obo", "scopes"))),
    transports=Transports(
        types={"stdio": "stdio", "sse": "sse", "streamable-http": "http", "http": "http", "websocket": "ws"},
        address_alone="sse",
    ),
    gates=Gates(off=()),
    expansion=Expansion(
        forms=frozenset({"brace", "mustache"}),
        exhaustive=True,
        write="${NAME}",
        source="https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/mcp_servers",
    ),
)

CRUSH = Dialect(
    client="crush",
    title="Crush",
    docs="https://github.com/charmbracelet/crush",
    routes=(("mcp",),),
    keys=Keys(command_is_text=True),
    transports=Transports(types={"stdio": "stdio", "http": "http", "sse": "sse"}),
    expansion=Expansion(forms=frozenset({"bare", "brace", "brace_default", "substitution"}), write="$NAME"),
)

GROK = Dialect(
    client="grok-build",
    title="Grok Build",
    docs="https://docs.x.ai/build/features/mcp-servers",
    routes=(("mcp_servers",),),
    transports=Transports(types={"stdio": "stdio", "http": "http", "sse": "sse"}),
    gates=Gates(off=(), on=("enabled",)),
    expansion=Expansion(forms=frozenset({"brace", "brace_default"}), write="${NAME}"),
)
FACTORY = Dialect(
    client="factory",
    title="Factory Droid",
    docs="https://docs.factory.ai/cli/configuration/mcp",
    transports=Transports(types={"stdio": "stdio", "http": "http", "sse": "sse"}),
    expansion=Expansion(forms=frozenset({"brace"}), write="${NAME}"),
)

AMP = Dialect(
    client="amp",
    title="Amp",
    docs="https://ampcode.com/manual",
    routes=(("amp.mcpServers",),),
    gates=Gates(off=(), chosen=(("includeTools",),)),
    expansion=Expansion(forms=frozenset({"brace"}), write="${NAME}"),
)

AUGMENT = Dialect(
    client="augment",
    title="Augment",
    docs="https://docs.augmentcode.com/cli/integrations",
    transports=Transports(types={"stdio": "stdio", "http": "http", "sse": "sse"}),
    expansion=Expansion(forms=frozenset({"brace"}), write="${NAME}"),
)
