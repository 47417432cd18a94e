"""opencode: its configuration, permissions, agents and commands."""
