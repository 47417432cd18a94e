"""Front matter of subagents that is accepted and does nothing, although it reads like a limit.

Sources: https://code.claude.com/docs/en/sub-agents (supported fields, files that Claude Code skips, restrict which
subagents can be spawned), read 2026-11-22; https://github.com/anthropics/claude-code/issues/95002 for commands in
`tools`, https://github.com/anthropics/claude-code/issues/50522 for files without a description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.ineffective import Fault, first_of, ineffective_setting
from nhilint.formats.claude.rules import EDITORS, READERS, SHELLS, Rule, parse_rule
from nhilint.formats.claude.word_lists import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.claude.word_lists import Entry
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import IneffectiveSetting

_OTHER_SPELLINGS = ("allowed-tools", "allowedTools", "allowed_tools", "permissions")
_LIMITS = ("tools", "disallowedTools", "permissionMode", "hooks", *_OTHER_SPELLINGS)
_LISTS = frozenset({"tools", "allowed-tools", "allowedTools", "allowed_tools"})
_WHOLE = SHELLS | {"*", "all", "All"}
_NARROWED = SHELLS | EDITORS | READERS | {"WebFetch"}
_NOT_DESCRIBED = "its front matter has no description"
_WHOLE_TOOL = "https://github.com/anthropics/claude-code/issues/95002"


def ineffective_fields(fields: Node, rules: Iterable[tuple[Rule, Entry]]) -> Iterator[IneffectiveSetting]:
    """Fields of another format, and limits within `tools` that are not applied."""
    if not fields["tools"].exists:
        for key in _OTHER_SPELLINGS:
            if fields[key].exists and fields[key].value:
                reason = f"a subagent has no field {key}; without tools it inherits every tool of the session"
                yield ineffective_setting(key, Fault(reason, "name the field tools", "sub-agents"), fields[key].at)
    narrowed: dict[str, list[Entry]] = {}
    for rule, entry in rules:
        if rule.tool in _NARROWED and not rule.is_for_every_use:
            narrowed.setdefault(rule.tool, []).append(entry)
    for tool, entries in narrowed.items():
        reason = f"in a subagent's tools the entry gives {tool} as a whole; what stands in parentheses is not read"
        instead = "limit it by permissions.deny in the settings or by a PreToolUse hook"
        stated = first_of([entry.text for entry in entries])
        yield ineffective_setting(f"tools: {stated}", Fault(reason, instead, _WHOLE_TOOL), entries[0].at)


def why_skipped(fields: Node) -> str | None:
    """Why a file among the project's agents is never loaded; None when it is."""
    name = fields["name"].value
    if not fields["name"].exists or name in (None, ""):
        return "its front matter has no name"
    if isinstance(name, str) and (name.startswith("-") or ":" in name):
        return "its name starts with - or contains a colon"
    described = fields["description"].exists and fields["description"].value
    return None if described else _NOT_DESCRIBED


def skipped_definition(fields: Node) -> tuple[IneffectiveSetting, ...]:
    """The first limit of a definition that is not loaded: no agent of that name ever works under it."""
    reason, stated = why_skipped(fields), [key for key in _LIMITS if fields[key].exists and fields[key].value]
    if reason is None or not stated:
        return ()
    lacking = "a description" if reason == _NOT_DESCRIBED else "a name in lowercase letters and hyphens"
    fault = Fault(
        f"Claude Code skips this file without a word in the session, because {reason}",
        f"give it {lacking}{_what_then(stated)}",
        "sub-agents#subagent-files-claude-code-skips",
        protects=any(_limits(fields[key], key) for key in stated),
    )
    return (ineffective_setting(stated[0], fault, fields[stated[0]].at),)


def _limits(field: Node, key: str) -> bool:
    """Whether a field holds something back: neither a block of permissions that only allows does, nor a list of tools
    with a whole shell among them, which can do what the others could."""
    if key == "permissions" and field.is_mapping:
        return any(field[effect].exists for effect in ("deny", "ask"))
    rules = (parse_rule(entry.text) for entry in entries_of(field)) if key in _LISTS else ()
    return not any(rule.tool in _WHOLE and rule.is_for_every_use for rule in rules)


def _what_then(stated: list[str]) -> str:
    """What else it takes for the stated limits to hold once the file is loaded."""
    foreign = next((key for key in stated if key in _OTHER_SPELLINGS), None)
    if foreign is not None and "tools" not in stated:
        return f", and state its tools under tools: a subagent has no field {foreign}"
    return "; then its list of tools applies" if "tools" in stated else ""
