"""A file of Docker Compose becomes the credentials in clear of its services, secrets and configs.

Read: `environment` and `build.args` (mappings and lists of `NAME=value`), `command` and `entrypoint`, `content` of
secrets and configs, and the fragments under `x-…` that services merge. Only a provider's shape counts, also as a
default (`${TOKEN:-…}`): passwords and keys that the services of one file share are made for its network and open
nothing else, however random they are, and so is a token without a provider in a program's own section
(`GITEA__security__…`).
Source (names from a survey, page not re-read): docs.docker.com/reference/compose-file/services.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.command_secrets import secrets_of_command
from nhilint.formats.settings_files.written import credentials_of
from nhilint.formats.written_secrets.leaf import Leaf
from nhilint.model.fact import value_of
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Pointer
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_MOST = 2_000
_ASSIGNMENT = Deferred(r"([A-Za-z_][\w.-]{0,120})=")
_OWN_SECTION = "__"


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials of a file that has services; others are none of Compose."""
    root = document.value
    if not isinstance(root, dict) or not isinstance(root.get("services"), dict):
        return Extraction(recognised=False)
    leaves = islice(_leaves(root, document.path), _MOST)
    found = list(credentials_of(leaves, document.text, claim.format, is_real=lambda _: False))
    for service, pointer in _services(root):
        found.extend(_of_commands(service, pointer, document.path, claim.format))
    return Extraction(tuple(one for one in found if not _is_internal(one)))


def _is_internal(resource: Resource) -> bool:
    """Whether a token that names no provider configures the very program that issued it."""
    is_unnamed = getattr(resource.facts, "provider", None) is None
    return is_unnamed and _OWN_SECTION in resource.name


def _services(root: dict[str, Value]) -> Iterator[tuple[dict[str, Value], Pointer]]:
    services = root.get("services")
    for name, service in services.items() if isinstance(services, dict) else ():
        if isinstance(service, dict):
            yield service, ("services", name)


def _leaves(root: dict[str, Value], path: str) -> Iterator[Leaf]:
    for service, pointer in _services(root):
        yield from _variables(service.get("environment"), (*pointer, "environment"), path)
        build = service.get("build")
        if isinstance(build, dict):
            yield from _variables(build.get("args"), (*pointer, "build", "args"), path)
    for part in ("secrets", "configs"):
        held = root.get(part)
        for name, one in held.items() if isinstance(held, dict) else ():
            content = one.get("content") if isinstance(one, dict) else None
            if isinstance(content, str):
                yield Leaf(name, content, Place(path, (part, name, "content")), sensitive=part == "secrets")
    for key, fragment in root.items():
        if key.startswith("x-"):
            yield from _variables(fragment, (key,), path)
            if isinstance(fragment, dict):
                yield from _variables(fragment.get("environment"), (key, "environment"), path)


def _variables(value: Value, pointer: Pointer, path: str) -> Iterator[Leaf]:
    """The variables of a mapping, or of a list of `NAME=value`."""
    if isinstance(value, dict):
        for name, text in value.items():
            if isinstance(text, str) and isinstance(name, str):
                yield Leaf(name, text, Place(path, (*pointer, name)))
    for index, line in enumerate(value) if isinstance(value, list) else ():
        match = _ASSIGNMENT.match(line) if isinstance(line, str) else None
        if match is not None and isinstance(line, str):
            yield Leaf(match[1], line[match.end() :], Place(path, (*pointer, index)), start=match.end())


def _of_commands(service: dict[str, Value], pointer: Pointer, path: str, format_id: str) -> Iterator[Resource]:
    """Credentials of a provider's shape in what a service runs."""
    for key in ("command", "entrypoint"):
        stated = service.get(key)
        parts = [(stated, (*pointer, key))] if isinstance(stated, str) else []
        if isinstance(stated, list):
            parts = [(one, (*pointer, key, index)) for index, one in enumerate(stated[:_MOST]) if isinstance(one, str)]
        for text, at in parts:
            found = secrets_of_command(text, Place(path, at), key)[0] if "${" not in text else ()
            for credential in filter(lambda one: value_of(one.shaped), found):
                yield Resource("credential", value_of(credential.name) or key, format_id, credential)
