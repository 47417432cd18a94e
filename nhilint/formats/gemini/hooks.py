"""The events of Gemini CLI's hooks; the form is that of Codex's.

Source: https://geminicli.com/docs/hooks/reference/ and schemas/settings.schema.json of google-gemini/gemini-cli, read
2026-11-22.
"""

from __future__ import annotations

from nhilint.formats.hook_commands import HookGrammar

GEMINI = HookGrammar(
    title="Gemini CLI",
    docs="https://geminicli.com/docs/hooks/reference/",
    events=frozenset(
        {
            "AfterAgent", "AfterModel", "AfterTool", "BeforeAgent", "BeforeModel", "BeforeTool", "BeforeToolSelection",
            "Notification", "PreCompress", "SessionEnd", "SessionStart",
        }
    ),
    guarding=frozenset({"BeforeTool"}),
    told=frozenset({"BeforeTool", "AfterTool", "BeforeAgent", "BeforeModel", "AfterModel"}),
    others=frozenset({"enabled", "disabled", "notifications"}),
)  # fmt: skip
