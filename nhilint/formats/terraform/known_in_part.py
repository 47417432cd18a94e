"""Names of which a module tells a part only: `argo-${var.cluster}` still says more than a block called `this`."""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_ANY_LABEL = frozenset(
    {
        "this", "main", "default", "self", "current", "role", "user", "policy", "group", "iam_role", "iam_user",
        "iam_policy", "example", "primary", "app", "application", "sp", "spn", "service_principal", "identity",
        "managed_identity",
        "user_assigned", "user_assigned_identity", "uai", "uami", "mi", "msi", "sa", "service_account", "acr",
        "registry", "kv", "key_vault", "vault", "storage", "storage_account", "provider", "custom_role",
    }
)  # fmt: skip
"""Labels that tell nothing of a principal."""
_NO_WORD = frozenset({"this", "self"})
"""Those of them that do not even tell what it is."""
_FILLED = Deferred(r"\$\{[^{}]{0,200}\}")
_WORD = Deferred(r"[A-Za-z]{4}")


def known_part(told: str) -> str:
    """A name with what only a run can tell left open."""
    return _FILLED.sub("…", told)


def called(told: str, label: str) -> str:
    """What a message calls a block: its label, or what is known of its name where the label tells nothing."""
    part = known_part(told)
    return part if tells_more(part, label) else label


def called_or_placed(told: str, kind: str, label: str, path: str) -> str:
    """The same, with the type and the place of a block called `this` of whose name nothing is known."""
    shown = called(told, label)
    return label_with_place(kind, label, path) if shown in _NO_WORD else shown


def tells_more(part: str, label: str) -> bool:
    """Whether a part of a name says more than the label of the block, by a word of its own."""
    return label in _ANY_LABEL and _WORD.search(part) is not None


def is_any_label(label: str) -> bool:
    """Whether a label is one that many blocks have."""
    return label in _ANY_LABEL


def label_with_place(kind: str, label: str, path: str, call: str = "") -> str:
    """What a message calls a block of which only the label is known: one that many blocks have is named with its type
    and the one call of its module, else the folder, or at the top the file, that it stands in."""
    folder = path.rpartition("/")[0]
    return f"{kind}.{label} of {call or folder or path}" if label in _ANY_LABEL else label


def told_of_module(label: str, reference: str, other: str) -> str:
    """What a message calls a principal that a module hands back: a label that many have with the call of the module.
    Where that came in by an argument, the other label that is known tells more."""
    call = ".".join(reference.split(".")[:2])
    if label not in _ANY_LABEL:
        return label
    return f"{label} of {call}" if call.startswith("module.") else other if call.startswith("var.") else label
