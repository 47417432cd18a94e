"""Roles of Teleport."""
