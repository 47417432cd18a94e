"""MCP server configuration of every client, read through one table of dialects.

`dialects` says as data how each product spells a server; `servers` finds the servers of a file; `server` turns one
entry into a tool, asking `transport`, `starting`, `address`, `credentials`, `gates` and others for its facts.
"""
