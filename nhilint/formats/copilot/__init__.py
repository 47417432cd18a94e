"""GitHub Copilot and VS Code: custom agents, prompt files, hooks and the editor's approvals."""
