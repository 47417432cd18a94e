"""Amp: settings with an ordered list of rules, and MCP servers."""
