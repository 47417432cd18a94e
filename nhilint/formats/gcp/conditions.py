"""The condition of a binding becomes what it leaves: which permissions, and whether it narrows anything at all.

Sources: cloud.google.com/iam/docs/conditions-overview, cloud.google.com/iam/docs/conditions-attribute-reference and
cloud.google.com/iam/docs/setting-limits-on-granting-roles, read 2026-11-22. A condition on the hour or the date says
when and not what, so it narrows nothing. The expression is looked at part by part; nothing is evaluated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.gcp.members import has_gap
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.statement import Condition
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.fact import Fact

_LONGEST = 4_096
_QUOTED = Deferred(r"'[^']*'|\"[^\"]*\"")
_SERVICE = Deferred(r"resource\.(?:type|service)\s*==\s*['\"](?:[\w-]+:)?([\w-]+)\.googleapis\.com")
_ASKS = Deferred(
    r"\b(?:resource\.(?:name|type|service|matchTag|hasTag|matchTagId)|destination\.|request\.(?:path|host)|access\.)"
)
_LIMITED_GRANTS = "modifiedGrantsByRole"
_RENAMED = {"cloudresourcemanager": "resourcemanager"}
_GIVING = (
    "resourcemanager.organizations.setIamPolicy",
    "resourcemanager.folders.setIamPolicy",
    "resourcemanager.projects.setIamPolicy",
    "iam.serviceAccounts.setIamPolicy",
)


class Narrowing(NamedTuple):
    """What a condition does. `services` are the prefixes that alone remain; None for all of them."""

    narrows: bool = False
    limits_giving: bool = False
    """Whether it says which roles may be given away."""
    services: frozenset[str] | None = None

    def left_of(self, held: gcp.PermissionSet) -> gcp.PermissionSet:
        """The permissions that nothing narrows."""
        if self.limits_giving:
            held = held - gcp.permissions(_GIVING)
        if self.services is not None:
            return held.of_services(self.services)
        return gcp.PermissionSet() if self.narrows and not self.limits_giving else held


def narrowing(expression: Fact[str]) -> Narrowing | None:
    """What a binding's condition leaves; None where it cannot be told."""
    if expression is None:
        return Narrowing()
    if isinstance(expression, Unknown) or len(expression.value) > _LONGEST:
        return None
    if has_gap(_QUOTED.sub("''", expression.value)):
        return None
    alternatives = [_of_parts(parts(way, "&&")) for way in parts(expression.value, "||")]
    return alternatives[0] if len(alternatives) == 1 else _widest(alternatives)


def condition_records(expression: Fact[str]) -> tuple[Condition, ...]:
    """The condition as the vocabulary has it: one expression."""
    if expression is None:
        return ()
    stated: Fact[tuple[str, ...]] = (
        expression if isinstance(expression, Unknown) else Known((expression.value,), expression.at)
    )
    return (Condition(at=expression.at, operator=Known("CEL", expression.at), values=stated),)


def parts(text: str, operator: str) -> list[str]:
    """The operands of `&&` or `||` at the top level of an expression, outer brackets taken off."""
    text = _unwrapped(text.strip())
    found, depth, start, position = [], 0, 0, 0
    masked = _QUOTED.sub(lambda hit: "_" * len(hit[0]), text)
    while position < len(masked):
        if masked[position] in "([{":
            depth += 1
        elif masked[position] in ")]}":
            depth -= 1
        elif depth == 0 and masked.startswith(operator, position):
            found.append(text[start:position].strip())
            position += 2
            start = position
            continue
        position += 1
    return [*found, text[start:].strip()]


def _unwrapped(text: str) -> str:
    while text.startswith("(") and text.endswith(")") and _closes_at_end(text):
        text = text[1:-1].strip()
    return text


def _closes_at_end(text: str) -> bool:
    depth = 0
    for position, letter in enumerate(_QUOTED.sub(lambda hit: "_" * len(hit[0]), text)):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return position == len(text) - 1
    return False


def _of_parts(atoms: list[str]) -> Narrowing:
    narrows, limits, services = False, False, None
    for atom in atoms:
        if _LIMITED_GRANTS in atom:
            limits = limits or "hasOnly" in atom
        elif (told := _SERVICE.search(atom)) and not atom.lstrip().startswith("!"):
            services = frozenset({_RENAMED.get(told[1], told[1])})
        elif _ASKS.search(atom) and not atom.lstrip().startswith("!") and "!=" not in atom:
            narrows = True
    if narrows:
        return Narrowing(narrows=True)
    return Narrowing(narrows=limits or services is not None, limits_giving=limits, services=services)


def _widest(alternatives: list[Narrowing]) -> Narrowing:
    if not all(way.narrows for way in alternatives):
        return Narrowing()
    if all(way.limits_giving for way in alternatives):
        return Narrowing(narrows=True, limits_giving=True)
    services = [way.services for way in alternatives if way.services is not None]
    return Narrowing(narrows=True, services=frozenset[str]().union(*services) if services else None)
