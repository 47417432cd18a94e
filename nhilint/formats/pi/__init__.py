"""Pi: settings of the coding agent."""
