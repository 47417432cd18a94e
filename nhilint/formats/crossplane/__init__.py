"""Crossplane: AWS identities and policies that a cluster is told to make."""
