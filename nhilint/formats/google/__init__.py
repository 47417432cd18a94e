"""The google family of formats."""
