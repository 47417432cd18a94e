"""OpenAI Codex: its configuration, permission profiles, command rules, hooks and subagents."""
