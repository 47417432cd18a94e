"""The kubernetes family of formats."""
