"""What the world is like, as data with look-ups: actions, scopes, tools, credentials, hosts. Knows no file format."""
