"""Qwen Code: settings with rules, a mode, hooks and MCP servers."""
