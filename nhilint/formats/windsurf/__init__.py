"""Windsurf: hooks of its agent."""
