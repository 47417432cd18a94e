"""Pulumi programs in YAML: AWS identities and policies as the provider that Terraform shares declares them."""
