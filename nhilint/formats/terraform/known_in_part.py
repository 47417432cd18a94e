"""Names of which a module tells a part only: `argo-${var.cluster}` still says more than a block called `this`."""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_ANY_LABEL = frozenset({"this", "main", "default", "self", "role", "user", "policy", "group"})
"""Labels that tell nothing of a principal."""
_FILLED = Deferred(r"\$\{[^{}]{0,200}\}")
_WORD = Deferred(r"[A-Za-z]{4}")


def known_part(told: str) -> str:
    """A name with what only a run can tell left open."""
    return _FILLED.sub("…", told)


def tells_more(part: str, label: str) -> bool:
    """Whether a part of a name says more than the label of the block, by a word of its own."""
    return label in _ANY_LABEL and _WORD.search(part) is not None
