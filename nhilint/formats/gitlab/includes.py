"""`include` becomes the packages whose configuration is merged into the pipeline, with how firmly each is fixed.

A remote file is fixed by `integrity`, or by a commit in its address. A file of another project and a component are
fixed by a commit; a full version of a component is one that its owner may move. Without `ref` the default branch
counts. A component comes from the server that runs the pipeline, which only on gitlab.com holds strangers' projects.
`local` files are the project's own (`nhilint.link.gitlab` merges them in), `template` ones are GitLab's.
Source: https://docs.gitlab.com/ci/yaml/includes/, https://docs.gitlab.com/ci/yaml/ (include:integrity) and
https://docs.gitlab.com/ci/components/ (versions), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.tool import Package
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.node import Node

Pin = Literal["none", "range", "tag", "exact", "digest", "local"]

PIPELINE = "gitlab-pipeline"
"""The format of pipelines, and of parts under names that tell."""
_COMMIT = Deferred(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_WHOLE = Deferred(r"v?\d+\.\d+\.\d+(?:[-+.][\w.-]+)?")
_PART = Deferred(r"v?\d+(?:\.\d+)?")
_PUBLIC = "gitlab.com"
_GITLABS_OWN = "components/"
_MOST = 200
_WILD = Deferred(r"(\*\*|\*)")


def includes_of(root: Node) -> Iterator[Package]:
    """Every configuration of another place that a file includes."""
    for count, item in enumerate(root["include"].items()):
        if count >= _MOST:
            return
        if item.is_text and item.value.startswith(("http://", "https://")):
            yield _remote(item, None)
        elif item["remote"].is_text:
            yield _remote(item["remote"], item["integrity"])
        elif item["component"].is_text:
            yield _component(item["component"])
        elif item["project"].is_text:
            yield _project(item["project"], item["ref"])


def local_includes(root: Node) -> Fact[tuple[str, ...]]:
    """The files of the same repository that are merged in, as written; None where there are none."""
    names: list[str] = []
    for item in list(root["include"].items())[:_MOST]:
        node = item if item.is_text else item["local"]
        if node.is_text and not node.value.startswith(("http://", "https://")) and "$" not in node.value:
            names.append(node.value)
    return Known(tuple(names), root["include"].at) if names else None


def included_by(name: str, paths: Iterable[str]) -> Iterator[str]:
    """The files that an include names: `*` stands for a part of one name, `**` for folders too."""
    path = name.lstrip("/")
    if "*" not in path:
        yield from (one for one in paths if one == path)
        return
    meaning = {"**": ".*", "*": "[^/]*"}
    pattern = re.compile("".join(meaning.get(part, re.escape(part)) for part in _WILD.split(path)[:9]) + r"\Z")
    yield from (one for one in paths if pattern.match(one))


def _remote(node: Node, integrity: Node | None) -> Package:
    address = node.value.split("?", 1)[0]
    fixed = _COMMIT.search(address)
    pin: Pin = "digest" if integrity is not None and integrity.is_text else "exact" if fixed else "none"
    version = fixed[0] if fixed else None
    if pin == "none" and "$" in address:
        unsaid = Unknown("an address that holds a variable", node.at)
        return _package(node, "url", address, None, unsaid, first_party=unsaid)
    return _package(node, "url", address, version, Known(pin, node.at), first_party=Known(value=False, at=node.at))


def _component(node: Node) -> Package:
    path, at_sign, version = node.value.rpartition("@")
    if not at_sign:
        path, version = node.value, ""
    place, _, rest = path.partition("/")
    first: Fact[bool] = Unknown("up to the server that runs the pipeline", node.at)
    if place == _PUBLIC or rest.startswith(_GITLABS_OWN):
        first = Known(rest.startswith(_GITLABS_OWN), node.at)
    if "$" in version:
        return _package(node, "gitlab", rest or path, None, Unknown("a variable", node.at), first_party=first)
    return _package(node, "gitlab", rest or path, version or None, Known(_pin(version), node.at), first_party=first)


def _project(node: Node, ref: Node) -> Package:
    """A file of another project of the same server, which is mostly the same organisation's."""
    first = Unknown("up to the server that runs the pipeline", node.at)
    if not ref.exists:
        return _package(node, "gitlab", node.value, None, Known("none", node.at), first_party=first)
    version = ref.value if ref.is_text and "$" not in ref.value else None
    pin: Fact[Pin] = Known(_pin(version), ref.at) if version is not None else Unknown("a variable", ref.at)
    return _package(node, "gitlab", node.value, version, pin, first_party=first)


def _pin(version: str) -> Pin:
    if _COMMIT.fullmatch(version):
        return "digest"
    if _WHOLE.fullmatch(version):
        return "tag"
    return "range" if version == "~latest" or _PART.fullmatch(version) else "none"


def _package(
    node: Node, ecosystem: str, name: str, version: str | None, pin: Fact[Pin], *, first_party: Fact[bool]
) -> Package:
    at = node.at
    return Package(
        at=at,
        ecosystem=Known(ecosystem, at),
        name=Known(name, at),
        version=Known(version, at) if version else None,
        pin=pin,
        first_party=first_party,
    )
