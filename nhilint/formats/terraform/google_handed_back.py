"""Service accounts that a called module of the repository makes and hands back by an output.

Two calls of one module make two accounts, so the label of the block inside says nothing by itself: an account is named
by its address where the arguments of the call tell it, else by the call and the label. So its `email` and its `member`
are one account, and the same outputs of another call are another.

Source: registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account (`member` is the
address behind `serviceAccount:`), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gcp.members import has_gap
from nhilint.formats.terraform.referents import steps_of
from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.google_values import GoogleResolver
    from nhilint.formats.terraform.module import Module

_ACCOUNT = Deferred(r"^google_service_account\.([\w-]+)(\[[^\[\]]{0,100}\])?\.(email|member)$")
_LONGEST = 300


def account_handed_back(text: str, resolver: GoogleResolver) -> str | None:
    """What an output of a call stands for where it is an account that the called module makes."""
    steps = steps_of(text) if len(text) < _LONGEST else []
    child = resolver.module.children.get(steps[1]) if len(steps) == 3 and steps[0] == "module" else None
    output = child.outputs.get(steps[2]) if child is not None else None
    found = _ACCOUNT.match(output.text) if isinstance(output, Expression) else None
    if child is None or found is None:
        return None
    label, index, attribute = found.groups()
    call = text.rpartition(".")[0]
    is_one = index in (None, "[0]") and "[" not in call
    address = _address(label, child, resolver) if is_one else None
    told = address or f"${{{call}.google_service_account.{label}{index or ''}.email}}"
    return f"serviceAccount:{told}" if attribute == "member" else told


def _address(label: str, child: Module, resolver: GoogleResolver) -> str | None:
    """The address of an account, where its own module and the call tell id and project."""
    block = child.resources.get(("google_service_account", label))
    if block is None or "for_each" in block.body:
        return None
    inner = type(resolver)(child)
    stated = [value_of(inner.fact(block.body.get(name), block.spot.to(name))) for name in ("account_id", "project")]
    if any(not one or has_gap(one) for one in stated):
        return None
    return f"{stated[0]}@{stated[1]}.iam.gserviceaccount.com"
