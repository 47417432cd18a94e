"""Front matter of subagents that is accepted and does nothing, although it reads like a limit.

Sources: https://code.claude.com/docs/en/sub-agents (supported fields, files that Claude Code skips, restrict which
subagents can be spawned), read 2026-11-22; https://github.com/anthropics/claude-code/issues/95002 for commands in
`tools`, https://github.com/anthropics/claude-code/issues/50522 for files without a description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.claude.rules import EDITORS, READERS, SHELLS, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.claude.word_lists import Entry
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import IneffectiveSetting

_OTHER_SPELLINGS = ("allowed-tools", "allowedTools", "allowed_tools", "permissions")
_LIMITS = ("tools", "disallowedTools", "permissionMode", "hooks", *_OTHER_SPELLINGS)
_NARROWED = SHELLS | EDITORS | READERS | {"WebFetch"}
_WHOLE_TOOL = "https://github.com/anthropics/claude-code/issues/95002"


def ineffective_fields(fields: Node, rules: Iterable[tuple[Rule, Entry]]) -> Iterator[IneffectiveSetting]:
    """Fields of another format, and limits within `tools` that are not applied."""
    if not fields["tools"].exists:
        for key in _OTHER_SPELLINGS:
            if fields[key].exists and fields[key].value:
                reason = f"a subagent has no field {key}; without tools it inherits every tool of the session"
                yield ineffective_setting(key, Fault(reason, "name the field tools", "sub-agents"), fields[key].at)
    for rule, entry in rules:
        if rule.tool in _NARROWED and not rule.is_for_every_use:
            reason = (
                f"in a subagent's tools the entry gives {rule.tool} as a whole; what stands in parentheses is not read"
            )
            instead = "limit it by permissions.deny in the settings or by a PreToolUse hook"
            yield ineffective_setting(f"tools: {entry.text}", Fault(reason, instead, _WHOLE_TOOL), entry.at)


def why_skipped(fields: Node) -> str | None:
    """Why a file among the project's agents is never loaded; None when it is."""
    name = fields["name"].value
    if not fields["name"].exists or name in (None, ""):
        return "its front matter has no name"
    if isinstance(name, str) and (name.startswith("-") or ":" in name):
        return "its name starts with - or contains a colon"
    described = fields["description"].exists and fields["description"].value
    return None if described else "its front matter has no description"


def skipped_definition(fields: Node) -> tuple[IneffectiveSetting, ...]:
    """The first limit of a definition that is not loaded: no agent of that name ever works under it."""
    reason, stated = why_skipped(fields), [key for key in _LIMITS if fields[key].exists and fields[key].value]
    if reason is None or not stated:
        return ()
    fault = Fault(
        f"Claude Code skips this file without a word in the session, because {reason}",
        "give the file a name in lowercase letters and hyphens, and a description",
        "sub-agents#subagent-files-claude-code-skips",
    )
    return (ineffective_setting(stated[0], fault, fields[stated[0]].at),)
