"""The shopify family of formats."""
