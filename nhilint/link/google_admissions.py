"""Google's service accounts become the answer to whether a cluster's account is let in by what their projects declare.

The annotation of a cluster's account asks; `roles/iam.workloadIdentityUser` on Google's account lets it in (source:
https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity, read 2026-11-23). Where a repository states
such members for accounts of a project and none for this pair, it is open whether the annotation leads anywhere. What it
says with a variable, and what it gives on a whole project or cluster, may mean this pair as well: then nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Unknown, value_of
from nhilint.model.vocabulary import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource

_ADDRESS = ".iam.gserviceaccount.com"
_POOL = ".svc.id.goog"


class Admissions:
    """Whom the service accounts that a repository knows let in."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._of_account: dict[str, list[Identity]] = {}
        self._telling: set[str] = set()
        self._open = False
        for resource in resources:
            facts = resource.facts
            if not isinstance(facts, Identity) or value_of(facts.provider) != "gcp":
                continue
            self._open = self._open or _POOL in resource.name
            address = value_of(facts.arn) or ""
            if address.endswith(_ADDRESS):
                self._of_account.setdefault(address, []).append(facts)
                if _lets_in_clusters(facts):
                    self._telling.add(_project(address))

    def refuse(self, address: str, account: str) -> bool:
        """Whether members are stated for the project of this address, and none of them is this cluster's account."""
        if self._open or _project(address) not in self._telling:
            return False
        name = account.rpartition("/")[2]
        return all(_leaves_out(facts, name) for facts in self._of_account.get(address, ()))


def _project(address: str) -> str:
    return address.partition("@")[2]


def _lets_in_clusters(facts: Identity) -> bool:
    ways = facts.trusts if isinstance(facts.trusts, tuple) else ()
    return any(not isinstance(way, Unknown) and value_of(way.issuer_kind) == "kubernetes" for way in ways)


def _leaves_out(facts: Identity, name: str) -> bool:
    """Whether each way into an account names others than accounts of this name."""
    if not isinstance(facts.trusts, tuple):
        return False
    for way in facts.trusts:
        subjects = None if isinstance(way, Unknown) else value_of(way.subjects)
        if not subjects or any(one.endswith(f":{name}") or _is_open(one) for one in subjects):
            return False
    return True


def _is_open(subject: str) -> bool:
    return any(mark in subject for mark in ("*", "<", "${", "{{"))
