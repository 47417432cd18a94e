"""The settings_files family of formats."""
