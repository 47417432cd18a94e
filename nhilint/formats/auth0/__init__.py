"""The auth0 family of formats."""
