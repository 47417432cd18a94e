"""YAML 1.2 text becomes text of the same length that libyaml 0.1 understands the same way.

ruamel.yaml's C parser carries libyaml 0.1.7, which follows YAML 1.1 in ways that matter here: it refuses `:` and `?`
inside a plain scalar of a flow collection (`[s3:GetObject]`), refuses the directive `%YAML 1.2`, and takes U+0085,
U+2028 and U+2029 for line ends. Stand-ins from the private use area take the place of those characters while the text
is parsed and are put back into each scalar (YAML 1.2.2, sections 5.4, 6.8.1, 7.3.3).
"""

from __future__ import annotations

import re

from nhilint.source.deferred import Deferred

_STAND_INS = {":": "\ue03a", "?": "\ue03f", "\x85": "\ue085", "\u2028": "\ue028", "\u2029": "\ue029"}
_BACK = str.maketrans({stand_in: original for original, stand_in in _STAND_INS.items()})
_ANY_STAND_IN = Deferred(f"[{''.join(_STAND_INS.values())}]")
_ODD_LINE_ENDS = ("\x85", "\u2028", "\u2029")
_VERSION = Deferred(r"^(%YAML[ \t]+1\.)[02-9](?=[ \t\r]*$)", flags=re.MULTILINE)
_WITHIN_WORDS = Deferred(
    r"^%[^\n]*|(?<![^\s,\[\]{}])![^\s]*"  # directives and tags keep their colons
    r"|(?<=[^\s,\[\]{}\"']):+(?=[^\s,\[\]{}:])|(?<=[^\s,\[\]{}\"'])\?"
    r"|[\x85\u2028\u2029]",
    flags=re.MULTILINE,
)


def needs_shield(text: str) -> bool:
    """Whether libyaml would misread the text in silence."""
    return not text.isascii() and any(end in text for end in _ODD_LINE_ENDS)


def shielded(text: str) -> str:
    """The text with stand-ins; the text itself when there is nothing to do, or it uses the stand-ins already."""
    if _ANY_STAND_IN.search(text):
        return text
    return _VERSION.sub(r"\g<1>1", _WITHIN_WORDS.sub(_stand_in, text))


def unshielded(text: str) -> str:
    """A scalar of a shielded text as it was."""
    return text.translate(_BACK) if _ANY_STAND_IN.search(text) else text


def _stand_in(hit: re.Match[str]) -> str:
    source = hit[0]
    if source[0] in "%!":
        return source
    return _STAND_INS[source[0]] * len(source)
