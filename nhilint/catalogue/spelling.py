"""How an id that somebody typed relates to an id that exists: templates for loose spellings, and did-you-mean.

A template is an id with placeholders: `{n}` and `{m}` stand for a number with or without leading zeros, `{a}` and `{b}`
for letters; a space stands for a space, hyphen, underscore or nothing. Everything else stands for itself, in any case.
Templates come from framework files, which a policy pack may bring along, so they are not regular expressions: what they
compile to has bounded repeats only. Nothing here knows a framework.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PLACEHOLDER = Deferred(r"\{(nn|mm|n|m|a|b)\}")
_NUMBER = "0{0,3}(?P<%s>[1-9][0-9]{0,2})"
_LETTERS = "(?P<%s>[a-z]{1,8})"
_LONGEST_COMPARED = 60


def match_template(template: str, text: str) -> Mapping[str, str] | None:
    """What the placeholders of `template` stand for in `text`, or None when the text has another form."""
    found = _compiled(template).fullmatch(text)
    return None if found is None else found.groupdict()


def fill_template(template: str, parts: Mapping[str, str]) -> str:
    """The id that `template` makes of `parts`: numbers bare for `{n}`, two digits for `{nn}`, letters upper case."""

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        value = parts.get(name[0], "")
        return value.zfill(2) if len(name) == 2 else value.upper()

    return _PLACEHOLDER.sub(fill, template)


def closest(word: str, among: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """The up to `most` entries that `word` was probably meant to be, best first; case does not count."""
    if not word or len(word) > _LONGEST_COMPARED:
        return ()
    from difflib import get_close_matches

    known = {entry.casefold(): entry for entry in among if len(entry) <= _LONGEST_COMPARED}
    return tuple(known[match] for match in get_close_matches(word.casefold(), known, n=most, cutoff=0.6))


@lru_cache(maxsize=512)
def _compiled(template: str) -> re.Pattern[str]:
    pieces: list[str] = []
    end = 0
    for found in _PLACEHOLDER.finditer(template):
        name = found[1][0]
        pieces += [_literal(template[end : found.start()]), (_NUMBER if name in "nm" else _LETTERS) % name]
        end = found.end()
    return re.compile("".join([*pieces, _literal(template[end:])]), re.IGNORECASE | re.ASCII)


def _literal(text: str) -> str:
    return "[ _-]?".join(re.escape(word) for word in text.split(" "))
