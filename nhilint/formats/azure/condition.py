"""The condition of a role assignment becomes whether it says which roles may be handed out, or to whom.

Source: learn.microsoft.com/azure/role-based-access-control/conditions-format and delegate-role-assignments-examples,
read 2026-11-22. A condition is a text of `!(ActionMatches{'…'})` alternatives and comparisons; here only that is looked
for which a delegation compares: the role's id, or the id of who receives it. Other conditions (on the path of a blob)
leave the right to assign as it is.
"""

from __future__ import annotations

import re

from nhilint.knowledge.azure import GRANTING_ROLES
from nhilint.source.deferred import Deferred

_ASSIGNING = Deferred(r"microsoft\.authorization/roleassignments", flags=re.IGNORECASE)
_ROLE = Deferred(
    r"@request\[microsoft\.authorization/roleassignments:roledefinitionid\]\s*(forany\w+|forall\w+)?:?\s*guid(not)?equals\s*\{([^{}]*)\}",
    flags=re.IGNORECASE,
)
_RECEIVER = Deferred(
    r"@request\[microsoft\.authorization/roleassignments:principalid\]\s*(?:forany\w+|forall\w+)?:?\s*guidequals",
    flags=re.IGNORECASE,
)
_LONGEST = 20_000


def narrows_assigning(condition: str) -> bool:
    """Whether the holder may no longer give itself, or anybody, a role that gives roles."""
    if len(condition) > _LONGEST or not _ASSIGNING.search(condition):
        return False
    for match in _ROLE.finditer(condition):
        named = {part.strip().strip("'\"").lower() for part in match.group(3).split(",")}
        forbids = bool(match.group(2))
        if forbids and named >= GRANTING_ROLES:
            return True
        if not forbids and named.isdisjoint(GRANTING_ROLES):
            return True
    return bool(_RECEIVER.search(condition)) and not _ROLE.search(condition)
