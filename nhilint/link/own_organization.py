"""What the owner of the repository publishes (actions, workflows, plug-ins, servers …) is as close as the repository.

Who the owner is, the caller knows: from the platform's runner or the work tree's remote. Where it does not, a reference
to an action that stands in this very tree under the same path tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.workflow_steps import with_steps
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Agent, Tool, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import ConfiguredCommand, Plugin
    from nhilint.model.vocabulary.tool import Package
    from nhilint.model.vocabulary.workflow import FetchedVariables, Job, Step

_PLATFORMS = frozenset({"gitlab.com", "github.com", "raw.githubusercontent.com"})
_NAMESPACED = frozenset({"ghcr.io", "docker.io", "quay.io", "registry.gitlab.com", "github.com", "gitlab.com"})
"""Hosts below which the first part of a path is an account that one party owns."""
_FURTHER_ACCOUNTS = ("labs", "hq", "oss", "org", "inc", "io", "ai", "mcp", "team", "dev")
"""What companies put behind their name for a further account (stacklok, stackloklabs)."""
_SHORTEST_COMPANY = 4
_SHORTEST_STEM = 6
_ANYBODYS = frozenset(
    {"claude", "claudecode", "openai", "github", "gemini", "google", "microsoft", "agents", "plugins"}
)
"""Words that strangers begin the names of their accounts with."""
_REGISTRY_ENTRY = "server.json"
"""Where a server's repository says what it publishes; elsewhere in a tree it may be anybody's
(modelcontextprotocol/registry, "Publish your MCP server", read 2026-11-22)."""


def join(resources: tuple[Resource, ...], owner: str | None) -> tuple[Resource, ...]:
    """The resources with every action and called workflow of `owner` marked as first party, and its servers as own."""
    published = frozenset(_published(resources))
    if published:
        resources = tuple(_marked_as_published(resource, published) for resource in resources)
    owner = owner or _owner_by_own_paths(resources)
    if not owner:
        return resources
    return tuple(_marked(resource, owner.lower()) for resource in resources)


def belonging_to(resource: Resource, owner: str) -> Resource:
    """One resource with everything of `owner`, in lower case, marked as first party or own."""
    return _marked(resource, owner)


def _published(resources: tuple[Resource, ...]) -> Iterator[tuple[str, str]]:
    """The packages that this repository publishes, by ecosystem and name, as its own entry for the registry says."""
    for resource in resources:
        if resource.at.path == _REGISTRY_ENTRY and isinstance(resource.facts, Tool):
            yield from _identity(resource.facts.package)


def _identity(package: Package | None) -> tuple[tuple[str, str], ...]:
    ecosystem, name = (value_of(package.ecosystem), value_of(package.name)) if package is not None else (None, None)
    return ((ecosystem, name.lower()),) if ecosystem and name else ()


def _marked_as_published(resource: Resource, published: frozenset[tuple[str, str]]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Tool) or facts.package is None or published.isdisjoint(_identity(facts.package)):
        return resource
    return replace(resource, facts=replace(facts, package=as_own(facts.package)))


def as_own(package: Package) -> Package:
    """The package, told as one of the repository's own owner."""
    return replace(package, own=Known(value=True, at=package.at))


def _owner_by_own_paths(resources: tuple[Resource, ...]) -> str | None:
    """The one owner whose actions are referred to by paths that this tree has; None for none or several."""
    here = {resource.at.path for resource in resources if isinstance(resource.facts, Workflow)}
    owners = {name.split("/", 1)[0].lower() for name in _referred(resources) if _stands_here(name, here)}
    return owners.pop() if len(owners) == 1 else None


def _referred(resources: tuple[Resource, ...]) -> Iterator[str]:
    for resource in resources:
        if isinstance(resource.facts, Workflow):
            steps = (step.action for step in known_records(resource.facts.steps))
            jobs = (job.called for job in known_records(resource.facts.jobs))
            named = (value_of(package.name) for package in (*steps, *jobs) if package is not None)
            yield from (name for name in named if name)


def _stands_here(name: str, here: set[str]) -> bool:
    """Whether `owner/repository/path` leads to an action of this tree; names of workflows are too common to tell."""
    path = "/".join(name.split("/")[2:])
    return bool(path) and not here.isdisjoint((f"{path}/action.yml", f"{path}/action.yaml"))


def _marked(resource: Resource, owner: str) -> Resource:
    facts = resource.facts
    if isinstance(facts, Tool) and facts.package is not None and _publishes(owner, facts.package):
        return replace(resource, facts=replace(facts, package=as_own(facts.package)))
    if isinstance(facts, Agent):
        return replace(resource, facts=_agent(facts, owner))
    if not isinstance(facts, Workflow):
        return resource
    jobs, includes = facts.jobs, facts.includes
    if not isinstance(jobs, Unknown):
        jobs = tuple(one if isinstance(one, Unknown) else _job(one, owner) for one in jobs)
    if not isinstance(includes, Unknown):
        includes = tuple(one if isinstance(one, Unknown) else _included(one, owner) for one in includes)
    facts = replace(facts, jobs=jobs, includes=includes)
    if facts.fetched_variables and not isinstance(facts.fetched_variables, Unknown):
        fetched = tuple(one if isinstance(one, Unknown) else _fetched(one, owner) for one in facts.fetched_variables)
        facts = replace(facts, fetched_variables=fetched)
    resource = replace(resource, facts=facts)
    return with_steps(resource, lambda step: _step(step, owner))


def _agent(agent: Agent, owner: str) -> Agent:
    if not isinstance(agent.commands, Unknown):
        commands = tuple(one if isinstance(one, Unknown) else _command(one, owner) for one in agent.commands)
        agent = replace(agent, commands=commands)
    if not isinstance(agent.plugins, Unknown):
        plugins = tuple(one if isinstance(one, Unknown) else _plugin(one, owner) for one in agent.plugins)
        agent = replace(agent, plugins=plugins)
    return agent


def _plugin(plugin: Plugin, owner: str) -> Plugin:
    """A plug-in from a repository of the owner's, marked as own."""
    account, _, name = (value_of(plugin.source) or "").removeprefix("npm:@").partition("/")
    account = account.lower()
    if not name or not (is_account_of(owner, account) or _shares_stem(owner, account)):
        return plugin
    return replace(plugin, own=Known(value=True, at=plugin.at))


def _shares_stem(owner: str, account: str) -> bool:
    """Whether one of two accounts continues the other's name: what an author calls an account beside the first."""
    shorter, longer = sorted((_plain(name).rstrip("0123456789") for name in (owner, account)), key=len)
    return len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter) and shorter not in _ANYBODYS


def _command(command: ConfiguredCommand, owner: str) -> ConfiguredCommand:
    package = command.package
    if package is None or not _publishes(owner, package):
        return command
    return replace(command, package=replace(package, own=Known(value=True, at=package.at)))


def _job(job: Job, owner: str) -> Job:
    return replace(job, called=_package(job.called, owner)) if job.called is not None else job


def _step(step: Step, owner: str) -> Step:
    package = step.runs_package
    if package is not None and _publishes(owner, package):
        step = replace(step, runs_package=as_own(package))
    return replace(step, action=_package(step.action, owner)) if step.action is not None else step


def _included(package: Package, owner: str) -> Package:
    """An included file of the owner, by its project or by the address of a platform that has the owner in the path."""
    name = value_of(package.name) or ""
    host, _, path = name.removeprefix("https://").partition("/")
    is_address = name.startswith("https://")
    if (path if is_address else name).split("/", 1)[0].lower() != owner or (is_address and host not in _PLATFORMS):
        return package
    return replace(package, first_party=Known(value=True, at=package.at))


def _fetched(text: FetchedVariables, owner: str) -> FetchedVariables:
    """A fetched text, marked as own where the address of a platform has the owner in its path."""
    host, _, path = (value_of(text.address) or "").partition("://")[2].partition("/")
    parts = path.lower().removeprefix("repos/").split("/")
    is_own = host in _PLATFORMS | {"api.github.com"} and parts[0] == owner
    return replace(text, own=Known(value=True, at=text.at)) if is_own else text


def _package(package: Package | None, owner: str) -> Package | None:
    name = value_of(package.name) if package is not None else None
    if package is None or name is None:
        return package
    of_image = value_of(package.ecosystem) == "oci" and _publishes(owner, package)
    account = name.split("/", 1)[0].lower()
    if not (of_image or is_account_of(owner, account) or _continues(owner, account)):
        return package
    return replace(package, first_party=Known(value=True, at=package.at))


def _continues(owner: str, account: str) -> bool:
    """Whether one of two accounts is the other's name with a word behind a hyphen (mongodb, mongodb-js)."""
    shorter, longer = sorted((owner, account), key=len)
    word = longer.removeprefix(f"{shorter}-")
    return len(shorter) >= _SHORTEST_STEM and word not in (longer, "actions") and shorter not in _ANYBODYS


def _publishes(owner: str, package: Package) -> bool:
    """Whether the scope, the registry's account or the account of the code host is the owner's."""
    name = (value_of(package.name) or "").lower().rpartition("://")[2].removeprefix("git@")
    if name.startswith("@"):
        return is_account_of(owner, name[1:].partition("/")[0])
    if value_of(package.ecosystem) == "pypi":
        return name.startswith(f"{owner}.")
    first, *rest = name.replace(":", "/", 1).split("/")
    if "." in first:
        return first in _NAMESPACED and len(rest) > 1 and is_account_of(owner, rest[0])
    return value_of(package.ecosystem) == "oci" and bool(rest) and is_account_of(owner, first)


def _plain(account: str) -> str:
    plain = account.replace("-", "").replace("_", "").replace(".", "")
    return plain.removeprefix("the") if len(plain) >= len("the") + _SHORTEST_COMPANY else plain


def is_account_of(owner: str, account: str) -> bool:
    """Whether an account bears the owner's name, or the name with a word for a further account behind it."""
    plain, company = _plain(account), _plain(owner)
    if plain == company:
        return True
    longer, shorter = sorted((plain, company), key=len, reverse=True)
    further = longer.removeprefix(shorter)
    return len(shorter) >= _SHORTEST_COMPANY and further != longer and further in _FURTHER_ACCOUNTS
