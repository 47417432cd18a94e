"""What to write instead of a pointer that the product hands on as text: the edit in its own dialect, for that place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.mcp.dialect import Expansion
    from nhilint.model.vocabulary.credential import Credential

_NO_PART_OF_A_NAME = Deferred(r"\W+", flags=re.ASCII)
_STANDS_FOR = Deferred(r"\b(?:KEY|NAME)\b")
_LONGEST = 80


def cure_of(credential: Credential, expansion: Expansion) -> str:
    """The edit as an instruction, with the names that the file itself uses."""
    key = str(value_of(credential.name) or "")[:_LONGEST]
    variable = _variable(
        str(value_of(credential.reference) or "") or key, typed=value_of(credential.source) == "prompted"
    )
    location = str(value_of(credential.location) or "")
    cures = expansion.cures
    text = cures.get(location) or cures.get("") or f"write {expansion.write} there"
    names = {"KEY": key, "NAME": variable}
    return _STANDS_FOR.sub(lambda word: names[word.group()], text)


def _variable(reference: str, *, typed: bool) -> str:
    """The name of a variable as it is, that of an input (`ci-login`) as a variable could be called."""
    plain = _NO_PART_OF_A_NAME.sub("_", reference[:_LONGEST]).strip("_")
    return plain if plain == reference and not typed else plain.upper()
