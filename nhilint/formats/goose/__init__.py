"""Goose: recipes and the configuration of a session."""
