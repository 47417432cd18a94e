"""Condition keys: which of them AWS defines, so that a key nobody evaluates can be told from one that protects.

Service keys are those of the AWS Service Authorization Reference, global ones those of the IAM User Guide's "AWS global
condition context keys"; the data file says by which way they came. Key names are not case-sensitive. Values, operators
and whether a given action sends the key are not judged here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "aws-condition-keys.txt"

_GLOBAL = "global"
"""The block of the data file that holds global and cross-service keys."""

_FEDERATED_CLAIMS = frozenset({"amr", "aud", "oaud", "sub"})
"""Claims that AWS evaluates for OpenID Connect providers (same guide, "IAM and AWS STS condition context keys")."""

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
