"""A tool of an agent meets the OAuth client that it signs people in through, and its scopes meet its functions.

Joined by the id of the client, stated on both sides, and only where one registration of the repository has it: that two
files speak of the same service is no evidence, for the app of a bot is rarely the one whose token its tools hold. The
scopes that the tool asks for, and those that the client holds, are compared with what the tool is known to do. A scope
is beyond that when it is grave and either touches something that no function touches, or changes what they only read
although a scope for reading it exists. Tools of which nothing is known stay undecided.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.scopes import scope_grant
from nhilint.knowledge.scopes import look_up
from nhilint.knowledge.tools import look_up_server
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary import App, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.tool import Auth

_OF_SIGNING_IN = frozenset({"openid", "profile", "email", "address", "phone", "offline_access"})
"""Scopes of OpenID Connect Core 1.0, sections 5.4 and 11, which say who somebody is and nothing else."""
_GRAVE = frozenset({"high", "critical"})
_CONTENT = frozenset({"medium", "high", "critical"})
_WRITTEN_OUT = {
    "https://www.googleapis.com/auth/": "google",
    "https://mail.google.com/": "google",
    "https://graph.microsoft.com/": "microsoft-graph",
}
"""Scopes that name their provider themselves."""
_KIN: Mapping[str, frozenset[str]] = {
    "code_execution": frozenset({"infra", "source_code"}),
    "database": frozenset({"files", "infra"}),
    "files": frozenset({"source_code", "database", "memory"}),
    "identity": frozenset({"crm", "messaging"}),
    "issue_tracking": frozenset({"messaging", "source_code"}),
    "messaging": frozenset({"issue_tracking", "files"}),
    "source_code": frozenset({"code_execution", "files"}),
}
"""Where scopes and functions are filed differently by different makers: no mismatch between these says anything."""

_Key = tuple[str, str]


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with tools that know their client and what exceeds their need, and apps that know their tools."""
    tools = [resource for resource in resources if _auth_of(resource) is not None]
    if not tools:
        return resources
    apps = _apps_by_id(resources)
    used: dict[_Key, dict[str, None]] = {}
    for tool in tools:
        used.setdefault(_key_of(tool), {})[tool.name] = None
    return tuple(_linked(resource, apps, used) for resource in resources)


def _auth_of(resource: Resource) -> Auth | None:
    """How a tool signs in, where it says anything about scopes or a client."""
    auth = resource.facts.auth if isinstance(resource.facts, Tool) else None
    return auth if auth is not None and (auth.scopes is not None or auth.client_id is not None) else None


def _apps_by_id(resources: tuple[Resource, ...]) -> dict[_Key, Resource]:
    """Clients by setting and id; an id that two registrations have names neither."""
    found = [(_client_key(resource), resource) for resource in resources if isinstance(resource.facts, App)]
    times = Counter(key for key, _ in found)
    return {key: resource for key, resource in found if key[1] and times[key] == 1}


def _client_key(resource: Resource) -> _Key:
    facts = resource.facts
    return resource.setting, (value_of(facts.client_id) or "") if isinstance(facts, App) else ""


def _key_of(tool: Resource) -> _Key:
    auth = _auth_of(tool)
    return tool.setting, (value_of(auth.client_id) or "") if auth is not None else ""


def _linked(resource: Resource, apps: dict[_Key, Resource], used: dict[_Key, dict[str, None]]) -> Resource:
    facts, auth = resource.facts, _auth_of(resource)
    if isinstance(facts, Tool) and auth is not None:
        client = apps.get(_key_of(resource))
        told = replace(auth, beyond_need=_beyond_need(facts, auth, client))
        if client is not None:
            told = replace(told, app=Known(client.name, client.at))
        return replace(resource, facts=replace(facts, auth=told))
    key = _client_key(resource)
    if isinstance(facts, App) and key in used and apps.get(key) is resource:
        at = facts.client_id.at if facts.client_id is not None else facts.at
        return replace(resource, facts=replace(facts, used_by=Known(tuple(used[key]), at)))
    return resource


def _beyond_need(tool: Tool, auth: Auth, client: Resource | None) -> tuple[ScopeGrant | Unknown, ...]:
    asked = (*_asked(tool, auth), *_held(client))
    if not asked:
        return ()
    needs = _needs(tool)
    if not needs:
        return (Unknown("a tool of which it is not known what it does", auth.at),)
    found: list[ScopeGrant | Unknown] = []
    for provider, grant in asked:
        if isinstance(grant, Unknown) or isinstance(grant.sensitivity, Unknown):
            found.append(grant if isinstance(grant, Unknown) else Unknown("a scope that is not known", grant.at))
        elif _is_beyond(grant, needs, provider):
            found.append(grant)
    return tuple(found)


def _asked(tool: Tool, auth: Auth) -> Iterator[tuple[str, ScopeGrant | Unknown]]:
    if isinstance(auth.scopes, Unknown):
        yield "", auth.scopes
    for scope in value_of(auth.scopes) or ():
        if scope in _OF_SIGNING_IN:
            continue
        provider = _provider(tool, scope)
        yield provider, scope_grant(scope, auth.scopes.at if auth.scopes else auth.at, provider, "user")


def _held(client: Resource | None) -> Iterator[tuple[str, ScopeGrant | Unknown]]:
    if client is not None and isinstance(client.facts, App):
        scopes = client.facts.scopes
        for grant in (scopes,) if isinstance(scopes, Unknown) else scopes:
            yield value_of(client.facts.provider) or "", grant


def _provider(tool: Tool, scope: str) -> str:
    """Whose scope it is: as it says itself, else that of the one service that the tool's address belongs to."""
    for prefix, provider in _WRITTEN_OUT.items():
        if scope.startswith(prefix):
            return provider
    address = value_of(tool.endpoint.url) if tool.endpoint is not None else None
    known = look_up_server(url=address) if address else None
    providers = {use.provider for use in known.credentials} if known is not None and known.official else set()
    return providers.pop() if len(providers) == 1 else ""


def _needs(tool: Tool) -> dict[str, set[str]]:
    """Category → accesses of what the tool's own list of functions says that it does; empty where that is unread."""
    needs: dict[str, set[str]] = {}
    if isinstance(tool.capabilities, Unknown):
        return needs
    for capability in tool.capabilities:
        if isinstance(capability, Unknown) or value_of(capability.source) != "known":
            return {}
        needs.setdefault(value_of(capability.category) or "other", set()).add(value_of(capability.access) or "")
    return {} if "other" in needs else needs


def _is_beyond(grant: ScopeGrant, needs: dict[str, set[str]], provider: str) -> bool:
    """Whether a scope is grave and no function can use it."""
    category, access = value_of(grant.category), value_of(grant.access)
    if value_of(grant.sensitivity) not in _GRAVE or category is None or category == "other":
        return False
    if category not in needs:
        return not _KIN.get(category, frozenset()) & needs.keys()
    return access != "read" and needs[category] == {"read"} and _has_reading_kin(grant, provider)


def _has_reading_kin(grant: ScopeGrant, provider: str) -> bool:
    """Whether one of the narrower scopes reads the same things."""
    narrower = (look_up(provider, one, "user") for one in value_of(grant.narrower) or ())
    return any(
        one is not None
        and one.access == "read"
        and one.category == value_of(grant.category)
        and one.sensitivity in _CONTENT
        for one in narrower
    )
