"""Credentials that a pipeline sets in clear: a variable of its own, or one that its script exports or writes down.

Name and value have to fit one known shape together, such as the forty characters of an AWS secret access key. A value
that only looks random does not count, whatever its name: pipelines give test databases made-up passwords every day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.written_secrets.script import assignments
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential

_SET = Deferred(r"(?:secret|token|key|passw)\w{0,40}[\"']?[ \t]*[=:][ \t]*[\"']?[\w/+.~-]{16}")
"""In small letters, in which it is found five times as fast as in either."""
_WRITES = Deferred(r"(?m)(?:^|&&|;)[ \t]*(?:echo|printf)(?:[ \t]+-\w{1,3})?[ \t]|\\n|\"")
"""What stands around lines that a script writes into a file, with `\\n` for the end of one."""


def may_set_credentials(source: str) -> bool:
    """Whether a text has a line at all that sets something so called to a value in clear."""
    return _SET.search(source.lower()) is not None


def set_in_clear(text: str, at: Place, variables: tuple[str, ...]) -> Iterator[Credential]:
    """What one text of a pipeline sets; `variables` are the keys under which variables stand (`env`, `variables`)."""
    name = str(at.pointer[-1]) if at.pointer else ""
    if any(key in at.pointer[:-1] for key in variables) and "\n" not in text.strip():
        yield from _of_known_shape(name, text, Slot(name, at, "env", sensitive=True))
        return
    if not may_set_credentials(text):
        return
    for set_name, value, start in assignments(_WRITES.sub(_as_lines, text)):
        yield from _of_known_shape(set_name, value, Slot(set_name, at, "text", sensitive=True, start=start))


def _as_lines(match: re.Match[str]) -> str:
    """The same number of characters, a line's end before what is written and blanks for quotes."""
    return " " if match[0] == '"' else "\n" + " " * (len(match[0]) - 1)


def _of_known_shape(name: str, value: str, slot: Slot) -> Iterator[Credential]:
    if is_credential_name(name) and "${{" not in value:
        found, _ = read_slot(value, slot, Expansion())
        yield from (one for one in found if value_of(one.source) == "literal" and value_of(one.shaped))
