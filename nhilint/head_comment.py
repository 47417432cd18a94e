"""What a file says of itself: the comment at its head calls it out of use, or it is cut into pieces for a page.

A comment before the first line of code that begins with the word (`# DEPRECATED`, `// This file is no longer used`)
says so of the whole file; what it says of something else, or what stands further down, does not. The first lines of a
manifest that only call its kind and version are no code. Region tags mark what
Google's pages show of a file: such files are samples (https://googlecloudplatform.github.io/samples-style-guide/, read
2026-11-22).
"""

from __future__ import annotations

import re

_HEAD = 2_000
_OUT_OF_USE = re.compile(
    rb"(?:#|//)\W{0,20}(?:(?:please )?note:? )?"
    rb"(?:(?:this|the|these) (?:[\w-]{1,30} ){1,3}(?:is|are|was|has been|have been) )?(?:now )?"
    rb"(?:deprecat(?:ed|ion)|obsolete|no longer (?:in use|used|maintained)|superseded by|"
    rb"do not use (?:this|it|in production)|for documentation purposes)\b"
)
_NO_CODE_YET = re.compile(rb"---|(?:kind|apiversion): ?[\w./-]{1,80}")
_REGION = re.compile(rb"^[ \t]*(?:#|//) ?\[START [a-z0-9_]{3,100}\]", re.MULTILINE)


def is_kept_unused(data: bytes) -> bool:
    """Whether the bytes of a file say that it is kept and no longer in use, or is a sample for a page."""
    return _is_out_of_use(data[:_HEAD]) or (b"[START " in data and _REGION.search(data) is not None)


def _is_out_of_use(head: bytes) -> bool:
    for line in head.lower().splitlines():
        text = line.strip()
        if text and not text.startswith((b"#", b"//")) and not _NO_CODE_YET.fullmatch(text):
            return False
        if _OUT_OF_USE.match(text):
            return True
    return False
