"""Capabilities, credentials and endpoints in words; agents and tools share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Power, short
from nhilint.model.fact import Many, known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.vocabulary import Credential
    from nhilint.model.vocabulary.capability import Capability, Endpoint

_VERBS = {
    "read": "read",
    "write": "change",
    "send": "send",
    "delete": "delete",
    "execute": "run",
    "admin": "administer",
}
_THINGS = {
    "mail": "mail",
    "files": "files",
    "code_execution": "code",
    "web": "web pages",
    "source_code": "source code",
    "identity": "identities",
    "payments": "payments",
    "messaging": "messages",
    "database": "databases",
    "secrets": "secrets",
    "infra": "infrastructure",
    "infrastructure": "infrastructure",
}
_WEIGHTS = {
    "read": Severity.LOW,
    "write": Severity.MEDIUM,
    "send": Severity.MEDIUM,
    "delete": Severity.MEDIUM,
    "execute": Severity.HIGH,
    "admin": Severity.HIGH,
}
_HELD_BACK = frozenset({"prompt", "reviewer", "denied"})
_IN_CLEAR = frozenset({"literal", "default_literal"})
_PRECIOUS = frozenset({"secrets", "identity", "payments"})


def capabilities(many: Many[Capability]) -> Iterator[Power]:
    """What an actor can do without somebody being asked."""
    for capability in known_records(many):
        category, access = value_of(capability.category), value_of(capability.access)
        if category is None or access is None or value_of(capability.gate) in _HELD_BACK:
            continue
        weight = max(_WEIGHTS.get(access, Severity.LOW), Severity.MEDIUM if category in _PRECIOUS else Severity.INFO)
        what = _doing(category, access)
        through = value_of(capability.through)
        by = f" through {short(through)}" if through else ""
        yield Power(
            key=("capability", category, access),
            gained=f"can {what}{by}",
            lost=f"can no longer {what}",
            weight=weight,
            place=capability.at,
        )


def _doing(category: str, access: str) -> str:
    thing = _THINGS.get(category, category.replace("_", " "))
    return f"{_VERBS.get(access, access)} {thing}"


def credentials(many: Many[Credential]) -> Iterator[Power]:
    """What an actor holds: a secret in clear weighs most, a reference tells where it comes from."""
    for credential in known_records(many):
        source = value_of(credential.source)
        name = short(value_of(credential.name) or "a credential")
        if source in _IN_CLEAR:
            title = value_of(credential.type_title) or "a credential"
            yield Power(
                key=("secret", name),
                gained=f"carries {title} in clear ({name})",
                lost=f"no longer carries {title} in clear ({name})",
                weight=Severity.CRITICAL,
                place=credential.at,
            )
            continue
        reference = value_of(credential.reference) or name
        yield Power(
            key=("credential", reference),
            gained=f"is given the credential {short(reference)}",
            lost=f"is no longer given the credential {short(reference)}",
            weight=Severity.MEDIUM,
            place=credential.at,
        )


def endpoint(found: Endpoint | None, verb: str) -> Iterator[Power]:
    """Where something goes, by host; a way without encryption apart."""
    if found is None:
        return
    host = value_of(found.host)
    if host is not None:
        yield Power(
            key=("host", verb, host),
            gained=f"{verb} {short(host)}",
            lost=f"no longer {verb} {short(host)}",
            weight=Severity.MEDIUM,
            place=found.at,
        )
    if value_of(found.scheme) in ("http", "ws") and value_of(found.reach) == "public":
        yield Power(
            key=("plain", verb),
            gained=f"{verb} {short(host or 'a host')} without encryption",
            lost=f"no longer goes to {short(host or 'a host')} without encryption",
            weight=Severity.HIGH,
            place=found.at,
        )
