"""The nango family of formats."""
