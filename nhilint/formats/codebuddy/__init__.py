"""CodeBuddy Code, whose settings are in the form of Claude Code's."""
