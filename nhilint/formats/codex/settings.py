"""A Codex configuration becomes one agent and, for its MCP servers, one tool each.

A file that states nothing but servers gives no agent. Profiles inside the file (`[profiles.X]`) are chosen by a flag at
start and are not read; a profile's own file `X.config.toml` is.
Sources: https://developers.openai.com/codex/config-reference; https://github.com/openai/codex,
codex-rs/core/config.schema.json, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.claude.commands import read_command
from nhilint.formats.codex.ineffective import ineffective_keys
from nhilint.formats.codex.levels import level_of_settings
from nhilint.formats.codex.modes import Mode, read_autonomy, read_mode
from nhilint.formats.codex.plugins import enabled_plugins
from nhilint.formats.codex.providers import read_credentials, read_endpoints
from nhilint.formats.codex.sandbox import read_sandbox
from nhilint.formats.hook_commands import CODEX, read_hooks
from nhilint.formats.mcp.paths import path_reach
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import Agent, Delegation
from nhilint.model.vocabulary.tool import Mount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.source.document import Document

SERVERS = "mcp-codex"
"""The dialect of the servers, and the format that their resources bear."""

_TELLING = frozenset(
    {
        "approval_policy", "approvals_reviewer", "sandbox_mode", "sandbox_workspace_write", "default_permissions",
        "permissions", "model", "model_provider", "model_providers", "model_reasoning_effort", "hooks", "notify",
        "profile", "profiles", "plugins", "marketplaces", "agents", "features", "otel", "shell_environment_policy",
        "openai_base_url", "chatgpt_base_url", "web_search", "developer_instructions", "model_instructions_file",
        "apps", "skills", "projects", "tools", "cli_auth_credentials_store",
    }
)  # fmt: skip
_NO_ROLES = frozenset({"max_threads", "max_depth", "job_max_runtime_seconds", "interrupt_message", "enabled"})
_MOST_ENTRIES = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file; a file with no key of Codex's is another product's."""
    return extract_settings(document, claim, SERVERS, _TELLING, read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that a configuration describes."""
    level = level_of_settings(root)
    mode = read_mode(root)
    hooks = read_hooks(root["hooks"], CODEX)
    helpers = tuple(_helpers(root)) if level != "project" else ()
    is_redirecting = level != "project"
    return Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("codex", root.at),
        kind=Known("settings", root.at),
        level=Known(level, root.at),
        model=root["model"].text(),
        autonomy=read_autonomy(root, mode),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        tools_exposed=Known("all", root.at),
        commands=(*(() if _hooks_off(root) else hooks.commands), *(helper.record for helper in helpers)),
        directories=tuple(_directories(root, mode)),
        sandbox=read_sandbox(root, mode),
        endpoints=(*hooks.endpoints, *(read_endpoints(root) if is_redirecting else ())),
        plugins=tuple(enabled_plugins(root)),
        delegations=tuple(_delegations(root["agents"])),
        credentials=(*hooks.credentials, *read_credentials(root), *(c for h in helpers for c in h.credentials)),
        ineffective=(*ineffective_keys(root, level), *hooks.ineffective),
    )


def _hooks_off(root: Node) -> bool:
    return root["features"]["hooks"].value is False or root["features"]["codex_hooks"].value is False


def _helpers(root: Node) -> Iterator[ReadCommand]:
    """Programs that are told of events, or that print the token of a provider."""
    notify = root["notify"]
    if notify.is_list and notify.value and notify[0].is_text:
        found = read_command("notify", notify[0], notify if len(notify.value) == 1 else None)
        if found is not None:
            yield found
    for count, (name, provider) in enumerate(root["model_providers"].entries()):
        if count >= _MOST_ENTRIES:
            return
        command = provider["auth"]["command"]
        if command.is_text:
            found = read_command(f"model_providers.{name[:60]}.auth", command, provider["auth"]["args"])
            if found is not None:
                yield found


def _directories(root: Node, mode: Mode | Unknown | None) -> Iterator[Mount | Unknown]:
    """Folders beyond the project in which commands may write, where the sandbox writes at all.

    A whole disk or home is an opening of the sandbox and told there.
    """
    if isinstance(mode, Mode) and (mode.confinement != "workspace" or mode.profile is not None):
        return
    for count, item in enumerate(root["sandbox_workspace_write"]["writable_roots"].items()):
        if count >= _MOST_ENTRIES:
            return
        text = item.text()
        if isinstance(text, Unknown):
            yield text
        elif text is not None:
            reach = path_reach(text.value)
            if reach in ("root", "home"):
                continue
            known = Known(reach, item.at) if reach else Unknown("a path that a variable decides", item.at)
            yield Mount(at=item.at, source=text, read_only=Known(value=False, at=item.at), reach=known)


def _delegations(agents: Node) -> Iterator[Delegation]:
    """The roles that a session may start as subagents."""
    for count, (name, node) in enumerate(agents.entries()):
        if count >= _MOST_ENTRIES:
            return
        if node.is_mapping and name not in _NO_ROLES:
            at = node.at.at_key()
            yield Delegation(at=at, target=Known(name, at), gate=Known("none", at))
