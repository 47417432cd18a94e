"""Checks and frameworks as data: read, validated, compiled."""
