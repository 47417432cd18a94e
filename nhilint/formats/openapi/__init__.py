"""The openapi family of formats: descriptions of interfaces that agents call as tools."""
