"""The web_extension family of formats."""
