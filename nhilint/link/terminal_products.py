"""Agents for the terminal: where each finds its servers and subagents, and what it asks a person about.

Sources, read 2026-11-22. Claude Code: https://code.claude.com/docs/en/mcp (project scope, approvals), /permissions,
/sub-agents. Codex: https://github.com/openai/codex, codex-rs/core (exec_policy.rs: an allowed prefix leaves the
sandbox), https://developers.openai.com/codex/subagents. Gemini CLI: packages/core/src/policy/policies/*.toml of
google-gemini/gemini-cli (what is asked about, what auto_edit approves) and https://geminicli.com/docs/core/subagents.
Qwen Code: https://qwenlm.github.io/qwen-code-docs/en/users/features/approval-mode. opencode:
https://opencode.ai/v1/docs/agents/ and /docs/permissions. Amazon Q and Kiro: docs/agent-format.md and
crates/chat-cli/src/cli/agent/mod.rs of aws/amazon-q-developer-cli. Those of Amp, CodeBuddy, Crush, Factory Droid, Goose
and Grok Build: the pages named in their families and in the dialects of `formats.mcp`.

Lists of servers are a project's own file, but for Goose, which has only a person's, and Amp, which has both: a copy
kept among dotfiles is joined with the settings that lie beside it, and with nothing of a project.
"""

from __future__ import annotations

from msgspec.structs import replace

from nhilint.link.agent_product import Product
from nhilint.source.deferred import Deferred

CLAUDE_CODE = Product(
    server_files=(".mcp.json",),
    server_clients=("claude-code",),
    settings_folders=(".claude",),
    rule_names="claude",
    servers_unasked_in_ci=True,
    session_servers=Deferred(
        r"(?:plugin_|claude_ai_|claude\.ai|ide$|claude-in-chrome$|computer-use$|workspace$|Claude_|acp$|conductor$)"
    ),
    has_plugins=True,
    built_in_agents={
        "general-purpose": None,
        "claude": None,
        "Explore": ("Read", "Grep", "Glob"),
        "Plan": ("Read", "Grep", "Glob"),
        "statusline-setup": (),
        "claude-code-guide": (),
    },
    any_agent="general-purpose",
    asks_before=frozenset(
        {"Bash", "PowerShell", "Monitor", "Edit", "Write", "NotebookEdit", "WebFetch", "WebSearch", "Artifact", "Skill",
         "Workflow", "ShareOnboardingGuide"}
    ),
    edits_by_mode=frozenset({"Edit", "Write", "NotebookEdit"}),
    shells=frozenset({"Bash", "PowerShell", "Monitor"}),
    ruled_as={
        "Monitor": "Bash", "Write": "Edit", "NotebookEdit": "Edit", "Grep": "Read", "Glob": "Read", "LSP": "Read",
    },
    confined=frozenset({"Bash"}),
    unstated_mode="a matter of the person's plan, which starts with questions or with a classifier",
)  # fmt: skip

_CODEX_SHELLS = frozenset({"shell", "local_shell", "exec_command", "write_stdin"})

CODEX = Product(
    server_files=(".codex/config.toml",),
    server_clients=("codex",),
    settings_folders=(".codex", ".agents"),
    rule_names="none",
    built_in_agents={"default": None, "worker": None, "explorer": None},
    any_agent="default",
    asks_before=_CODEX_SHELLS | {"apply_patch"},
    edits_by_mode=frozenset({"apply_patch"}),
    shells=_CODEX_SHELLS,
    ruled_as=dict.fromkeys(_CODEX_SHELLS, "shell"),
    confined=_CODEX_SHELLS,
    confined_unasked=True,
    rule_leaves_sandbox=True,
)

GEMINI_CLI = Product(
    server_files=(".gemini/settings.json",),
    server_clients=("gemini-cli",),
    settings_folders=(".gemini",),
    rule_names="gemini",
    built_in_agents={"codebase_investigator": ("read_file", "list_directory", "glob", "grep_search"), "cli_help": ()},
    asks_before=frozenset({"run_shell_command", "write_file", "replace", "web_fetch", "activate_skill"}),
    edits_by_mode=frozenset({"write_file", "replace", "web_fetch"}),
    shells=frozenset({"run_shell_command"}),
    confined=frozenset({"run_shell_command"}),
)

QWEN_CODE = Product(
    server_files=(".qwen/settings.json",),
    server_clients=("qwen-code",),
    settings_folders=(".qwen",),
    rule_names="claude",
    asks_before=GEMINI_CLI.asks_before,
    edits_by_mode=frozenset({"write_file", "replace"}),
    shells=GEMINI_CLI.shells,
    ruled_as={"run_shell_command": "Bash", "write_file": "Edit", "replace": "Edit", "web_fetch": "WebFetch"},
    unstated_mode="a matter of the version: newer ones start with a model that decides",
)

OPENCODE = Product(
    server_files=("opencode.json", "opencode.jsonc", ".opencode/opencode.json", ".opencode/opencode.jsonc"),
    server_clients=("opencode",),
    settings_folders=(".opencode",),
    rule_names="opencode",
    last_rule_wins=True,
    built_in_agents={
        "general": None,
        "build": None,
        "explore": ("read", "grep", "glob", "list", "webfetch", "websearch"),
        "scout": ("read", "grep", "glob", "list", "webfetch", "websearch"),
    },
    any_agent="general",
    asks_before=frozenset(
        {"bash", "edit", "write", "patch", "multiedit", "webfetch", "websearch", "codesearch", "skill", "batch"}
    ),
    edits_by_mode=frozenset({"edit", "write", "patch", "multiedit"}),
    shells=frozenset({"bash"}),
    ruled_as={"write": "edit", "patch": "edit", "multiedit": "edit", "bash": "shell", "task": "subagent"},
    unstated_mode="a matter of the version: the first allows what no rule is about, the second asks",
)

KIRO = Product(
    server_files=(".kiro/settings/mcp.json",),
    server_clients=("kiro",),
    settings_folders=(".kiro",),
    rule_names="stated",
    agents_name_tools=True,
    asks_before=frozenset({"shell", "write", "aws", "web", "subagent"}),
    shells=frozenset({"shell"}),
    unstated_mode="a matter of how the agent is started",
)

AMAZON_Q = replace(
    KIRO,
    server_files=(".amazonq/mcp.json",),
    server_clients=("amazon-q",),
    settings_folders=(".amazonq",),
    asks_before=frozenset(
        {"execute_bash", "execute_cmd", "fs_write", "use_aws", "knowledge", "delegate", "web_fetch", "web_search",
         "mkdir", "rm"}
    ),
    shells=frozenset({"execute_bash", "execute_cmd"}),
)  # fmt: skip

AMP = Product(
    server_files=(".amp/settings.json", ".amp/settings.jsonc", "amp/settings.json"),
    server_clients=("amp",),
    settings_folders=(".amp", "amp"),
    rule_names="amp",
    first_rule_wins=True,
    asks_before=frozenset(),
    shells=frozenset(),
)

AUGMENT = Product(
    server_files=(".augment/settings.json", ".augment/settings.local.json"),
    server_clients=("augment",),
    settings_folders=(".augment",),
    rule_names="none",
    first_rule_wins=True,
    asks_before=frozenset(
        {"launch-process", "write-process", "save-file", "str-replace-editor", "apply_patch", "remove-files",
         "web-fetch", "github-api"}
    ),
    shells=frozenset({"launch-process"}),
    unstated_mode="a matter of the client: in a terminal everything runs unasked, an editor may ask",
)  # fmt: skip

CRUSH = Product(
    server_files=("crush.json", ".crush.json"),
    server_clients=("crush",),
    settings_folders=(),
    rule_names="gemini",
    asks_before=frozenset(
        {"bash", "edit", "multiedit", "write", "lsp_rename", "lsp_replace_symbol", "download", "fetch", "agentic_fetch"}
    ),
    shells=frozenset({"bash"}),
)

FACTORY = Product(
    server_files=(".factory/mcp.json",),
    server_clients=("factory",),
    settings_folders=(".factory",),
    rule_names="none",
    asks_before=frozenset(),
    shells=frozenset(),
)

GOOSE = Product(
    server_files=("goose/config.yaml", ".goose/config.yaml"),
    server_clients=("goose",),
    settings_folders=(".goose", "goose"),
    rule_names="none",
    asks_before=frozenset({"developer", "extensionmanager"}),
    shells=frozenset({"developer"}),
)

CODEBUDDY = replace(
    CLAUDE_CODE,
    settings_folders=(".codebuddy",),
    servers_unasked_in_ci=False,
    has_plugins=False,
    built_in_agents={},
    any_agent="",
    unstated_mode="a matter of the person's own settings, which decide what is asked about",
)

GROK_BUILD = Product(
    server_files=(".grok/config.toml",),
    server_clients=("grok-build",),
    settings_folders=(".grok",),
    rule_names="stated",
    built_in_agents={"general-purpose": None},
    any_agent="general-purpose",
    asks_before=frozenset({"run_terminal_command", "search_replace", "write_file", "web_fetch"}),
    edits_by_mode=frozenset({"search_replace", "write_file"}),
    shells=frozenset({"run_terminal_command"}),
    ruled_as={
        "run_terminal_command": "Bash", "search_replace": "Edit", "write_file": "Edit", "web_fetch": "WebFetch",
        "web_search": "WebSearch", "read_file": "Read", "grep": "Grep",
    },
)  # fmt: skip
