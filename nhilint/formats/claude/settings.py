"""A file of Claude Code settings becomes one agent: how much it does unasked, by which rules, and what runs beside it.

The autonomy follows `permissions.defaultMode`: plan changes nothing (suggest), default and dontAsk do only what rules
allow (asks), acceptEdits edits files of the workspace by itself and asks for the rest (asks_for_writes), auto leaves
the decision to a classifier, bypassPermissions asks for nothing. The last two are not taken from a project's files.
Without a mode the person's plan decides, so nothing is said.
Sources: https://code.claude.com/docs/en/settings-reference, /permission-modes, /permissions and /mcp, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.connectors import allowed_connectors
from nhilint.formats.claude.environment import read_credentials, read_endpoints
from nhilint.formats.claude.hooks import read_hooks
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.claude.inline_servers import credentials_of_unread_servers, unread_servers
from nhilint.formats.claude.key_faults import ineffective_keys, is_refused_mode
from nhilint.formats.claude.levels import level_of_settings
from nhilint.formats.claude.permissions import read_permissions
from nhilint.formats.claude.plugins import enabled_plugins
from nhilint.formats.claude.sandbox import read_sandbox
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.guarding_hooks import behind_guard, guard_among
from nhilint.formats.mcp.paths import path_reach
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Autonomy
from nhilint.model.vocabulary.tool import Mount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.claude.levels import Level
    from nhilint.formats.claude.permissions import ReadRules
    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

MODES: dict[str, Autonomy] = {
    "plan": "suggest",
    "default": "asks",
    "manual": "asks",
    "dontAsk": "asks",
    "acceptEdits": "asks_for_writes",
    "auto": "classifier_gated",
    "bypassPermissions": "ungated",
}
_HELPERS = ("apiKeyHelper", "awsAuthRefresh", "awsCredentialExport", "gcpAuthRefresh", "otelHeadersHelper")
_COMMAND_BLOCKS = ("statusLine", "subagentStatusLine", "fileSuggestion")
_TELLING = frozenset(
    {
        "permissions", "hooks", "env", "enabledPlugins", "extraKnownMarketplaces", "sandbox", "model", "statusLine",
        "enableAllProjectMcpServers", "enabledMcpjsonServers", "disabledMcpjsonServers", "autoMode", *_HELPERS,
    }
)  # fmt: skip
_MOST_DIRECTORIES = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a mapping without a single key of Claude Code's is another product's file."""
    root = Node.root(document, engine_template)
    level = level_of_settings(document.path)
    if not root.is_mapping or (level == "user" and _TELLING.isdisjoint(root.value)):
        return Extraction(recognised=False)
    lenient = any(remark.kind == "lenient-json" for remark in document.warnings)
    agent = read_settings(root, level, lenient=lenient)
    connectors = allowed_connectors(agent, claim.format)
    unread = unread_servers(root["mcpServers"], claim.format) if level in ("project", "local") else ()
    return Extraction((Resource("agent", document.path, claim.format, agent), *connectors, *unread))


def read_settings(root: Node, level: Level, *, lenient: bool = False) -> Agent:
    """The agent that settings describe. `lenient`: the text is JSON only if one overlooks comments or commas."""
    permissions = read_permissions(root["permissions"], level)
    hooks = read_hooks(root["hooks"])
    off = root["disableAllHooks"].value is True
    guard = guard_among(root["hooks"]["PreToolUse"], _is_about_shell) if not off else None
    helpers = tuple(_helpers(root))
    commands = (*hooks.commands, *(helper.record for helper in helpers))
    unread = credentials_of_unread_servers(root["mcpServers"])
    credentials = (*read_credentials(root["env"]), *hooks.credentials, *unread)
    refused = _refused_file(root) if lenient and level != "managed" else ()
    return Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("claude-code", root.at),
        kind=Known("settings", root.at),
        level=Known(level, root.at),
        model=root["model"].text(),
        autonomy=_autonomy(root["permissions"], level),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        tools_exposed=Known("all", root.at),
        permissions=behind_guard(permissions.permissions, guard),
        free_shell=_free_shell(permissions, root, guard),
        commands=() if off else commands,
        directories=tuple(_directories(root.at_path("permissions", "additionalDirectories"))),
        sandbox=read_sandbox(root["sandbox"], permissions.permissions),
        endpoints=(*read_endpoints(root["env"]), *hooks.endpoints),
        plugins=tuple(enabled_plugins(root)),
        servers=_servers(root),
        servers_approved=root["enableAllProjectMcpServers"].boolean(),
        servers_rejected=root["disabledMcpjsonServers"].texts(),
        credentials=(*credentials, *(c for helper in helpers for c in helper.credentials)),
        ineffective=(*refused, *permissions.ineffective, *hooks.ineffective, *ineffective_keys(root, level)),
    )


def _is_about_shell(matcher: str) -> bool:
    """Whether the matcher of a hook names the shell; a matcher is a list of names or an expression."""
    return "Bash" in matcher.replace(" ", "").replace(",", "|").strip("^$()").split("|")


def _free_shell(permissions: ReadRules, root: Node, guard: Place | None) -> Fact[bool]:
    free = permissions.free_shell
    if free is None:
        return Known(value=False, at=root["permissions"].at)
    return Known(value=True, at=free.at) if guard is None else Unknown("a matter of a hook", free.at)


def _autonomy(permissions: Node, level: Level) -> Fact[Autonomy]:
    return None if is_refused_mode(permissions["defaultMode"].value, level) else stated_autonomy(permissions)


def stated_autonomy(permissions: Node) -> Fact[Autonomy]:
    """What `defaultMode` says, wherever the product takes it from a file at all."""
    mode = permissions["defaultMode"]
    text = mode.text()
    if text is None or isinstance(text, Unknown):
        return text
    if text.value == "bypassPermissions" and permissions["disableBypassPermissionsMode"].value == "disable":
        return None
    autonomy = MODES.get(text.value)
    return Known(autonomy, mode.at) if autonomy else Unknown("no mode that Claude Code knows", mode.at)


def _helpers(root: Node) -> Iterator[ReadCommand]:
    """Programs that print credentials or parts of the screen."""
    for key in _HELPERS:
        found = read_command(key, root[key])
        if found is not None:
            yield found
    for key in _COMMAND_BLOCKS:
        found = read_command(key, root.at_path(key, "command"))
        if found is not None:
            yield found


def _directories(node: Node) -> Iterator[Mount | Unknown]:
    for count, item in enumerate(node.items()):
        if count >= _MOST_DIRECTORIES:
            yield node.unknown("the list has too many folders")
            return
        text = item.text()
        if isinstance(text, Unknown):
            yield text
        elif text is not None:
            reach = path_reach(text.value)
            known = Known(reach, item.at) if reach else Unknown("a path that a variable decides", item.at)
            yield Mount(at=item.at, source=text, read_only=Known(value=False, at=item.at), reach=known)


def _servers(root: Node) -> Fact[tuple[str, ...]]:
    """Servers of the project's own list that the file approves by name."""
    if root["enableAllProjectMcpServers"].value is True:
        return Known(("*",), root["enableAllProjectMcpServers"].at)
    names = root["enabledMcpjsonServers"].texts()
    rejected = set(_names(root["disabledMcpjsonServers"]))
    if isinstance(names, Known):
        return Known(tuple(name for name in names.value if name not in rejected), names.at)
    return names


def _names(node: Node) -> tuple[str, ...]:
    return tuple(item.value for item in node.items() if isinstance(item.value, str))


def _refused_file(root: Node) -> tuple[IneffectiveSetting, ...]:
    """Comments or trailing commas: the product reads strict JSON and skips a file that is none."""
    restricting = [root.at_path("permissions", effect) for effect in ("deny", "ask")]
    protects = root["hooks"].is_mapping or any(rules.is_list and rules.value for rules in restricting)
    reason = "comments or trailing commas make it invalid JSON, and Claude Code skips such a file as a whole"
    fault = Fault(reason, "remove them", "settings#fix-a-broken-settings-file", protects=bool(protects))
    return (ineffective_setting("the whole file", fault, root.at),)
