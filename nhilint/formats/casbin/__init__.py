"""Models of Casbin."""
