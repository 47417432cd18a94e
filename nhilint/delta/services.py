"""What is hosted: who may call it, as whom it works, and what its platform puts in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Measure, Power, listed, ranked, short, stated
from nhilint.model.fact import Many, known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary.capability import Guard, Inbound, RunsAs

_CALLERS = {
    "mutual_tls": (0, "takes calls with a certificate"),
    "platform": (0, "takes calls by identities of its cloud"),
    "oauth": (1, "takes calls with tokens of an issuer"),
    "static": (2, "takes calls with a fixed key"),
    "authenticated_only": (3, "takes calls by anybody who can sign in"),
    "none": (4, "takes calls by anybody"),
}
_POWERS = {"administers": ", which may do everything", "escalates": ", which can gain more than it is given"}


def callers(inbound: Inbound | None) -> Iterator[Held]:
    """Who may call it."""
    if inbound is None:
        return
    yield from ranked(inbound.kind, _CALLERS, "callers", Severity.HIGH, usual=1)
    narrowed = stated(inbound.narrowed)
    if narrowed is not None and narrowed[0]:
        gained, lost = "takes only tokens that are meant for it", "takes tokens of its issuer that are meant for others"
        key, within = ("narrowed",), ("issuer",)
        yield Power(
            key=key, gained=gained, lost=lost, weight=Severity.HIGH, place=narrowed[1], guard=True, within=within
        )
    issuer = value_of(inbound.issuer.host) if inbound.issuer is not None else None
    if inbound.issuer is not None:
        yield Power(key=("issuer",), gained="", lost="", weight=Severity.INFO, place=inbound.issuer.at)
        if issuer is not None:
            gained, lost = f"trusts tokens of {short(issuer)}", f"no longer trusts tokens of {short(issuer)}"
            place = inbound.issuer.at
            yield Power(key=("issuer", issuer), gained=gained, lost=lost, weight=Severity.MEDIUM, place=place)
    for setting in listed(inbound.weaknesses):
        gained = f"does not look closely at who calls ({short(setting)})"
        lost = f"looks closely at who calls again ({short(setting)})"
        place = inbound.weaknesses.at if inbound.weaknesses is not None else inbound.at
        yield Power(key=("weakness", setting), gained=gained, lost=lost, weight=Severity.HIGH, place=place)


def works_as(runs_as: RunsAs | None) -> Iterator[Held]:
    """The cloud identity that it works under, with what that may do."""
    found = stated(runs_as.identity) if runs_as is not None else None
    if runs_as is None or found is None:
        return
    power = value_of(runs_as.power) or ""
    who, more = short(found[0]), _POWERS.get(power, "")
    yield Power(
        key=("works-as", found[0], more),
        gained=f"works as {who}{more}",
        lost=f"no longer works as {who}{more}",
        weight=Severity.HIGH if more else Severity.MEDIUM,
        place=found[1],
    )


def guarded(guards: Many[Guard]) -> Iterator[Held]:
    """Controls in between: one that is gone, only takes notes, or lets everything through when it fails."""
    for guard in known_records(guards):
        name = short(value_of(guard.name) or "a control")
        gained, lost = f"stands behind the control {name}", f"no longer stands behind the control {name}"
        yield Power(key=("control", name), gained=gained, lost=lost, weight=Severity.HIGH, place=guard.at, guard=True)
        modes = {"enforces": (0, f"is stopped by {name}"), "logs_only": (2, f"is watched but not stopped by {name}")}
        failures = {
            "closed": (0, f"is stopped when {name} fails"),
            "open": (2, f"is let through when {name} fails"),
        }
        sorts = (("mode", guard.mode, modes, Severity.HIGH), ("failure", guard.on_failure, failures, Severity.MEDIUM))
        for sort, fact, scale, weight in sorts:
            found = stated(fact)
            if found is not None and found[0] in scale:
                rank, words = scale[found[0]]
                yield Measure(key=("control", name, sort), rank=rank, words=words, weight=weight, place=found[1])
