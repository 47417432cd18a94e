"""Augment's agent: settings with rules about tools, hooks and MCP servers; subagents and commands."""
