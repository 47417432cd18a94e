"""Crush: configuration with approved tools, providers and MCP servers."""
