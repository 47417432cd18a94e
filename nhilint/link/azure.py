"""Bicep files become the identities, services and apps that they deploy; a template made from one of them is left out.

Runs before every join that looks at identities. Roles that one principal gets in several files that call each other are
taken together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.azure.bicep import BicepFile
from nhilint.model.resource import Resource
from nhilint.setting import less_real, setting_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPLATE = "arm-template"
_COMPILED = "copied"
"""The setting of a template that a compiler wrote; see `nhilint.formats.azure.arm`."""
_MADE_FROM = {"azuredeploy.json": "main.bicep"}
"""Names under which a template made from another one is usually kept."""
_NEAR = 2
"""Of so many folders that two files share they belong to the same deployment."""
_JUDGED_AT_SOURCE = frozenset({"identity", "resource_policy"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every Bicep file replaced by what it deploys."""
    files = {resource.at.path: resource for resource in resources if isinstance(resource, BicepFile)}
    if not files:
        return tuple(_own(resource) for resource in resources)
    others = (_own(r) for r in resources if not isinstance(r, BicepFile) and not _made_from(r, files))
    return (*others, *_read(files))


def _own(resource: Resource) -> Resource:
    """A compiled template whose source is kept elsewhere is all that can be judged here."""
    if resource.format != _TEMPLATE or resource.setting != _COMPILED or resource.kind not in _JUDGED_AT_SOURCE:
        return resource
    return replace(resource, setting=setting_of(resource.at.path))


def _has_source(path: str, files: dict[str, BicepFile]) -> bool:
    """Whether a Bicep file of the repository may be what a compiled template came from, by name or folders."""
    folders, name = path.split("/")[:_NEAR], path.rpartition("/")[2]
    names = (name.removesuffix(".json") + ".bicep", _MADE_FROM.get(name))
    near = "/".join(folders) + "/" if path.count("/") >= _NEAR else ""
    return any(one.rpartition("/")[2] in names or (near and one.startswith(near)) for one in files)


def _read(files: dict[str, BicepFile]) -> Iterator[Resource]:
    from nhilint.formats.azure.bicep_files import BicepModule, Budget, parameter_files, parameters_in, roots
    from nhilint.formats.azure.graph_resources import apps
    from nhilint.formats.azure.identities import identities
    from nhilint.formats.azure.own_keys import key_keepers
    from nhilint.formats.azure.template import stated_of

    budget, stated = Budget(), parameter_files(files)
    for file in roots(files):  # what a test deploys is a test, wherever the module that it calls lies
        given = parameters_in(stated.get(file.at.path, ()), files, budget)
        deployed = list(BicepModule(file, files, given, file.at.path, budget, 0).resources())
        for name, facts in identities(stated_of(deployed)):
            home = files[facts.at.path]
            yield Resource("identity", name, home.format, facts, less_real(home.setting, file.setting))
        for name, keeper in key_keepers(deployed):
            home = files[keeper.at.path]
            yield Resource("resource_policy", name, home.format, keeper, less_real(home.setting, file.setting))
        for name, app in apps(deployed):
            home = files[app.at.path]
            yield Resource("app", name, home.format, app, less_real(home.setting, file.setting))


def _made_from(resource: Resource, files: dict[str, BicepFile]) -> bool:
    """Whether a template stands beside the Bicep file that it was made from."""
    if resource.format != _TEMPLATE:
        return False
    if resource.setting == _COMPILED and resource.kind in _JUDGED_AT_SOURCE and _has_source(resource.at.path, files):
        return True
    folder, _, name = resource.at.path.rpartition("/")
    source = f"{name.removesuffix('.json')}.bicep"
    prefix = f"{folder}/" if folder else ""
    return f"{prefix}{source}" in files or f"{prefix}{_MADE_FROM.get(name, source)}" in files
