"""The a2a family of formats: cards by which agents are found and called."""
