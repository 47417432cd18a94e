"""Microsoft Copilot Studio: agents as their editor's files and as Power Platform solutions."""
