"""GitLab: pipelines, and the configuration of its own agents (Duo)."""
