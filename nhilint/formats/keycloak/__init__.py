"""The keycloak family of formats."""
