"""Aider: its configuration file."""
