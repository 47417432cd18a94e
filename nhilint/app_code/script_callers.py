"""A script's functions that take requests tell whether they first ask callers for something that only a secret gives.

A link in a mail carries a digest of what it does and of a script property; whoever calls without it is turned away.
Each function that takes requests has to compare what it was given with such a digest, made by it or by a function that
it calls, of which one reads the property. A word that stands in the code is no proof: whoever reads the code has it.
Functions are cut out by their braces and searched for words; nothing is followed further. Sources, read 2026-11-23:
developers.google.com/apps-script/reference/utilities/utilities (computeDigest, computeHmacSha256Signature) and
developers.google.com/apps-script/guides/properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

_FUNCTION = Deferred(r"\bfunction\s{1,5}(\w{1,80})\s{0,5}\(")
_DIGEST = Deferred(r"\bUtilities\.compute(?:Digest|Hmac\w{0,30})\b")
_PROPERTY = Deferred(r"\bgetProperty\s{0,5}\(")
_CALL = Deferred(r"\b(\w{1,80})\s{0,5}\(")
_KEPT_AS = Deferred(r"\b(?:const|let|var)\s{1,5}(\w{1,80})\s{0,5}=\s{0,5}([\w.]{1,120})\s{0,5}\(")
_COMPARED = Deferred(r"(?:([\w.]{1,120})\s{0,5})?[!=]==?\s{0,5}([\w.]{1,120})")
_MADE_AND_COMPARED = Deferred(r"\b(?!(?:if|while)\b)(\w{1,80})\s{0,5}\([^;{}]{0,200}\)\s{0,5}[!=]==?")
_MOST = 2_000
_LONGEST = 40_000


def all_ask_for_proof(code: Iterable[str], handlers: Iterable[str]) -> bool:
    """Whether every one of the functions that take requests, and at least one of them, asks for such a proof."""
    bodies: dict[str, list[str]] = {}
    for text in code:
        for number, match in enumerate(_FUNCTION.finditer(text)):
            if number < _MOST:
                bodies.setdefault(match[1], []).append(_body(text, match.end()))
    entered = [body for name in handlers for body in bodies.get(name, ())]
    return bool(entered) and all(_asks(body, bodies) for body in entered)


def _asks(body: str, bodies: dict[str, list[str]]) -> bool:
    called = [part for match in _CALL.finditer(body) for part in bodies.get(match[1], ())]
    if not any(_PROPERTY.search(part) for part in (body, *called)):
        return False
    makers = {name for name, parts in bodies.items() if any(_DIGEST.search(part) for part in parts)}
    kept = {m[1] for m in _KEPT_AS.finditer(body) if m[2] in makers or _DIGEST.search(m[2])}
    compared = {side for match in _COMPARED.finditer(body) for side in match.groups() if side}
    compared |= {match[1] for match in _MADE_AND_COMPARED.finditer(body)}
    return not compared.isdisjoint(kept | makers)


def _body(text: str, start: int) -> str:
    """A function from its first brace to the one that closes it, as far as it is looked through."""
    depth = 0
    end = min(len(text), start + _LONGEST)
    for index in range(start, end):
        if text[index] == "{":
            depth += 1
        elif text[index] == "}":
            depth -= 1
            if depth <= 0:
                return text[start : index + 1]
    return text[start:end]
