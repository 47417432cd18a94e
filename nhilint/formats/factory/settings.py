"""`.factory/settings.json` becomes one agent: how much it does unasked, which commands, and its hooks.

The same keys count at every level, a project's among them. Each call is rated by risk and runs by itself up to the
autonomy level: off reads, low edits, medium also changes what can be taken back, high everything that no check holds
up. A denied command is asked about; only a blocked one never runs.
Sources: https://docs.factory.ai/cli/user-guides/auto-run.md, https://docs.factory.ai/droid-cli/settings and
https://docs.factory.ai/enterprise/hierarchical-settings-and-org-control.md; read in excerpts 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.hook_commands import HookGrammar, read_hooks
from nhilint.formats.node import Node
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.agent import Agent, Autonomy, Permission
    from nhilint.source.document import Document

HOOKS = HookGrammar(
    title="Factory Droid",
    docs="https://docs.factory.ai/cli/configuration/hooks-guide",
    events=frozenset(
        {
            "PreToolUse", "PostToolUse", "UserPromptSubmit", "SessionStart", "SessionEnd", "Stop", "SubagentStop",
            "PreCompact", "Notification",
        }
    ),
    guarding=frozenset({"PreToolUse", "UserPromptSubmit"}),
    told=frozenset({"PreToolUse", "PostToolUse", "UserPromptSubmit"}),
    is_complete=False,
)  # fmt: skip
_LEVELS: dict[str, Autonomy] = {
    "off": "asks",
    "normal": "asks",
    "spec": "suggest",
    "low": "asks_for_writes",
    "medium": "classifier_gated",
    "high": "ungated",
}
_LISTS: tuple[tuple[str, Effect], ...] = (
    ("commandBlocklist", "deny"),
    ("commandDenylist", "ask"),
    ("commandAllowlist", "allow"),
)
_TELLING = ("autonomyLevel", "autonomyMode", "hooks", "sandbox", "enabledPlugins", *(key for key, _ in _LISTS))
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent; a file with none of the keys says nothing about what it may do."""
    root = Node.root(document)
    if not any(root[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    return Extraction((Resource("agent", document.path, claim.format, read_settings(root)),))


def read_settings(root: Node) -> Agent:
    """The agent that settings describe."""
    agent = replace(
        session(root, "factory"),
        model=root["model"].text(),
        autonomy=_autonomy(root.first("autonomyLevel", "autonomyMode")),
        tools_exposed=Known("all", root.at),
        permissions=tuple(_permissions(root)),
    )
    return read_hooks(root["hooks"], HOOKS).held_by(agent)


def _autonomy(level: Node) -> Fact[Autonomy]:
    text = level.text()
    if text is None or isinstance(text, Unknown):
        return text
    known = _LEVELS.get(text.value.lower().removeprefix("auto-"))
    return Known(known, level.at) if known else level.unknown("no level that Factory Droid knows")


def _permissions(root: Node) -> Iterator[Permission]:
    stronger: set[str] = set()
    for key, effect in _LISTS:
        for item in list(root[key].items())[:_MOST]:
            if item.is_text and item.value.strip():
                words = item.value.strip().rstrip("* ")
                yield shell_permission(
                    item.value[:200],
                    effect,
                    item.at,
                    [words],
                    client="factory",
                    tool="Execute",
                    effective=effect != "allow" or item.value not in stronger,
                )
                stronger.add(item.value)
