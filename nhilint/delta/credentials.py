"""What credentials an actor holds, in words: what is written in clear, what is taken from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Power, short
from nhilint.model.fact import Many, known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.vocabulary import Credential

_IN_CLEAR = frozenset({"literal", "default_literal"})
_KEYLESS = {
    "workload_identity": "a short-lived credential by",
    "oauth": "a short-lived credential by",
    "ambient_profile": "what the machine is signed in as by",
}


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
        reference = short(value_of(credential.reference) or name)
        keyless = source in _KEYLESS
        is_many = value_of(credential.location) == "file" and credential.principal is None
        held = name if is_many else f"the credential {reference}"
        what = f"{_KEYLESS[source]} {reference}" if source in _KEYLESS else held
        yield Power(
            key=("credential", reference),
            gained=f"is given {what}",
            lost=f"is no longer given {what}",
            weight=Severity.LOW if keyless else Severity.MEDIUM,
            place=credential.at,
            about=reference,
        )
