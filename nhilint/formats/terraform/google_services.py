"""What a binding on a service or function of Google Cloud stands on: what it is called, and who can reach it.

A label says little (`default`), so the name of the service, the calls of its module and its folder are told as well.
No rights follow from any of it. Sources: google_cloud_run_service, google_cloud_run_v2_service,
google_cloudfunctions_function and google_cloudfunctions2_function (`ingress`, `ingress_settings`) below
registry.terraform.io/providers/hashicorp/google/latest/docs/resources, and cloud.google.com/run/docs/securing/ingress,
read 2026-11-22. A function of the first generation has an address only with `trigger_http`, which `event_trigger`
excludes (the same page, read 2026-11-23); one of the second generation has one always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.google_callers import asks_by_itself
from nhilint.formats.terraform.google_values import bodies
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.google_values import GoogleResolver
    from nhilint.formats.terraform.module import Block

_REFERENCE = Deferred(r"\b(google_(?:cloud_run|cloudfunctions)\w*)\.([\w-]+)")
_LONGEST = 300
_NAMING = ("service", "name", "cloud_function")
_FIRST_GENERATION = "google_cloudfunctions_function"
_INSIDE = frozenset({"internal", "INGRESS_TRAFFIC_INTERNAL_ONLY", "ALLOW_INTERNAL_ONLY"})
"""The values by which only the project's own networks reach a service; a load balancer may open the others."""


def is_service(kind: str) -> bool:
    """Whether a binding of this kind (`cloud_run_v2_service`) stands on a service or function that is called."""
    return kind.startswith(("cloud_run", "cloudfunctions"))


def called_as(block: Block, resolver: GoogleResolver) -> str:
    """The words for the service that a binding stands on: its name, its module's calls, its folder."""
    made = _made(block, resolver)
    stated = [(block, block.body.get(key)) for key in _NAMING]
    stated += [(made, made.body.get("name"))] if made is not None else []
    names = [resolver.text(value, one.spot) for one, value in stated if value is not None]
    calls = [called.name for _, called in resolver.module.callers]
    folder = block.at.path.rpartition("/")[0].rpartition("/")[2]
    return " ".join(one for one in (*names, *calls, folder) if one and "${" not in one)


def is_inside(block: Block, resolver: GoogleResolver) -> bool:
    """Whether the service that a binding stands on can be reached from the project's own networks alone, or by no
    caller at all."""
    made = _made(block, resolver)
    if made is None:
        return False
    if _has_no_address(made):
        return True
    notes = [one.get("annotations") for one in bodies(made.body.get("metadata"))]
    stated = [
        made.body.get("ingress"),
        made.body.get("ingress_settings"),
        *(one.get("ingress_settings") for one in bodies(made.body.get("service_config"))),
        *(note.get("run.googleapis.com/ingress") for note in notes if isinstance(note, dict)),
    ]
    return any(resolver.text(value, made.spot) in _INSIDE for value in stated if value is not None)


def _has_no_address(made: Block) -> bool:
    """Whether it is a function of the first generation that events start, and nobody's calls."""
    stated = made.body.get("trigger_http")
    started_by_calls = stated is not None and stated not in (False, "false")
    return made.kind == _FIRST_GENERATION and bool(bodies(made.body.get("event_trigger"))) and not started_by_calls


def asks(block: Block, resolver: GoogleResolver) -> bool:
    """Whether the code of the service that a binding stands on asks callers for a proof by itself."""
    made = _made(block, resolver)
    return made is not None and asks_by_itself(made, resolver.module)


def _made(block: Block, resolver: GoogleResolver) -> Block | None:
    """The block of the service that a binding refers to."""
    for key in _NAMING:
        value = block.body.get(key)
        found = _REFERENCE.search(value.text) if isinstance(value, Expression) and len(value.text) < _LONGEST else None
        if found is not None:
            return resolver.module.resources.get((found[1], found[2]))
    return None
