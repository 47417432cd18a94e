"""The hubspot family of formats."""
