"""Access control of Nomad."""
