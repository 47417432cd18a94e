"""JSON text with bare template expressions becomes JSON text of the same length, with a text in the place of each.

`"Resource": ${bucket_arn}` is what a policy looks like before a tool fills it in. Outside of strings and comments,
where strict JSON has no `$`, such an expression becomes a string that is nothing but a template, so that whoever reads
the value takes it for unknown. Expressions inside strings stay. Not a template engine: directives such as `%{ if … }`
keep the text malformed. Source: developer.hashicorp.com/terraform/language/functions/templatefile, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred
from nhilint.source.json_text import COMMENT, STRING

if TYPE_CHECKING:
    import re

_EXPRESSION = r'\$\{(?:[^{}"]|"[^"\\]*(?:\\.[^"\\]*)*+"|\{[^{}]*+\})*+\}'
_STRING_OR_BARE = Deferred(rf"(?s:{STRING})|(?s:{COMMENT})|(?s:({_EXPRESSION}))")
_MAY_BE_BARE = Deferred(r"[:\[,{]\s*\$\{")


def has_bare_expressions(text: str) -> bool:
    """Whether an expression may stand outside of a string; a cheap look that also says yes to some that do not."""
    return "${" in text and _MAY_BE_BARE.search(text) is not None


def shielded(text: str) -> str:
    """The text with a string for each bare expression, character for character. Linear in the length of the text."""
    return _STRING_OR_BARE.sub(_stand_in, text)


def _stand_in(hit: re.Match[str]) -> str:
    """`${x}` becomes `"$x"`, anything longer `"${x}"` of its length; an empty expression stays what it is."""
    source = hit[1]
    if source is None or len(source) < 4:
        return hit[0]
    if len(source) < 6:
        return f'"${"x" * (len(source) - 3)}"'
    return '"${' + "x" * (len(source) - 5) + '}"'
