"""Zed: settings of its agent, where they count, and MCP servers."""
