"""The librechat family of formats: a chat server for many people, its agents and its tool servers."""
