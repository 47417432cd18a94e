"""An app whose functions have public addresses learns whether its code asks callers for proof of who they are.

The platform asks nobody who calls a web trigger (see `formats.atlassian.entrances`), so the function must: it compares
a signature or a shared secret, with one of a few functions that hardly serve anything else. Which function does so is
not followed: one word anywhere in the app's code leaves all of its web triggers alone. Sources of the words:
nodejs.org/api/crypto.html, docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.sources import code_of
from nhilint.app_code.words import has_any
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary import App
from nhilint.model.vocabulary.app import Entrance

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
        Unknown(code, entrance.at) if isinstance(code, str) else Known(has_any(code, _PROOFS), entrance.at)
    )
    return replace(entrance, asks_for_proof=asks)
