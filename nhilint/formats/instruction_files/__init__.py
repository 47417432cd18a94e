"""Files of plain instructions that assistants load by themselves: AGENTS.md, CLAUDE.md, rules of editors."""
