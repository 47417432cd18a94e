"""The salesforce family of formats."""
