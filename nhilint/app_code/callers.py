"""An app whose functions have public addresses learns whether its code asks callers for proof of who they are.

The platform asks nobody who calls a web trigger (see `formats.atlassian.entrances`), so the function must: it compares
a signature or a shared secret, with one of a few functions that hardly serve anything else. Which function does so is
not followed: one word anywhere in the app's code leaves all of its web triggers alone. So does a file that reads a
header for a key or token and either refuses with 401 or 403 or compares with a variable of the app's. Sources of the
words: nodejs.org/api/crypto.html, docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries,
developer.atlassian.com/platform/forge/manifest-reference/modules/web-trigger (`headers`, `statusCode`) and
/platform/forge/environments-and-versions (`process.env`), read 2026-11-22 and 23.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.sources import code_of
from nhilint.app_code.words import has_any
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary import App
from nhilint.model.vocabulary.app import Entrance
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_CODE = frozenset({"js", "jsx", "ts", "tsx", "mjs", "cjs"})
_PROOFS = (
    "timingSafeEqual",
    "createHmac",
    "subtle.verify",
    "jwtVerify",
    "jwt.verify",
    "verifySignature",
    "x-hub-signature",
    "x-hub-signature-256",
)
_HEADER_READ = Deferred(
    r"""headers(?:\?\.)?(?:\[|\.get\()['"`](?i:(?:[a-z]{1,20}-){0,4}(?:authorization|api-?key|key|token|secret|signature))"""
    r"""['"`]|headers\??\.authorization\b"""
)
_REFUSAL = Deferred(r"""\b(?:statusCode|status)['"]?\s{0,5}[:=]\s{0,5}40[13]\b""")
_COMPARED = Deferred(
    r"""[!=]==?\s{0,5}process\.env\.\w{0,40}(?:KEY|SECRET|TOKEN)\b|process\.env\.\w{0,40}(?:KEY|SECRET|TOKEN)\s{0,5}[!=]=="""
)


def proven(resource: Resource, tree: Tree) -> Resource:
    """The same app; its web triggers say whether callers have to prove who they are."""
    facts = resource.facts
    if not isinstance(facts, App) or isinstance(facts.entrances, Unknown):
        return resource
    if not any(map(_is_trigger, facts.entrances)):
        return resource
    code = code_of(resource.at.path, resource.format, _CODE, tree)
    told = tuple(_told(one, code) if _is_trigger(one) else one for one in facts.entrances)
    return replace(resource, facts=replace(facts, entrances=told))


def _is_trigger(entrance: Entrance | Unknown) -> bool:
    return isinstance(entrance, Entrance) and value_of(entrance.kind) == "web_trigger"


def _told(entrance: Entrance | Unknown, code: tuple[str, ...] | str) -> Entrance | Unknown:
    if isinstance(entrance, Unknown):
        return entrance
    asks: Fact[bool] = (
        Unknown(code, entrance.at)
        if isinstance(code, str)
        else Known(has_any(code, _PROOFS) or any(map(_wants_a_key, code)), entrance.at)
    )
    return replace(entrance, asks_for_proof=asks)


def _wants_a_key(code: str) -> bool:
    """Whether it reads a caller's key out of a header and turns callers away by it."""
    if _HEADER_READ.search(code) is None:
        return False
    return _REFUSAL.search(code) is not None or _COMPARED.search(code) is not None
