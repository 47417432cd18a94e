"""What an identity of a cluster is used by and leads to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.credentials import credentials
from nhilint.delta.power import Power, listed, short
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Identity

_POWERS = {"administers": ", which may do everything", "escalates": ", which can gain more than it is given"}


def in_cluster(identity: Identity) -> Iterator[Held]:
    """Workloads that run as it, cloud identities that it may become, roles for people that it is added to."""
    for workload in known_records(identity.workloads):
        agent = value_of(workload.runs_agent) is True
        kind, name = value_of(workload.kind) or "workload", short(value_of(workload.name) or "a workload")
        who = f"the {'agent in ' if agent else ''}{kind} {name}"
        if value_of(workload.mounts_token) is False:
            who += ", without its token,"
        yield Power(
            key=("runs", name, str(agent), str(value_of(workload.mounts_token))),
            gained=f"is what {who} runs as",
            lost=f"is no longer what {who} runs as",
            weight=Severity.MEDIUM if agent else Severity.LOW,
            place=workload.at,
        )
        yield from credentials(workload.credentials)
    for cloud in known_records(identity.cloud):
        target = value_of(cloud.identity) or "an identity"
        more = _POWERS.get(value_of(cloud.power) or "", "")
        who = f"{short(target)} ({value_of(cloud.provider) or 'a cloud'}){more}"
        weight = Severity.HIGH if more else Severity.MEDIUM
        gained, lost = f"may become {who}", f"may no longer become {who}"
        yield Power(key=("cloud", target, more), gained=gained, lost=lost, weight=weight, place=cloud.at)
    for role in listed(identity.aggregated_into):
        gained, lost = f"adds its rights to the role {short(role)}", f"no longer adds its rights to {short(role)}"
        place = identity.aggregated_into.at if identity.aggregated_into is not None else identity.at
        yield Power(key=("adds-to", role), gained=gained, lost=lost, weight=Severity.HIGH, place=place)
