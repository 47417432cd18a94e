"""An app's manifest meets the tools and workflows of its repository that hold its token, by what they call it.

A variable or secret that goes by a platform's name (SLACK_BOT_TOKEN) is taken for the app's where the repository
registers exactly one app of that platform in earnest. A tool known to speak to the platform, without such a variable,
counts where it is the only one besides: the weaker link, which says so. Two apps, or two such tools: no link at all.
An equal client id is joined in `app_agents`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.knowledge.scopes.holders import provider_of_variable
from nhilint.knowledge.tools import Package, look_up_server
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import App, Tool, Workflow
from nhilint.model.vocabulary.app import AppUser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.workflow import Job, Step

_REGISTRATIONS = frozenset({"app", "addon", "client"})
_UNREAL = frozenset({"test", "example", "template"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with apps that know who holds their tokens."""
    apps = _only_apps(resources)
    if not apps:
        return resources
    users = {provider: tuple(_users(provider, resources)) for provider in apps}
    return tuple(
        replace(resource, facts=replace(resource.facts, users=users[provider]))
        if isinstance(resource.facts, App)
        and (provider := value_of(resource.facts.provider) or "") in apps
        and apps[provider] is resource
        else resource
        for resource in resources
    )


def _only_apps(resources: tuple[Resource, ...]) -> dict[str, Resource]:
    """The one app in earnest of each platform that has just one."""
    found: dict[str, list[Resource]] = {}
    for resource in resources:
        facts = resource.facts
        if isinstance(facts, App) and value_of(facts.kind) in _REGISTRATIONS and resource.setting not in _UNREAL:
            found.setdefault(value_of(facts.provider) or "", []).append(resource)
    return {provider: apps[0] for provider, apps in found.items() if provider and len(apps) == 1}


def _users(provider: str, resources: tuple[Resource, ...]) -> Iterator[AppUser]:
    named = [user for resource in resources for user in _by_name(provider, resource)]
    yield from named
    speaking = [r for r in resources if isinstance(r.facts, Tool) and _speaks_to(r.facts, provider)]
    if not any(value_of(user.kind) == "tool" for user in named) and len(speaking) == 1:
        yield _tool(speaking[0], speaking[0].at, "provider", None)


def _by_name(provider: str, resource: Resource) -> Iterator[AppUser]:
    """Those of a file's actors that name the app's token."""
    facts = resource.facts
    if isinstance(facts, Tool):
        held = next((c for c in known_records(facts.credentials) if _belongs(c, provider)), None)
        if held is not None:
            yield _tool(resource, held.at, "variable", _name(held))
    elif isinstance(facts, Workflow):
        for job in known_records(facts.jobs):
            yield from _by_job(provider, resource, job)
        for step in known_records(facts.steps):
            yield from _by_agent(provider, resource, step)


def _by_agent(provider: str, resource: Resource, step: Step) -> Iterator[AppUser]:
    name = next((name for name in value_of(step.secrets) or () if provider_of_variable(name) == provider), None)
    agent = value_of(step.runs_agent)
    if name is not None and agent is not None:
        yield _in_ci(f"{resource.name}: {value_of(step.name) or 'a step'}", "agent_step", name, step.at)


def _by_job(provider: str, resource: Resource, job: Job) -> Iterator[AppUser]:
    held = next((c for c in known_records(job.secrets) if _belongs(c, provider)), None)
    if held is not None:
        yield _in_ci(f"{resource.name}: {value_of(job.name) or 'a job'}", "job", _name(held), held.at)


def _in_ci(name: str, kind: Literal["job", "agent_step"], variable: str, at: Place) -> AppUser:
    return AppUser(
        at=at,
        name=Known(name, at),
        kind=Known(kind, at),
        by=Known("variable", at),
        variable=Known(variable, at),
    )


def _tool(resource: Resource, at: Place, by: Literal["variable", "provider"], variable: str | None) -> AppUser:
    return AppUser(
        at=at,
        name=Known(resource.name, at),
        kind=Known("tool", at),
        by=Known(by, at),
        variable=Known(variable, at) if variable is not None else None,
    )


def _speaks_to(tool: Tool, provider: str) -> bool:
    """Whether the catalogue knows the server, and it takes credentials of this platform alone."""
    address = value_of(tool.endpoint.url) if tool.endpoint is not None else None
    package = tool.package
    known = look_up_server(url=address) if address else None
    if known is None and package is not None:
        ecosystem, name = value_of(package.ecosystem), value_of(package.name)
        known = look_up_server(package=Package(ecosystem, name, "", "none")) if ecosystem and name else None
    return known is not None and {use.provider for use in known.credentials} == {provider}


def _belongs(credential: Credential, provider: str) -> bool:
    return provider_of_variable(_name(credential)) == provider


def _name(credential: Credential) -> str:
    return value_of(credential.reference) or value_of(credential.name) or ""
