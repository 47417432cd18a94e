"""Routes into a document: the keys and indices that lead from the root to one value, and their text form.

The text form is a JSON Pointer (RFC 6901): `/mcpServers/github/env/TOKEN`, with `~` written `~0` and `/` written
`~1` inside a key. The text does not say whether `0` is an index or a key, so parsing leaves digits as text;
`Document.resolve` settles them against the value. Nothing here knows where a route leads.
"""

from __future__ import annotations

Pointer = tuple[str | int, ...]
"""Keys (str) and indices (int, from 0) from the root; the empty tuple is the root itself."""


def render_pointer(pointer: Pointer) -> str:
    """The RFC 6901 text of a route; the root is the empty string."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def parse_pointer(text: str) -> Pointer:
    """The route that a JSON Pointer text names, every step as text.

    Raises ValueError for a text that is neither empty nor starts with `/`, or holds a `~` that is not `~0` or `~1`.
    """
    if not text:
        return ()
    if not text.startswith("/"):
        raise ValueError(f"a pointer starts with '/': {text!r}")
    return tuple(_unescape(step) for step in text[1:].split("/"))


def _unescape(step: str) -> str:
    if "~" not in step:
        return step
    if "~" in step.replace("~0", "").replace("~1", ""):
        raise ValueError(f"'~' in a pointer is written '~0', '/' is written '~1': {step!r}")
    return step.replace("~1", "/").replace("~0", "~")
