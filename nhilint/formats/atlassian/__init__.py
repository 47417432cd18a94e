"""The atlassian family of formats."""
