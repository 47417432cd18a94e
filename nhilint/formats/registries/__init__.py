"""The registries family of formats: manifests by which tool servers are published."""
