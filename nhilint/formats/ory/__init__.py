"""The ory family of formats."""
