"""The bedrock family of formats: agents, gateways and tools that AWS hosts."""
