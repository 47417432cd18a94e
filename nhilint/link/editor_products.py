"""Agents in editors: where each finds its servers and subagents, and what it asks a person about.

Sources, read 2026-11-22. VS Code: https://code.visualstudio.com/docs/agents/approvals. Cursor:
https://cursor.com/docs/cli/reference/permissions. Continue: docs/customize/deep-dives/mcp.mdx of continuedev/continue.
Zed: docs/src/ai/tool-permissions.md of zed-industries/zed. Roo Code:
https://docs.roocode.com/features/mcp/using-mcp-in-roo. Those of Windsurf: the pages named in its family and in the
dialects of `formats.mcp`.

Lists of servers are a project's own file, but for Zed and Windsurf, which have a person's too: a copy kept among
dotfiles is joined with the settings that lie beside it, and with nothing of a project.
"""

from __future__ import annotations

from msgspec.structs import replace

from nhilint.link.agent_product import Product

VSCODE = Product(
    server_files=(".vscode/mcp.json", ".vscode/settings.json"),
    server_clients=("vscode",),
    settings_folders=(".vscode", ".github"),
    rule_names="none",
    asks_before=frozenset(
        {"runInTerminal", "createAndRunTask", "runNotebookCell", "fetch", "openSimpleBrowser", "runCommand",
         "installExtension", "newWorkspace"}
    ),
    shells=frozenset({"runInTerminal"}),
    ruled_as={"editFiles": "edit", "createFile": "edit", "editNotebook": "edit"},
    confined=frozenset({"runInTerminal"}),
)  # fmt: skip

COPILOT = Product(
    server_files=(".github/mcp.json", ".mcp.json", ".vscode/mcp.json"),
    server_clients=("copilot", "claude-code", "vscode"),
    settings_folders=(".github",),
    rule_names="none",
    asks_before=frozenset({"execute", "shell", "edit", "web"}),
    edits_by_mode=frozenset({"edit"}),
    shells=frozenset({"execute", "shell"}),
)

CURSOR = Product(
    server_files=(".cursor/mcp.json",),
    server_clients=("cursor",),
    settings_folders=(".cursor",),
    rule_names="cursor",
    built_in_agents={"explore": ("codebase_search", "read_file", "list_dir", "grep_search", "file_search")},
    asks_before=frozenset(
        {"run_terminal_cmd", "edit_file", "search_replace", "delete_file", "web_search", "browser"}
    ),
    shells=frozenset({"run_terminal_cmd"}),
    ruled_as={
        "run_terminal_cmd": "Shell", "edit_file": "Write", "search_replace": "Write", "delete_file": "Write",
        "read_file": "Read", "list_dir": "Read", "grep_search": "Read", "file_search": "Read",
        "codebase_search": "Read", "fetch_rules": "Read",
    },
    confined=frozenset({"run_terminal_cmd"}),
)  # fmt: skip

ZED = Product(
    server_files=(".zed/settings.json", "zed/settings.json"),
    server_clients=("zed",),
    settings_folders=(".zed", "zed"),
    rule_names="stated",
    asks_before=frozenset({"terminal", "edit_file", "delete_path", "move_path", "fetch", "web_search"}),
    shells=frozenset({"terminal"}),
)

WINDSURF = Product(
    server_files=("windsurf/mcp_config.json",),
    server_clients=("windsurf",),
    settings_folders=(".windsurf", "windsurf"),
    rule_names="none",
    asks_before=frozenset(
        {"run_command", "write_to_file", "replace_file_content", "search_web", "read_url_content", "browser_preview",
         "deploy_web_app"}
    ),
    shells=frozenset({"run_command"}),
)  # fmt: skip

CONTINUE = Product(
    server_files=(".continue/mcpServers/*",),
    server_clients=("continue",),
    settings_folders=(".continue",),
    rule_names="none",
    asks_before=frozenset(
        {"Bash", "Write", "Edit", "MultiEdit", "Fetch", "builtin_run_terminal_command", "builtin_create_new_file",
         "builtin_edit_existing_file", "builtin_search_web", "builtin_fetch_url_content"}
    ),
    shells=frozenset({"Bash", "builtin_run_terminal_command"}),
)  # fmt: skip

ROO_CODE = Product(
    server_files=(".roo/mcp.json",),
    server_clients=("roo-code",),
    settings_folders=(".roo",),
    rule_names="none",
    asks_before=frozenset(),
    shells=frozenset(),
)

KILO_CODE = replace(
    ROO_CODE, server_files=(".kilocode/mcp.json",), server_clients=("kilo-code",), settings_folders=(".kilocode",)
)
