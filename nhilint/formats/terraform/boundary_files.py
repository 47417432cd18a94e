"""JSON policies whose file has the name of a policy that roles of the repository have as their permissions boundary.

Such a document only ever limits, whatever it allows. Source: docs.aws.amazon.com/IAM/latest/UserGuide/
access_policies_boundaries.html, from a survey, page not re-read.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.terraform.attachments import PRINCIPALS
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.terraform.module import Module
    from nhilint.model.resource import Resource

_FORMAT = "aws-iam-policy"
_NAMED = Deferred(r":policy/(?:[\w-]{1,60}/){0,5}([\w+=,.@-]{1,128})\"?$")


def without_boundaries(resources: Iterable[Resource], modules: Iterable[Module]) -> Iterator[Resource]:
    """The resources, of which such documents grant nothing."""
    names = {name for module in modules for name in _boundaries(module)}
    for resource in resources:
        facts = resource.facts
        limits = resource.format == _FORMAT and PurePosixPath(resource.at.path).stem in names
        if limits and isinstance(facts, Identity) and value_of(facts.kind) == "policy":
            yield replace(resource, facts=_as_limit(facts))
        else:
            yield resource


def _boundaries(module: Module) -> Iterator[str]:
    """The names of the policies that a module names as boundaries by their ARN."""
    for kind in PRINCIPALS:
        for block in module.of_kind(kind):
            stated = block.body.get("permissions_boundary")
            text = stated.text if isinstance(stated, Expression) else stated
            named = _NAMED.search(text) if isinstance(text, str) else None
            if named is not None:
                yield named[1]


def _as_limit(facts: Identity) -> Identity:
    return replace(
        facts,
        kind=Known("control_policy", facts.at),
        escalations=(),
        escalation_steps=(),
        whole_services=(),
        admin=Known(value=False, at=facts.at),
        lifts_denials=None,
    )
