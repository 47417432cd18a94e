"""Condition keys: which of them AWS defines, so that a key nobody evaluates can be told from one that protects.

Service keys are those of the AWS Service Authorization Reference, global ones those of the IAM User Guide's "AWS global
condition context keys"; the data file says by which way they came. Key names are not case-sensitive. Values, operators
and whether a given action sends the key are not judged here.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "aws-condition-keys.txt"
_TYPES = Path(__file__).parent.parent / "data" / "aws-key-types.txt"

_GLOBAL = "global"
"""The block of the data file that holds global and cross-service keys."""

_FEDERATED_CLAIMS = frozenset({"amr", "aud", "oaud", "sub"})
"""Claims that AWS evaluates for OpenID Connect providers (same guide, "IAM and AWS STS condition context keys")."""

_SHORTEST = 4
_HARDLY_DIFFERENT = 0.9
"""The likeness from which an unknown key is taken for a slip of the pen, and how long its name must be for that."""

_PLACEHOLDERS = ("${", "<", "{{", "%{")
_STAND_INS = ("tag-key", "tag_key")


@cache
def condition_keys(service: str) -> frozenset[str]:
    """The keys that a service's reference lists, in AWS's case, with its `${TagKey}` placeholders. Empty if unknown."""
    return frozenset(_by_service().get(service.lower(), "").split("\n")) - {""}


def global_condition_keys() -> frozenset[str]:
    """The keys that AWS evaluates for every service, `aws:PrincipalTag/${TagKey}` and the like included."""
    return condition_keys(_GLOBAL)


def is_known_condition_key(key: str) -> bool | None:
    """Whether AWS defines this key, in any case. `aws:ResourceTag/team` is known by its `aws:ResourceTag/${TagKey}`.

    None when that cannot be decided: the text holds an unresolved template, or it is a claim of an identity provider
    (`gitlab.com:project_path`) that AWS does not list.
    """
    folded = key.lower()
    if any(mark in folded for mark in _PLACEHOLDERS):
        return None
    exact, stems = _known()
    if folded in exact or (folded.startswith(stems) and folded not in stems):
        return True
    issuer, colon, claim = folded.rpartition(":")
    if not colon or not ("." in issuer or "/" in issuer):
        return False
    return True if claim in _FEDERATED_CLAIMS else None


def type_of_key(key: str) -> str:
    """What a key holds, in AWS's words (`ARN`, `Bool`, `ArrayOfString` …); `String` where the reference says no other.

    Keys that go on with a name of the customer's are found by their beginning.
    """
    folded = key.lower()
    return next((kind for kind, keys in _by_type().items() if folded in keys), "String")


def is_sent(key: str, services: frozenset[str]) -> bool:
    """Whether a key that AWS knows comes with requests to at least one of the services, as far as the reference says.

    Keys that AWS evaluates everywhere always do.
    """
    folded = key.lower()
    return any(_has(service, folded) for service in (_GLOBAL, *services))


@lru_cache(maxsize=512)
def nearest_key(key: str) -> str | None:
    """The key of the same prefix, in AWS's case, of which this is a slip of the pen; None when none is that near."""
    prefix, colon, name = key.lower().partition(":")
    if not colon or len(name) < _SHORTEST:
        return None
    named = {known.lower(): known for block in _by_service().values() for known in block.split("\n")}
    alike = [known for known in named if known.startswith(f"{prefix}:") and known[len(prefix) + 1] == name[0]]
    from difflib import get_close_matches

    near = get_close_matches(key.lower()[:128], alike, n=1, cutoff=_HARDLY_DIFFERENT)
    return named[near[0]] if near else None


@cache
def _by_type() -> dict[str, frozenset[str]]:
    _header, *blocks = _TYPES.read_text("ascii").rstrip("\n").split("\n\n")
    return {kind: frozenset(keys.split("\n")) for kind, _, keys in (block.partition("\n") for block in blocks)}


@cache
def _of_service(service: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The keys of one service in lower case, and the beginnings of those that go on with a name."""
    keys = condition_keys(service)
    stems = {stem.lower() for key in keys if (stem := _fixed_beginning(key)) and ":" in stem}
    return frozenset(key.lower() for key in keys), tuple(sorted(stems))


def _has(service: str, folded: str) -> bool:
    exact, stems = _of_service(service)
    return folded in exact or folded.startswith(stems)


@cache
def _by_service() -> dict[str, str]:
    _header, *blocks = _DATA.read_text("ascii").rstrip("\n").split("\n\n")
    return {prefix: keys for prefix, _, keys in (block.partition("\n") for block in blocks)}


@cache
def _known() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole keys, and the fixed beginnings of keys that go on with a name of the customer's, all lower case."""
    keys = frozenset(key for block in _by_service().values() for key in block.split("\n"))
    stems = {stem for key in keys if (stem := _fixed_beginning(key)) and ":" in stem}
    return frozenset(key.lower() for key in keys), tuple(sorted(stem.lower() for stem in stems))


def _fixed_beginning(key: str) -> str:
    """What stands before the placeholder of a templated key; empty for a key without one."""
    for mark in (*_PLACEHOLDERS, *_STAND_INS):
        stem, found, _ = key.partition(mark)
        if found:
            return stem
    return ""
