"""Grok Build: configuration with permission rules and MCP servers."""
