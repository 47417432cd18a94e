"""What keeps strangers out of a project although a provider lets them into its pool: all that is given names one.

A token that a provider of an identity pool accepts opens nothing until a binding names it. Where such bindings stand in
the repository, and each of them asks for one repository, project, owner or subject of the issuer, by an attribute that
the provider takes from that claim alone, nobody else becomes anything by what is written. A member that is not read,
beside the provider, and one of a pool or an attribute that only a run tells, may be anybody: then nothing is said.

Source: cloud.google.com/iam/docs/principal-identifiers and cloud.google.com/iam/docs/workload-identity-federation
(from a survey, pages not re-read): a `principalSet` with an attribute admits exactly the identities with that value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gcp.members import has_gap
from nhilint.formats.gcp.trust import entering_member, names_one
from nhilint.model.fact import Known, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.gcp.declared import Binding, Provider

EXACT = "each binding to its pool that stands here names one repository, owner or subject"
_FEDERATED = ("principal://", "principalSet://")


class PoolBindings:
    """The bindings of a repository, as far as members of identity pools are among them."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self._members = [
            member for binding in bindings for member in binding.members if not _is_of_another_kind(value_of(member))
        ]

    def names_only_one(self, provider: Provider) -> Known[str] | None:
        """The words for it, where each binding to the pool of a provider does, and one stands here."""
        own = list(self._to_pool_of(provider))
        if not own or not all(names_one(member, provider) for member in own):
            return None
        return Known(EXACT, provider.at)

    def _to_pool_of(self, provider: Provider) -> Iterator[str]:
        """The members that enter by the pool of a provider, or may do so; the empty text for one that is not read."""
        folder = provider.at.path.rpartition("/")[0]
        for member in self._members:
            text = value_of(member)
            pooled = entering_member(text) if text is not None else None
            if text is None:
                yield from ("",) if member.at.path.rpartition("/")[0] == folder else ()
            elif pooled is None or pooled.pool in provider.pools or has_gap(pooled.pool):
                yield text


def _is_of_another_kind(text: str | None) -> bool:
    """Whether a member is known to be of no pool of identities, or of a cluster's own or of people's."""
    if text is None or text.startswith("${"):
        return False
    return not text.startswith(_FEDERATED) or "/workforcePools/" in text or ".svc.id.goog/" in text
