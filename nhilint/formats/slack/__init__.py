"""The slack family of formats."""
