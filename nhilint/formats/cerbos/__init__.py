"""Policies of Cerbos."""
