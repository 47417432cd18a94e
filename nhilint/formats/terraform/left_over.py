"""Policies that a module attaches to nobody although it attaches others, and by what names somebody else still could.

A module that attaches nothing makes policies for others, and one that only others call hands them its outputs: neither
leaves anything over. An output of a module that is applied where it stands, or that the repository calls, is used in
the repository or nowhere that can be seen. Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/resources
(iam_policy, iam_role_policy_attachment) and developer.hashicorp.com/terraform/language/values/outputs, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.attachments import ATTACHING
from nhilint.formats.terraform.named_documents import texts_in
from nhilint.formats.terraform.referents import resource_named
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Block, Module
    from nhilint.source.value import Value

_POLICY = Deferred(r"\baws_iam_policy\.([\w-]+)")
_EVERY_POLICY = Deferred(r"\baws_iam_policy\s*[\[{]|\baws_iam_policy\.\$")
_FILLED_IN = Deferred(r"\$\{[^{}]{0,200}\}")
_TELLING = 6
"""A part of a name that is shorter may stand anywhere."""


def names_of_leftover(label: str, module: Module) -> tuple[str, ...] | None:
    """The outputs that name such a policy, and what is written out of its name; None for a policy that is not left
    over, or of which that cannot be told."""
    own = module.resources.get(("aws_iam_policy", label))
    if own is None or "for_each" in own.body or not any(kind in ATTACHING for kind, _ in module.resources):
        return None
    told = _told_of(own)
    if told is None or any(_refers(value, label, told) for value in _beside(own, module)):
        return None
    outputs = tuple(name for name, value in module.outputs.items() if _refers(value, label, told))
    return None if outputs and not (module.callers or module.run.is_seen) else (*outputs, told)


def _told_of(policy: Block) -> str | None:
    """The longest written-out part of its name; None where that says too little to look for."""
    stated = policy.body.get("name", policy.body.get("name_prefix"))
    text = stated.text.strip('"') if isinstance(stated, Expression) else stated
    if not isinstance(text, str) or (isinstance(stated, Expression) and resource_named(stated) is not None):
        return None
    longest = max((part.strip("-_ ") for part in _FILLED_IN.sub("\0", text).split("\0")), key=len)
    return longest if len(longest) >= _TELLING and "." not in longest and "(" not in longest else None


def _refers(value: object, label: str, told: str) -> bool:
    return any(
        label in _POLICY.findall(text) or _EVERY_POLICY.search(text) is not None or told in text
        for text in texts_in(value)
    )


def _beside(own: Block, module: Module) -> Iterator[Value]:
    """All that a module states besides the policy itself and its outputs."""
    yield from (block.body for block in (*module.resources.values(), *module.data.values()) if block is not own)
    yield from (called.body for called in (*module.calls, *module.elsewhere))
    yield from (local.value for local in module.locals.values())
