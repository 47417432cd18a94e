"""What a file of Terraform or Terragrunt states once its comments are left out: a call that is commented out is none.

Only comments that have lines of their own are left out, since `#`, `//` and `/*` stand in texts as well, as in
addresses and patterns. Source: developer.hashicorp.com/terraform/language/syntax/configuration#comments, from a survey,
page not re-read.
"""

from __future__ import annotations

import re

_MARKS = (b"#", b"//", b"/*")
_COMMENT = re.compile(rb"(?m)^[ \t]*(?:(?:#|//)[^\n]*|/\*[\s\S]*?(?:\*/|\Z))")


def without_comments(data: bytes) -> bytes:
    """The bytes of a file without the comments that begin a line."""
    return _COMMENT.sub(b"", data) if any(mark in data for mark in _MARKS) else data
