"""The openclaw family of formats: assistants that people reach through their messengers."""
