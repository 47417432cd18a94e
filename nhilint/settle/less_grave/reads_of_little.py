"""What an account or a subject of a cluster reads, in the words of a finding, where that is next to nothing.

Next to nothing is to ask whose a token is and what somebody may do, and to read kinds that show what there is and hold
no data (`nhilint.knowledge.kubernetes.metadata`). Who is given nothing here, or a role that is declared elsewhere, may
have more, as may one with a rule that cannot be read or whose list is cut off. Source, from a survey, page not re-read:
https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.kubernetes import shows_metadata
from nhilint.model.fact import Known, Unknown, value_of

if TYPE_CHECKING:
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.statement import Grant

ASKS = "to ask whose a token is and what somebody may do"
_REVIEWS = ("tokenreviews", "subjectaccessreviews", "localsubjectaccessreviews", "selfsubjectaccessreviews",
            "selfsubjectrulesreviews", "selfsubjectreviews")  # fmt: skip
_ASKING = frozenset(f"create {kind}" for kind in _REVIEWS)
_READS = frozenset({"get", "list", "watch"})
_MOST_ACTIONS = 60
"""So many actions of a rule are kept: one with as many may have more."""
_NAMED = 4


def little_that_it_does(account: Identity, *, besides: frozenset[str] = frozenset()) -> str:
    """What all its rules let it do, where that is next to nothing; empty where it does more, or may. The kinds of the
    core group in `besides` count as little for who asks."""
    if not isinstance(account.grants, tuple) or not isinstance(account.managed, Known) or account.managed.value:
        return ""
    done = [_little(grant, besides) for grant in account.grants]
    if not done or None in done:
        return ""
    kinds = sorted({kind for one in done for kind in one or ()}, key=lambda kind: (kind not in besides, kind))
    reads = f"to read {_listed(kinds)}" if kinds else ""
    return " and ".join(part for part in (reads, ASKS if () in done else "") if part)


def _little(grant: Grant | Unknown, besides: frozenset[str]) -> tuple[str, ...] | None:
    """The kinds that a rule lets read, none where it only lets ask; None where it lets do more."""
    if isinstance(grant, Unknown):
        return None
    actions, groups = value_of(grant.actions), value_of(grant.services)
    if not actions or len(actions) >= _MOST_ACTIONS:
        return None
    rest = [one for one in actions if one not in _ASKING]
    also = {f"{verb} {kind}" for verb in _READS for kind in besides} if groups == ("core",) else set()
    if not all(one in also or shows_metadata(one, groups or ()) for one in rest):
        return None
    return tuple(dict.fromkeys(one.partition(" ")[2] for one in rest))


def _listed(kinds: list[str]) -> str:
    """The kinds in words; of many the first ones."""
    if len(kinds) > _NAMED:
        return f"{', '.join(kinds[:_NAMED])} and the like"
    return " and ".join(part for part in (", ".join(kinds[:-1]), kinds[-1]) if part)
