"""Cursor: its permissions, sandbox, hooks, cloud environment and subagents."""
