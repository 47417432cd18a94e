"""Kiro and Amazon Q: agents, hooks of the editor, and rules that lie where nothing reads them."""
