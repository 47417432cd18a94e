"""Pi's settings become one agent: the packages that it fetches and runs as it starts, and what it puts before commands.

A package of a project's `packages` that is missing is installed as Pi starts there, at its newest version unless one is
named, and its extensions run with everything that the person may do. What people install for themselves is not told.
`npm:name@version` and `git:host/path@ref` name one; other texts are paths. With `"extensions": []` nothing of it runs.
Pi asks before no command: that is the product, no setting, and not told here. Extensions keep keys of their own in the
file, which mean nothing to Pi.
Source: npm @earendil-works/pi-coding-agent 0.74.2, docs/settings.md and docs/packages.md, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.claude.commands import describe_command, read_command
from nhilint.formats.node import Node
from nhilint.knowledge.tools import read_spec
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import ConfiguredCommand
from nhilint.model.vocabulary.tool import Package
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.knowledge.tools import Package as Spec
    from nhilint.source.document import Document

_STARTS = "start"
_SHORT_ADDRESS = Deferred(r"git:(?:git@)?([\w.-]+)[:/](.+)")
_ADDRESS = Deferred(r"(?:https?|ssh|git)://")
_RELEASE = Deferred(r"v?\d+\.\d+[\w.+-]*")
_MOST = 300
_TIGHTNESS = ("none", "range", "tag", "unknown", "exact", "digest", "local")


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent; a file that is no mapping is none."""
    root = Node.root(document)
    if not root.is_mapping:
        return Extraction(recognised=False)
    project = root.path.endswith(".pi/settings.json")
    agent = replace(session(root, "pi"), commands=tuple(_commands(root, installs=project)))
    return Extraction((Resource("agent", root.path, claim.format, agent),))


def _commands(root: Node, *, installs: bool) -> Iterator[ConfiguredCommand]:
    if installs:
        yield from _one_for_each_publisher(root["packages"])
    prefix = read_command("shellCommandPrefix", root["shellCommandPrefix"])
    if prefix is not None:
        yield prefix.record
    words = [word.value for word in list(root["npmCommand"].items())[:_MOST] if isinstance(word.value, str)]
    if words:
        yield describe_command("npmCommand", words[0], root["npmCommand"].at, words[1:]).record


def _one_for_each_publisher(packages: Node) -> Iterator[ConfiguredCommand]:
    """Whom one trusts is decided by publisher: the loosest package of a scope or account stands for the others.
    Packages without a scope are told once."""
    loosest: dict[str, tuple[int, ConfiguredCommand]] = {}
    for item in list(packages.items())[:_MOST]:
        node = item["source"] if item.is_mapping else item
        found = _spec(node.value.strip()) if node.is_text and not _brings_no_code(item) else None
        if found is None:
            continue
        first = found.name.split("/")[:-1]
        publisher, tightness = "/".join(first), _TIGHTNESS.index(found.pin)
        if publisher not in loosest or tightness < loosest[publisher][0]:
            loosest[publisher] = tightness, _install(node, found)
    yield from (command for _, command in loosest.values())


def _brings_no_code(item: Node) -> bool:
    """Whether the entry leaves out every extension. Patterns that only take some away leave others."""
    chosen = item["extensions"]
    return chosen.is_list and not chosen.value


def _spec(source: str) -> Spec | None:
    """The package that an entry names; None for a path of the project."""
    if source.startswith("npm:"):
        return read_spec("npm", source.removeprefix("npm:"))
    if not source.startswith("git:") and not _ADDRESS.match(source):
        return None
    found = read_spec("git", _address(source))
    released = found.pin == "tag" and _RELEASE.fullmatch(found.version or "") is not None
    return replace(found, pin="exact") if released else found


def _install(node: Node, found: Spec) -> ConfiguredCommand:
    at = node.at
    return ConfiguredCommand(
        at=at,
        event=Known(_STARTS, at),
        command=Known(f"pi install {node.value.strip()[:200]}", at),
        local=Known(value=False, at=at),
        package=Package(
            at=at,
            ecosystem=Known(found.ecosystem, at),
            name=Known(found.name, at),
            version=Known(found.version, at) if found.version else None,
            pin=Unknown("filled in later", at) if found.pin == "unknown" else Known(found.pin, at),
        ),
    )


def _address(source: str) -> str:
    """The short form of a repository as an address that every reader takes."""
    short = _SHORT_ADDRESS.fullmatch(source)
    if short is None or _ADDRESS.match(source.removeprefix("git:")):
        return f"git+{source.removeprefix('git:')}"
    return f"git+https://{short[1]}/{short[2]}"
