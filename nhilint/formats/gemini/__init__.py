"""Gemini CLI: its settings, policies, extensions and subagents."""
