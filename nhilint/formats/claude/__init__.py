"""The claude family of formats."""
