"""Which actions of a service act on one type of its resources: `role` of `iam`, `secret` of `secretsmanager`.

AWS names types in its reference nearly as the ARN spells them (`stateMachine` and `statemachine`, `secret` and
`Secret`), so that case and marks are left out of the comparison. Nothing here reads ARNs.
"""

from __future__ import annotations

from functools import cache, lru_cache

from nhilint.knowledge.aws import action_table
from nhilint.knowledge.aws.action_set import ActionSet


def acting_on(service: str, resource_type: str) -> ActionSet | None:
    """The actions of a service (`iam`, any case) that AWS limits by this type.

    None when no action of the service has such a type, or the service is unknown: nothing can be said then.
    """
    return _by_type(service.lower()).get(_plain(resource_type))


@cache
def _by_type(service: str) -> dict[str, ActionSet]:
    known = action_table.services().get(service)
    bits: dict[str, int] = {}
    for offset, line in enumerate(known.lines.split("\n") if known else ()):
        _, _, types = line[2:].partition(" ")
        for name in types.split(",") if types else ():
            bits[name] = bits.get(name, 0) | 1 << offset
    first = known.first if known else 0
    found: dict[str, ActionSet] = {}
    for name, held in bits.items():
        found[_plain(name)] = found.get(_plain(name), ActionSet()) | ActionSet(held << first)
    return found


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
