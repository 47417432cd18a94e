"""The github_app family of formats."""
