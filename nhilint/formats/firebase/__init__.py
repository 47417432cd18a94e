"""The firebase family of formats."""
