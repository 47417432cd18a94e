"""Microsoft 365: app packages with their agents and plug-ins."""
