"""Continue: configuration with models, their keys and addresses, and MCP servers."""
