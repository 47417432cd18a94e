"""The parts of a Salesforce external client app, which stand in files of their own, become one app.

Settings hold the scopes, global settings the callback and flows, policies the limits and who may use it; each names the
app it belongs to (`externalClientApplication`). Without the whole, no check could weigh scopes against limits. Source:
developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm, partly re-read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import fields, replace

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

FORMAT = "salesforce-external-client-app"
_REFRESHES = frozenset({"refreshtoken", "refresh_token", "offlineaccess", "offline_access"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with the parts of each app put together, where the first of them stood."""
    whole: dict[tuple[str, str], Resource] = {}
    kept: list[Resource | tuple[str, str]] = []
    for resource in resources:
        if resource.format != FORMAT or not isinstance(resource.facts, App):
            kept.append(resource)
            continue
        key = (_project(resource.at.path), resource.name)
        if key in whole:
            whole[key] = _merged(whole[key], resource)
        else:
            whole[key] = resource
            kept.append(key)
    return tuple(_with_refresh(whole[one]) if isinstance(one, tuple) else one for one in kept)


def _project(path: str) -> str:
    """The folder above those of the kinds of metadata."""
    return "/".join(path.split("/")[:-2])


def _merged(first: Resource, other: Resource) -> Resource:
    """The first part with what only the other one states."""
    stated = {
        field.name: getattr(other.facts, field.name)
        for field in fields(App)
        if getattr(first.facts, field.name) in (None, ()) and getattr(other.facts, field.name) not in (None, ())
    }
    if not first.facts.scopes and other.facts.scopes:  # type: ignore[union-attr]
        stated["scopes_stated"] = other.facts.scopes_stated  # type: ignore[union-attr]
    return replace(first, facts=replace(first.facts, **stated))


def _with_refresh(resource: Resource) -> Resource:
    """The flows of an app whose scopes ask for refresh tokens hold that grant, too."""
    facts = resource.facts
    if not isinstance(facts, App) or isinstance(facts.scopes, Unknown):
        return resource
    asked = next((g for g in known_records(facts.scopes) if (value_of(g.id) or "").lower() in _REFRESHES), None)
    if asked is None or isinstance(facts.grant_types, Unknown):
        return resource
    before = facts.grant_types.value if facts.grant_types is not None else ("authorization_code",)
    at = facts.grant_types.at if facts.grant_types is not None else asked.at
    return replace(resource, facts=replace(facts, grant_types=Known((*before, "refresh_token"), at)))
