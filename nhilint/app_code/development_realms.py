"""A realm of Keycloak that a Compose file mounts where Keycloak runs with `start-dev` serves those who develop.

That mode speaks plain HTTP, checks no host name and keeps its data in a file; who opens a realm wide for it opens
nothing that others use. A realm that a Keycloak without that word mounts as well stays what its path says. Sources,
pages not re-read: www.keycloak.org/server/configuration (development mode), www.keycloak.org/server/importExport
(`--import-realm`), docs.docker.com/reference/compose-file/services/#volumes (the short and the long syntax).
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import first_files
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_REALM = "keycloak-realm"
_COMPOSE = Deferred(r"(?:^|/)[^/]{0,80}compose[^/]{0,80}\.ya?ml$")
_KEYCLOAK = re.compile(rb"image:[^\n]{0,200}keycloak|/opt/keycloak/|\bKC_[A-Z]{2,40}\b", re.IGNORECASE)
_FOR_DEVELOPERS = re.compile(rb"(?<![\w-])start-dev(?![\w-])")
_MOUNTED = re.compile(rb"(?:^|\n)[ \t]*(?:-|source:)[ \t]*[\"']?(?:source:[ \t]*[\"']?)?(\.{1,2}/[^:\"'\s#]{0,300})")
_MOST_FILES = 200


def with_development_realms(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; those of realms that only a Keycloak for developers imports, in `tree`, count as a test's."""
    listed = tuple(resources)
    realms = {one.at.path for one in listed if one.format == _REALM and one.setting == "production"}
    developers = _of_developers(realms, tree) if realms else frozenset()
    if not developers:
        return listed
    return tuple(
        replace(one, setting="test") if one.format == _REALM and one.at.path in developers else one for one in listed
    )


def _of_developers(realms: set[str], tree: Tree) -> frozenset[str]:
    mounted: dict[bool, set[str]] = {True: set(), False: set()}
    for path, data in first_files(tree, lambda path: _COMPOSE.search(path) is not None, _MOST_FILES):
        if not _KEYCLOAK.search(data):
            continue
        folders = {normpath(join(dirname(path), found.decode(errors="replace"))) for found in _MOUNTED.findall(data)}
        mounted[_FOR_DEVELOPERS.search(data) is not None].update(
            realm for realm in realms if any(realm == folder or realm.startswith(f"{folder}/") for folder in folders)
        )
    return frozenset(mounted[True] - mounted[False])
