"""Which files assistants load as instructions of a project, where they hold something that could be hidden.

The probes are the bytes of characters that nobody sees, of the start of a comment and of a decoder: a file with none
of them has nothing to hide and is not read at all. Names and folders are those of the vendors' pages, read 2026-11-22:
https://agents.md, https://code.claude.com/docs/en/memory, https://docs.github.com/copilot/customizing-copilot,
https://cursor.com/docs/context/rules, https://geminicli.com/docs/cli/gemini-md,
https://docs.windsurf.com/windsurf/cascade/memories and https://docs.augmentcode.com/cli/rules.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_ZERO_WIDTH = (b"\xe2\x80\x8b", b"\xe2\x80\x8c", b"\xe2\x80\x8d", b"\xe2\x81\xa0", b"\xef\xbb\xbf")
_MATHEMATICAL = (b"\xe2\x81\xa1", b"\xe2\x81\xa2", b"\xe2\x81\xa3", b"\xe2\x81\xa4", b"\xe1\xa0\x8e")
_DIRECTION = (b"\xe2\x80\xad", b"\xe2\x80\xae")
_TAGS_AND_SELECTORS = (b"\xf3\xa0", b"\xef\xb8")

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="project-instructions",
        title="Instructions that assistants load by themselves",
        syntax=Syntax.TEXT,
        reads="instruction_files.text",
        names=(
            "AGENTS.md",
            "AGENTS.override.md",
            "AGENT.md",
            "CLAUDE.md",
            "CLAUDE.local.md",
            "GEMINI.md",
            "QWEN.md",
            "CRUSH.md",
            "WARP.md",
            "copilot-instructions.md",
            ".cursorrules",
            ".windsurfrules",
            ".clinerules",
            ".goosehints",
            ".roorules",
            ".augment-guidelines",
        ),
        paths=(
            ".github/instructions/**/*.instructions.md",
            ".claude/rules/**/*.md",
            ".cursor/rules/**/*.mdc",
            ".cursor/rules/**/*.md",
            ".windsurf/rules/**/*.md",
            ".clinerules/**/*.md",
            ".roo/rules/**/*.md",
            ".augment/rules/**/*.md",
            ".augment/guidelines.md",
            ".kiro/steering/**/*.md",
            ".amazonq/rules/**/*.md",
            ".junie/guidelines.md",
            ".idx/airules.md",
        ),
        probe=(b"<!--", b"base64", *_ZERO_WIDTH, *_MATHEMATICAL, *_DIRECTION, *_TAGS_AND_SELECTORS),
        docs="https://agents.md",
    ),
)
