"""Corrections of tools built into clients and of framework tools, and the aliases under which clients know them.

Sources: the clients' own documentation as named in each record; docs.github.com "Custom agents configuration" for the
aliases of Copilot; google-gemini/gemini-cli `packages/core/src/tools/tool-names.ts`; code.claude.com "Tools reference"
(as of August 2026). Notation as in `tool_amendments.py`. `tools.py` beside this file applies them.
"""

from __future__ import annotations

# Rule 4: what a delegate, a gateway or a loader of other tools gives depends on what is behind it, and that is counted
# by itself; nothing is said here. Applies to every tool whose only capability is other:execute.
NOT_GATEWAYS = frozenset({"goose/extensionmanager", "roo/group:modes", "roo/switch_mode"})

# Rule 5: code in a sandbox of the provider that has no network (vendor documentation).
NO_NETWORK = frozenset(
    [
        "agent-framework-hosted/HostedCodeInterpreterTool",
        "bedrock-agents/AMAZON.CodeInterpreter",
        "claude-api/code_execution_20250825",
        "foundry/code_interpreter",
        "google-adk/BuiltInCodeExecutor",
        "google-adk/built_in_code_execution",
        "m365-declarative-agent/CodeInterpreter",
        "openai-agents/CodeInterpreterTool",
        "openai-responses/code_interpreter",
    ]
)

# Rule 5, other side: code that runs elsewhere, with a network or not depending on settings that are not seen here.
NETWORK_UNKNOWN = frozenset(
    [
        "autogen/ACADynamicSessionsCodeExecutor",
        "autogen/PythonCodeExecutionTool",
        "bedrock-agents/agentcore_code_interpreter",
        "dify-node/code",
        "dify/judge0ce",
        "google-adk/GkeCodeExecutor",
        "google-adk/VertexAiCodeExecutor",
        "langchain/BearlyInterpreterTool",
        "llamaindex/AzureCodeInterpreterToolSpec",
        "nemo/code_execution",
        "semantic-kernel/SessionsPythonPlugin",
        "strands/code_interpreter",
    ]
)

# Rule 6: a person who answers is no outsider.
PEOPLE = frozenset(
    [
        "bedrock-agents/AMAZON.UserInput",
        "google-adk/get_user_choice",
        "langchain-load-tools/human",
        "langchain/HumanInputRun",
        "nemo/hitl_approval",
        "power-platform/shared_approvals",
        "smolagents/UserInputTool",
        "strands/handoff_to_user",
    ]
)

RECORDS: dict[str, dict[str, object]] = {
    # Rule 7: what only looks up memory does not write it, and the other way round.
    "foundry/memory_search": {"capabilities": "memory:r"},
    "google-adk/load_memory": {"capabilities": "memory:r"},
    "google-adk/preload_memory": {"capabilities": "memory:r"},
    "nemo/get_memory": {"capabilities": "memory:r"},
    "nemo/add_memory": {"capabilities": "memory:w", "flags": "uep"},
    "mastra-letta/archival_memory_insert": {"capabilities": "memory:w", "flags": "uep"},
    "mastra-letta/archival_memory_search": {"capabilities": "memory:r"},
    "mastra-letta/conversation_search": {"capabilities": "memory:r"},
    "mastra-letta/core_memory_append": {"capabilities": "memory:w", "flags": "uep"},
    "mastra-letta/core_memory_replace": {"capabilities": "memory:w", "flags": "uep"},
    "mastra-letta/memory_insert": {"capabilities": "memory:w", "flags": "uep"},
    "mastra-letta/memory_replace": {"capabilities": "memory:w", "flags": "uep"},
    # Rule 8: one step of a toolkit is not the whole toolkit.
    "langchain/ClickTool": {"capabilities": "browser:e", "flags": "U?p"},
    "langchain/CurrentWebPageTool": {"capabilities": "browser:r", "flags": "uep"},
    "langchain/ExtractHyperlinksTool": {"capabilities": "browser:r", "flags": "Uep"},
    "langchain/ExtractTextTool": {"capabilities": "browser:r", "flags": "Uep"},
    "langchain/GetElementsTool": {"capabilities": "browser:r", "flags": "Uep"},
    "langchain/NavigateBackTool": {"capabilities": "browser:e", "flags": "Uep"},
    "langchain/NavigateTool": {"capabilities": "browser:e web:r", "flags": "UEp"},
    "langchain/AIPluginTool": {"capabilities": "web:r", "flags": "Uep"},
    "langchain/IFTTTWebhook": {"capabilities": "other:s", "flags": "u?p"},
    # Rule 9: a function that the configuration fixes is not code of the agent's choice.
    "foundry/azure_function": {"capabilities": "infra:e", "flags": "???"},
    "langchain-load-tools/awslambda": {"capabilities": "infra:e", "flags": "???"},
    "n8n/awsLambda": {"capabilities": "infra:e", "flags": "???"},
    # Rule 10: interpreters that forbid files (smolagents' AST interpreter, n8n's task runner).
    "smolagents/PythonInterpreterTool": {"capabilities": "code_execution:e", "flags": "???"},
    "n8n/code": {"capabilities": "code_execution:e", "flags": "???"},
    "n8n/function": {"capabilities": "code_execution:e", "flags": "???"},
    "n8n/functionItem": {"capabilities": "code_execution:e", "flags": "???"},
    "n8n-langchain/code": {"capabilities": "code_execution:e", "flags": "???"},
    "n8n-langchain/toolCode": {"capabilities": "code_execution:e", "flags": "???"},
    # Single ones.
    "dify/aws": {"capabilities": "database:r files:rw infra:e", "flags": "ueP"},
    "foundry/sharepoint_grounding": {"capabilities": "files:r"},
    "google-adk/BigQueryToolset": {"capabilities": "database:r"},
    "n8n/totp": {"capabilities": "secrets:r"},
    "n8n-langchain/chatTrigger": {"flags": "?ep"},
    "claude-code/Bash": {"capabilities": "code_execution:e files:rwd"},
    "claude-code/PowerShell": {"capabilities": "code_execution:e files:rwd"},
    "claude-code/ReadMcpResourceTool": {"flags": "???"},
    "gemini-cli/read_mcp_resource": {"flags": "???"},
    "roo/access_mcp_resource": {"flags": "???"},
    "cline/access_mcp_resource": {"flags": "???"},
    "amazon-q/report_issue": {"flags": "uep"},
    "cline/report_bug": {"flags": "uep"},
    "claude-code/Workflow": {"flags": "???"},
    "openai-responses/code_interpreter": {"flags": "uep"},
}

OPT_IN = frozenset(
    [
        "codex/browser_use",
        "codex/computer_use",
        "codex/js_repl",
        "gemini-cli/browser_agent",
        "gemini-cli/tracker_create_task",
        "gemini-cli/tracker_get_task",
        "gemini-cli/tracker_list_tasks",
        "gemini-cli/tracker_update_task",
        "claude-code/PowerShell",
        "claude-code/TodoWrite",
        "claude-code/WaitForMcpServers",
        "goose/autovisualiser",
        "goose/computercontroller",
        "goose/memory",
        "cagent/script",
    ]
)
"""Tools that are there only when a setting, a platform or an extension switches them on."""

CATALOGUES = frozenset({"cagent", "claude-api", "m365-declarative-agent", "openai-responses"})
"""Clients whose tools are all chosen one by one: none is there by default."""

PERMISSION_WORDS = frozenset(
    [
        "claude-code/Cd",
        "cursor/Mcp",
        "opencode/external_directory",
        "cursor/Read",
        "cursor/Shell",
        "cursor/WebFetch",
        "cursor/Write",
        "roo/group:browser",
        "roo/group:command",
        "roo/group:edit",
        "roo/group:mcp",
        "roo/group:modes",
        "roo/group:read",
    ]
)
"""Words of permission rules and groups: they resolve, but are no tools of their own."""

ALIASES = {
    "copilot/execute": ["shell", "bash", "powershell", "runInTerminal", "runCommands"],
    "copilot/read": ["NotebookRead", "view", "readFile"],
    "copilot/edit": ["MultiEdit", "Write", "NotebookEdit", "create", "str_replace", "editFiles"],
    "copilot/search": ["Grep", "Glob"],
    "copilot/agent": ["custom-agent", "Task"],
    "copilot/web": ["WebSearch", "WebFetch", "fetch"],
    "copilot/todo": ["TodoWrite"],
    "gemini-cli/run_shell_command": ["ShellTool"],
    "gemini-cli/read_file": ["ReadFileTool"],
    "gemini-cli/write_file": ["WriteFileTool"],
    "gemini-cli/replace": ["EditTool"],
    "gemini-cli/web_fetch": ["WebFetchTool"],
    "gemini-cli/google_web_search": ["WebSearchTool", "GoogleSearchTool"],
    "gemini-cli/read_many_files": ["ReadManyFilesTool"],
    "gemini-cli/list_directory": ["LSTool", "ls"],
    "gemini-cli/glob": ["GlobTool"],
    "gemini-cli/grep_search": ["GrepTool"],
    "gemini-cli/save_memory": ["MemoryTool"],
    "amazon-q/execute_bash": ["shell"],
    "amazon-q/fs_read": ["read"],
    "amazon-q/fs_write": ["write"],
    "amazon-q/use_aws": ["aws"],
    "kiro/shell": ["execute_bash", "execute_cmd"],
    "kiro/read": ["fs_read"],
    "kiro/write": ["fs_write"],
    "kiro/web": ["web_fetch", "web_search"],
    "kiro/aws": ["use_aws"],
    "kiro/subagent": ["use_subagent", "delegate"],
}
"""Other names under which a client accepts a tool."""

RENAMED_FRAMEWORKS = {"mastra-letta": "letta"}

RETIRED_REMARKS = (
    "retired name",
    "older name",
    "older set name",
    "older",
    "old name of",
    "removed, still in old files",
)
"""Remarks of the catalogue that mark a name no longer offered."""

_GROK_GUIDE = "https://github.com/xai-org/grok-build/blob/main/crates/codegen/xai-grok-pager/docs/user-guide/22-permissions-and-safety.md"


_CRUSH_SOURCE = "https://github.com/charmbracelet/crush/blob/main/internal/agent/tools"
_AUGMENT_PAGE = "https://docs.augmentcode.com/cli/permissions"
_PUBLISHERS = {
    "grok-build": ("xAI", _GROK_GUIDE),
    "crush": ("Charm", _CRUSH_SOURCE),
    "augment": ("Augment", _AUGMENT_PAGE),
}


def _of(
    home: str, name: str, *capabilities: str, outside: bool = False, egress: bool = False, private: bool = False
) -> dict[str, object]:
    publisher, source = _PUBLISHERS[home]
    return {
        "id": f"{home}/{name}",
        "publisher": publisher,
        "official": True,
        "verified": True,
        "capabilities": list(capabilities),
        "reads_untrusted": outside,
        "egress": egress,
        "private_data": private,
        "source": source,
        "home": home,
        "name": name,
        "remark": None,
        "by_default": True,
    }


ADDED = (
    _of(
        "grok-build", "run_terminal_command", "code_execution:execute", "files:read", "files:write", "files:delete",
        outside=True, egress=True, private=True,
    ),
    _of("grok-build", "read_file", "files:read", private=True),
    _of("grok-build", "list_dir", "files:read", private=True),
    _of("grok-build", "grep", "files:read", private=True),
    _of("grok-build", "search_replace", "files:write"),
    _of("grok-build", "write_file", "files:write"),
    _of("grok-build", "web_fetch", "web:read", outside=True, egress=True),
    _of("grok-build", "web_search", "web:read", outside=True),
    _of(
        "crush", "bash", "code_execution:execute", "files:read", "files:write", "files:delete",
        outside=True, egress=True, private=True,
    ),
    *(_of("crush", name, "files:read", private=True) for name in ("view", "ls", "grep", "glob")),
    *(_of("crush", name, "files:write") for name in ("edit", "multiedit", "write", "lsp_rename", "lsp_replace_symbol")),
    _of("crush", "download", "web:read", "files:write", outside=True, egress=True),
    *(_of("crush", name, "web:read", outside=True, egress=True) for name in ("fetch", "agentic_fetch")),
    _of("crush", "sourcegraph", "source_code:read", outside=True),
    _of(
        "augment", "launch-process", "code_execution:execute", "files:read", "files:write", "files:delete",
        outside=True, egress=True, private=True,
    ),
    _of("augment", "write-process", "code_execution:execute", outside=True, egress=True, private=True),
    _of("augment", "read-process", "code_execution:read", outside=True, private=True),
    *(_of("augment", name, "files:read", private=True) for name in ("view", "grep-search", "codebase-retrieval")),
    *(_of("augment", name, "files:write") for name in ("save-file", "str-replace-editor", "apply_patch")),
    _of("augment", "remove-files", "files:delete"),
    _of("augment", "web-fetch", "web:read", outside=True, egress=True),
    _of("augment", "web-search", "web:read", outside=True),
    _of("augment", "github-api", "source_code:read", "source_code:write", outside=True, egress=True, private=True),
)  # fmt: skip
"""Built-in tools of products that the catalogue does not have, read 2026-11-22."""
