"""The mcp_authorization family of formats: metadata by which clients find out whom to ask for tokens, and for what."""
