"""What a command line really starts, and what tools let an agent do.

`unwrap` takes runners and wrappers away from a command until the program itself is found. The look-ups say what is
known of an MCP server, a client's built-in tool or a framework's tool. `shell_reach` grades permissions to run
commands. All of it is tables and names: nothing is run, installed or asked on the network.

Names are loaded from their modules when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhilint.knowledge.tools.built_in import builtins, look_up_builtin, look_up_framework_tool
    from nhilint.knowledge.tools.capabilities import (
        ACCESS_LEVELS,
        CATEGORIES,
        Capability,
        Confidence,
        CredentialUse,
        Source,
        Switch,
        ToolKnowledge,
    )
    from nhilint.knowledge.tools.command_reach import ShellReach, is_shell_equivalent, shell_reach
    from nhilint.knowledge.tools.launch import DockerOptions, Launch, Mount, Package, Pin, ShellUse
    from nhilint.knowledge.tools.package_spec import read_spec
    from nhilint.knowledge.tools.program_table import Grade
    from nhilint.knowledge.tools.servers import look_up_server
    from nhilint.knowledge.tools.unwrapping import unwrap, unwrap_text
    from nhilint.model.category import Access, Category

__all__ = [
    "ACCESS_LEVELS",
    "CATEGORIES",
    "Access",
    "Capability",
    "Category",
    "Confidence",
    "CredentialUse",
    "DockerOptions",
    "Grade",
    "Launch",
    "Mount",
    "Package",
    "Pin",
    "ShellReach",
    "ShellUse",
    "Source",
    "Switch",
    "ToolKnowledge",
    "builtins",
    "is_shell_equivalent",
    "look_up_builtin",
    "look_up_framework_tool",
    "look_up_server",
    "read_spec",
    "shell_reach",
    "unwrap",
    "unwrap_text",
]

_HOMES = {
    "built_in": ("builtins", "look_up_builtin", "look_up_framework_tool"),
    "capabilities": (
        *("ACCESS_LEVELS", "CATEGORIES", "Access", "Capability", "Category", "Confidence", "CredentialUse"),
        *("Source", "Switch", "ToolKnowledge"),
    ),
    "command_reach": ("ShellReach", "is_shell_equivalent", "shell_reach"),
    "launch": ("DockerOptions", "Launch", "Mount", "Package", "Pin", "ShellUse"),
    "package_spec": ("read_spec",),
    "program_table": ("Grade",),
    "servers": ("look_up_server",),
    "unwrapping": ("unwrap", "unwrap_text"),
}


def __getattr__(name: str) -> object:
    """Load the module that holds `name`; AttributeError for names that are not part of the package."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
