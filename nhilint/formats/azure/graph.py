"""A permission of a Microsoft API, by id or name, becomes a scope grant.

Source: learn.microsoft.com/graph/permissions-reference through the scope catalogue; ids of other Microsoft APIs as
learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in lists them, read 2026-11-22.
An application permission acts as the app and reaches the whole tenant; a delegated one acts as who signed in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nhilint.formats.scopes import scope_grant
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.app import ScopeGrant
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.knowledge.scopes import Holder
    from nhilint.model.place import Place

GRAPH: Final = "00000003-0000-0000-c000-000000000000"
_APIS: Final = {
    "microsoft graph": GRAPH,
    "microsoftgraph": GRAPH,
    "office 365 exchange online": "00000002-0000-0ff1-ce00-000000000000",
    "office365exchangeonline": "00000002-0000-0ff1-ce00-000000000000",
    "office 365 sharepoint online": "00000003-0000-0ff1-ce00-000000000000",
    "office365sharepointonline": "00000003-0000-0ff1-ce00-000000000000",
}
"""Names by which manifests and the azuread provider call APIs."""
_ELSEWHERE: Final = {
    "dc890d15-9560-4a4c-9b7f-a736ec74ec40": ("full_access_as_app", "Mail.ReadWrite"),
    "full_access_as_app": ("full_access_as_app", "Mail.ReadWrite"),
    "678536fe-1083-478a-9c59-b99265e6b0d3": ("Sites.FullControl.All", "Sites.FullControl.All"),
}
"""Application permissions of Exchange and SharePoint, with the Graph permission that reaches as far."""
_GUID = Deferred(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", flags=re.IGNORECASE)


def api_of(text: str) -> str:
    """The app id of an API that is named or given by id, in lower case."""
    return _APIS.get(text.strip().lower(), text.strip().lower())


def permission(api: Fact[str], asked: Fact[str], acts_as: Holder | None, at: Place) -> ScopeGrant | Unknown:
    """The grant for one permission of one API; unknown where either is only known later."""
    if not isinstance(asked, Known):
        return asked or Unknown("a permission that is not stated", at)
    if isinstance(api, Unknown):
        return api
    resource = api_of(api.value) if api is not None else GRAPH
    if resource != GRAPH:
        return _of_another(asked.value, acts_as, at)
    grant = scope_grant(asked.value, at, "microsoft-graph", acts_as)
    if value_of(grant.known) is False and _GUID.fullmatch(asked.value):
        return Unknown("the id of a permission that the catalogue does not have", at)
    return _named(grant, asked.value, at)


def _named(grant: ScopeGrant, asked: str, at: Place) -> ScopeGrant:
    """The grant by the permission's name, where an id was given."""
    if not _GUID.fullmatch(asked):
        return grant
    from msgspec.structs import replace

    from nhilint.knowledge.scopes import look_up

    known = look_up("microsoft-graph", asked)
    return replace(grant, id=Known(known.id, at)) if known else grant


def _of_another(asked: str, acts_as: Holder | None, at: Place) -> ScopeGrant | Unknown:
    """A permission of an API other than Graph: judged only where it is one of the few that reach all mail or files."""
    known = _ELSEWHERE.get(asked.lower())
    if known is None or acts_as != "app":
        unrated = Unknown("a permission of an API that is not in the catalogue", at)
        return ScopeGrant(
            at=at,
            id=Known(asked, at),
            category=unrated,
            access=unrated,
            sensitivity=unrated,
            restricted=unrated,
            acts_as=Known(acts_as, at) if acts_as else None,
            optional=Known(value=False, at=at),
            known=Known(value=False, at=at),
        )
    from msgspec.structs import replace

    name, like = known
    return replace(scope_grant(like, at, "microsoft-graph", "app"), id=Known(name, at), narrower=Known((), at))
