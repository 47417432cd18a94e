"""Tailnet policy files of Tailscale and Headscale."""
