"""The zoom family of formats."""
