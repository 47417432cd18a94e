"""Roles that a module's own provider assumes: what builds the module, and needs the rights for all that it declares.

Only for a role that is made elsewhere and known by what the module attaches to it: of one that the files declare, its
ways in tell more. Source: registry.terraform.io/providers/hashicorp/aws/latest/docs, "Assuming an IAM Role", read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.terraform.module import parsed
from nhilint.formats.terraform.old_provider import blocks_in
from nhilint.model.fact import Known, value_of
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.model.vocabulary.identity import Identity


def with_provisioning(
    found: Sequence[tuple[str, Identity]], fragments: Iterable[Fragment]
) -> Iterator[tuple[str, Identity]]:
    """The identities of a module, those that its provider assumes as deployments."""
    strangers = {value_of(facts.name) for _, facts in found if _is_known_by_attachments(facts)}
    assumed = strangers & _assumed(fragments) if strangers else set()
    for name, facts in found:
        builds = _is_known_by_attachments(facts) and value_of(facts.name) in assumed
        yield name, replace(facts, taken_by=Known("deployment", facts.at)) if builds else facts


def _is_known_by_attachments(facts: Identity) -> bool:
    """Whether the module declares no such role, and only attaches policies to it by its name."""
    return value_of(facts.kind) == "role" and facts.trusts == () and "attachment" in str(facts.at.pointer[1:2])


def _assumed(fragments: Iterable[Fragment]) -> set[str | None]:
    """The names of the roles that the providers of AWS assume."""
    names: set[str | None] = set()
    for fragment in fragments:
        content = fragment.content
        if isinstance(content, str):
            content = parsed(fragment.at.path, content) if "assume_role {" in content else None
        provider = content.get("provider") if isinstance(content, dict) else None
        for body in blocks_in(provider.get("aws") if isinstance(provider, dict) else None):
            for assumed in blocks_in(body.get("assume_role")):
                names.add(_name_in(assumed.get("role_arn")))
    return names


def _name_in(arn: object) -> str | None:
    """The name of the role that an ARN ends with; None where a run fills it in."""
    text = arn.text.strip('"') if isinstance(arn, Expression) else arn if isinstance(arn, str) else ""
    name = text.rpartition("/")[2] if ":role/" in text else ""
    return name if name and "$" not in name and "}" not in name else None
