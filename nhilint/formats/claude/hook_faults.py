"""Hooks that never fire although they are written to stop something.

Source: https://code.claude.com/docs/en/hooks (hook events, matcher patterns), /debug-your-config (check hooks) and
/settings (fix a broken settings file), read 2026-11-22.
"""

from __future__ import annotations

import re

from nhilint.formats.claude.ineffective import Fault
from nhilint.formats.claude.rules import CURRENT_TOOLS
from nhilint.formats.guarding_hooks import any_guards
from nhilint.source.deferred import Deferred

EVENTS = frozenset(
    {
        "ConfigChange", "CwdChanged", "DirectoryAdded", "Elicitation", "ElicitationResult", "FileChanged",
        "InstructionsLoaded", "MessageDisplay", "Notification", "PermissionDenied", "PermissionRequest", "PostCompact",
        "PostToolBatch", "PostToolUse", "PostToolUseFailure", "PreCompact", "PreToolUse", "SessionEnd", "SessionStart",
        "Setup", "Stop", "StopFailure", "SubagentStart", "SubagentStop", "TaskCompleted", "TaskCreated",
        "TeammateIdle", "UserPromptExpansion", "UserPromptSubmit", "WorktreeCreate", "WorktreeRemove",
    }
)  # fmt: skip
_TOOL_EVENTS = frozenset({"PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied"})
_GUARDING = frozenset({"PreToolUse", "PermissionRequest"})
"""Events whose hooks can stop a tool from being called."""

_BY_EXIT_CODE = frozenset({"PreToolUse", "UserPromptSubmit"})
_FAILS = Deferred(r"\bexit\s+(?:1|[3-9]\d?)\b")
_REFUSES = Deferred(
    r"\b(?:block|den(?:y|ied)|forbid|not\s+allowed|refus|reject|prohibit|protected)", flags=re.IGNORECASE
)
_DECIDES = ("exit 2", "permissionDecision", '"decision"', '\\"decision', '"continue"', '\\"continue')
_PLAIN = Deferred(r"[\w\s,|-]+")
_RULE_FORM = Deferred(r"([A-Z][A-Za-z]+)\((?!\?)[^|)]*[\s:*/.][^|)]*\)")


def fault_of_event(event: str, commands: tuple[str, ...] = ()) -> Fault | None:
    """Why hooks of an event never run, or None. `commands` are what they would run."""
    if event in EVENTS:
        return None
    plain = re.sub(r"[^a-z]", "", event.lower())
    near = next((known for known in sorted(EVENTS) if known.lower() == plain), "")
    instead = f"write {near}" if near else "use an event of the hooks reference, such as PreToolUse"
    reason = f"Claude Code has no event named {event[:40]} and skips its hooks"
    return Fault(
        reason, instead, "hooks#hook-events", _protects(near in _GUARDING or plain.startswith("pre"), commands)
    )


def fault_of_matcher(event: str, matcher: object, commands: tuple[str, ...] = ()) -> Fault | None:
    """Why a matcher matches no tool, or None. `commands` are what its handlers would run."""
    if event not in _TOOL_EVENTS:
        return None
    protects = _protects(event in _GUARDING, commands)
    if isinstance(matcher, list):
        reason = "a matcher that is a list is refused together with the whole file"
        return Fault(reason, 'write one text with "|" between the names', "debug-your-config#check-hooks", protects)
    if not isinstance(matcher, str):
        return None
    ruled = _RULE_FORM.fullmatch(matcher.strip())
    if ruled is not None and ruled[1] in CURRENT_TOOLS:
        reason = "a matcher is compared with the tool's name alone, so one with parentheses never matches"
        instead = f'write the matcher "{ruled[1]}" and put {matcher[:60]} into "if" of the handler'
        return Fault(reason, instead, "hooks#matcher-patterns", protects)
    if _PLAIN.fullmatch(matcher):
        return _misspelt(matcher, protects=protects)
    return None


def _protects(is_in_the_way: bool, commands: tuple[str, ...]) -> bool | None:  # noqa: FBT001 - one answer of two
    """Whether losing hooks takes a guard away: only where they come before a call and are there to refuse it."""
    if not is_in_the_way:
        return False
    return any_guards(commands) if commands else True


def _misspelt(matcher: str, *, protects: bool | None) -> Fault | None:
    """A list of exact names of which every one differs from a tool's name in the case of its letters only."""
    names = [name.strip() for name in re.split(r"[|,]", matcher) if name.strip()]
    spelled = {tool.lower(): tool for tool in CURRENT_TOOLS}
    if not names or any(name in CURRENT_TOOLS or name.lower() not in spelled for name in names):
        return None
    right = "|".join(spelled[name.lower()] for name in names)
    return Fault("tool names are matched with their capital letters", f"write {right}", "debug-your-config", protects)


def fault_of_exit(event: str, command: object) -> Fault | None:
    """Why an inline command that means to stop a call lets it pass, or None: only the exit code 2 blocks."""
    if event not in _BY_EXIT_CODE or not isinstance(command, str) or len(command) > 20_000:
        return None
    if not _FAILS.search(command) or not _REFUSES.search(command) or any(word in command for word in _DECIDES):
        return None
    reason = "only the exit code 2 blocks; after any other one Claude Code reports an error and goes on with the call"
    return Fault(reason, "end with exit 2, the message on standard error", "hooks#exit-code-output")
