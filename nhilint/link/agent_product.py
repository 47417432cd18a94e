"""What a product makes of the files of a project, as a record: the joins read it and know no product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.link.agent_rules import RuleNames

_NEVER = Deferred(r"(?!)")


class Product(Struct, frozen=True, kw_only=True):
    """How one product finds the tool servers and subagents of a project.

    `server_files` are the project's own lists of servers and `server_clients` the clients whose lists it reads;
    `settings_folders` mark the project. `servers_unasked_in_ci`: a run without a person connects every server of the
    list. `session_servers` are names that rules may use although no file declares them. `built_in_agents` are subagents
    that are always there, with the tools that each is documented to have; None stands for every tool.
    """

    server_files: tuple[str, ...]
    server_clients: tuple[str, ...]
    settings_folders: tuple[str, ...]
    rule_names: RuleNames
    last_rule_wins: bool = False
    """Whether the last matching rule decides, and not the strictest."""
    first_rule_wins: bool = False
    """Whether the first matching rule decides."""
    agents_name_tools: bool = False
    """Whether an agent has only the tools and servers that its own list names."""
    servers_unasked_in_ci: bool = False
    session_servers: Deferred = _NEVER
    has_plugins: bool = False
    """Whether folders with a plug-in manifest of Claude Code's are its plug-ins."""
    built_in_agents: dict[str, tuple[str, ...] | None] = {}
    any_agent: str = ""
    """The built-in subagent that stands for "any": the one with the most tools."""
    asks_before: frozenset[str]
    """Built-in tools that a person is asked about unless a rule or the mode says otherwise."""
    edits_by_mode: frozenset[str] = frozenset()
    """Those of them that the mode that accepts edits approves."""
    shells: frozenset[str]
    ruled_as: dict[str, str] = {}
    """Tools whose calls are held to the rules of another tool."""
    confined: frozenset[str] = frozenset()
    """Tools that the product's sandbox is documented to hold."""
    confined_unasked: bool = False
    """Whether what the sandbox holds runs in it without a question, whatever the mode."""
    rule_leaves_sandbox: bool = False
    """Whether a command that a rule allows runs outside of the sandbox."""
    unstated_mode: str = "a matter of the person's own settings, which decide what is asked about"
    """Completes "unknown because it is …" where no file says how much is asked."""
