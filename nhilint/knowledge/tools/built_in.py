"""What is known of the tools that clients and agent frameworks bring along.

Clients: claude-code, codex, gemini-cli, copilot, copilot-cli, vscode, cursor, windsurf, opencode, amazon-q, kiro, roo,
cline, continue, goose, zed, openhands, cagent, claude-api, openai-responses, m365-declarative-agent, grok-build,
crush, augment, with the short names below. Frameworks: crewai, langchain, google-adk, foundry, openai-agents, n8n,
dify, power-platform and others.
"""

from __future__ import annotations

from nhilint.knowledge.tools.capabilities import Capability, Source, ToolKnowledge, union_of
from nhilint.knowledge.tools.records import ToolRecord, find_records, names_in, records_in

CLIENT_NAMES = {
    "amazonq": "amazon-q",
    "anthropic": "claude-api",
    "claude": "claude-code",
    "codebuddy": "claude-code",
    "gemini": "gemini-cli",
    "github-copilot": "copilot",
    "kilo": "roo",
    "kilocode": "roo",
    "openai": "openai-responses",
    "q": "amazon-q",
    "qwen": "gemini-cli",
    "qwen-code": "gemini-cli",
    "roo-code": "roo",
    "vs-code": "vscode",
}
"""Other names of clients; forks stand for the client whose tools they share."""

_ALSO_READS = {"copilot": ("vscode",), "vscode": ("copilot",), "copilot-cli": ("copilot",)}
"""Clients that read each other's agent files, so that either's names occur."""

FRAMEWORK_NAMES = {
    "adk": "google-adk",
    "agent-framework": "agent-framework-hosted",
    "agents": "openai-agents",
    "azure-ai-foundry": "foundry",
    "bedrock": "bedrock-agents",
    "copilot-studio": "power-platform",
    "crew": "crewai",
    "llama-index": "llamaindex",
    "mastra": "letta",
    "openai": "openai-agents",
    "power-automate": "power-platform",
}
_FRAMEWORK_ALSO = {
    "agent-framework-hosted": ("foundry", "openai-agents"),
    "dify": ("dify-node",),
    "langchain": ("langchain-load-tools",),
    "langgraph": ("langchain", "langchain-load-tools"),
    "n8n": ("n8n-langchain",),
    "power-platform": ("copilot-connectors",),
}


def look_up_builtin(client: str, tool: str) -> ToolKnowledge | None:
    """What a client's own tool can do, by any name the client accepts (case is ignored); None for other names.

    A name that stands for a group (`edit` or `edit/*` in VS Code) gives the union of its members.
    """
    home = _client(client)
    name = tool.strip().lower().removesuffix("/*")
    for candidate in (home, *_ALSO_READS.get(home, ())):
        found = find_records("builtins", candidate, name) or _members(candidate, name)
        if found:
            return union_of([_know(record) for record in dict.fromkeys(found)], f"{candidate}/{tool}")
    return None


def builtins(client: str) -> tuple[ToolKnowledge, ...]:
    """The tools that a client offers when a configuration names none; retired names and opt-in tools are left out."""
    return tuple(_know(record) for record in records_in("builtins", _client(client)) if record.by_default)


def look_up_framework_tool(framework: str, tool: str) -> ToolKnowledge | None:
    """What a tool, node type or connector of a framework can do.

    Accepts what configurations write: class names, dotted paths (`crewai_tools.SerperDevTool`), node types
    (`n8n-nodes-base.slackTool`, `@n8n/n8n-nodes-langchain.toolCode`), connector paths (`/providers/…/shared_sql`).
    """
    plain = framework.strip().lower().replace("_", "-")
    home = FRAMEWORK_NAMES.get(plain, plain)
    for candidate in (home, *_FRAMEWORK_ALSO.get(home, ())):
        for name in _spellings(tool):
            found = find_records("frameworks", candidate, name)
            if found:
                return union_of([_know(record) for record in dict.fromkeys(found)], f"{candidate}/{tool}")
    return None


def _client(client: str) -> str:
    plain = client.strip().lower().replace("_", "-").replace(" ", "-")
    return CLIENT_NAMES.get(plain, plain)


def _members(client: str, group: str) -> tuple[ToolRecord, ...]:
    names = [name for name in names_in("builtins", client) if name.startswith(f"{group}/")] if group else []
    return tuple(record for name in names for record in find_records("builtins", client, name))


def _spellings(tool: str) -> tuple[str, ...]:
    whole = tool.strip().lower()
    last = whole.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[-1].split(":", 1)[-1]
    return tuple(dict.fromkeys((whole, last, last.removesuffix("tool"), last.removesuffix("-tool"))))


def _know(record: ToolRecord) -> ToolKnowledge:
    source: Source = "known" if record.verified else "inferred"
    return ToolKnowledge(
        id=record.id,
        publisher=record.publisher,
        official=record.official,
        verified=record.verified,
        capabilities=tuple(Capability.read_pair(pair, source) for pair in record.capabilities),
        reads_untrusted=record.reads_untrusted,
        egress=record.egress,
        private_data=record.private_data,
        read_only=all(pair.endswith(":read") for pair in record.capabilities),
        confidence="sure",
        remark=record.remark,
        source=record.source,
    )
