"""Access control of Consul: what its agents allow by default, and the rules of its policies."""
