"""Terraform and OpenTofu configurations: identities, policies and keys as the files of one folder declare them."""
