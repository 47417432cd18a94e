"""Crossplane: identities and rights of AWS, Azure and Google Cloud that a cluster is told to make."""
