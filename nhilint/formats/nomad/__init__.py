"""Nomad: access control, and jobs with the identities and credentials of their tasks."""
