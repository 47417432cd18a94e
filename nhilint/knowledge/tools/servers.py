"""What is known of an MCP server, by the package, image or address that a configuration names.

A package, image or address is sure; the key of the configuration entry alone is weak, and since several servers share
such names the union of what they can do is given. Switches that are set narrow the answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.hosts import host_of
from nhilint.knowledge.tools.capabilities import Capability, Confidence, Source, ToolKnowledge, union_of
from nhilint.knowledge.tools.records import ToolRecord, find_records
from nhilint.knowledge.tools.switches import Setting, applies, switches_of
from nhilint.knowledge.tools.words import is_script
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhilint.knowledge.tools.launch import Package

_REGISTRIES = Deferred(r"^(?:(?:index\.|registry-1\.)?docker\.io/(?:library/)?)")
_AFFIXES = Deferred(r"^mcp-(?:server-)?|-mcp(?:-server)?$|-server$")
_LONGEST_HOST = 300
_REACHING_OUT = frozenset({"web", "browser"})


def look_up_server(
    *,
    package: Package | None = None,
    url: str | None = None,
    image: str | None = None,
    name: str | None = None,
    arguments: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ToolKnowledge | None:
    """What is known of a server, None when nothing is.

    `url`, `image` and `package` are tried in this order, `name` (the key of the configuration entry) only when none of
    them is known. `arguments` are those of the server itself (`Launch.arguments`), `environment` and `headers` what the
    entry sets.
    """
    setting = Setting(arguments, environment or {}, headers or {}, url or "")
    for records, confidence in _candidates(package, url, image, name):
        if records:
            identity = " or ".join(record.id for record in records)
            return union_of([_know(record, confidence, setting) for record in records], identity)
    return None


def _candidates(
    package: Package | None, url: str | None, image: str | None, name: str | None
) -> Iterable[tuple[tuple[ToolRecord, ...], Confidence]]:
    if url:
        yield _by_url(url), "sure"
    if image:
        yield _by_image(image), "sure"
    if package is not None:
        yield _by_package(package)
    if name:
        yield _by_name(name), "weak"


def _by_package(package: Package) -> tuple[tuple[ToolRecord, ...], Confidence]:
    if package.ecosystem == "oci":
        return _by_image(package.name), "sure"
    if package.ecosystem == "local":
        return _by_program(package.name), "likely"
    # A Python module that is installed somehow is only probably the package of that name.
    confidence: Confidence = "likely" if package.pin == "local" and package.ecosystem == "pypi" else "sure"
    return find_records("servers", package.ecosystem, _normal(package.ecosystem, package.name)), confidence


def _by_program(program: str) -> tuple[ToolRecord, ...]:
    """An installed program that has the name of a package."""
    name = re.split(r"[/\\]", program)[-1].lower().removesuffix(".exe")
    if " " in program or (is_script(program) and "." in name):
        return ()
    return find_records("servers", "pypi", _normal("pypi", name)) or find_records("servers", "npm", name)


def _by_image(image: str) -> tuple[ToolRecord, ...]:
    name = image.partition("@")[0]
    colon = name.find(":", name.rfind("/") + 1)
    return find_records("servers", "image", _REGISTRIES.sub("", (name[:colon] if colon > 0 else name).lower()))


def _by_url(url: str) -> tuple[ToolRecord, ...]:
    """The longest known prefix of host and path; then the same below a wildcard for the host's first labels."""
    rest = url.partition("://")[2] if "://" in url else url
    path = [segment for segment in re.split(r"[?#]", rest, maxsplit=1)[0].split("/")[1:6] if segment]
    host = host_of(url)
    authority = rest.partition("/")[0].rpartition("@")[2].lower()
    if len(authority) > _LONGEST_HOST:
        return ()
    labels = host.split(".")
    hosts = [authority, host, *(f"*.{'.'.join(labels[start:])}" for start in range(1, len(labels) - 1))]
    for candidate in dict.fromkeys(hosts):
        for length in range(len(path), -1, -1):
            found = find_records("servers", "url", "/".join([candidate, *path[:length]]).lower())
            if found:
                return found
    return ()


def _by_name(name: str) -> tuple[ToolRecord, ...]:
    plain = re.sub(r"[\s_]+", "-", name.strip()).lower()
    return find_records("servers", "name", plain) or find_records("servers", "name", _AFFIXES.sub("", plain))


def _normal(ecosystem: str, name: str) -> str:
    """The form in which the index keeps names; PEP 503 for PyPI."""
    return re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "pypi" else name.lower()


def _know(record: ToolRecord, confidence: Confidence, setting: Setting) -> ToolKnowledge:
    """One record, narrowed by the switches that are set."""
    source: Source = "known" if record.verified and record.by_hand and confidence != "weak" else "inferred"
    held = list(record.capabilities)
    undecided = sends_nothing = False
    for narrowing in record.narrowings:
        in_force = applies(narrowing, setting)
        undecided = undecided or in_force is None
        if in_force:
            dropped, sends_nothing = narrowing.drops, sends_nothing or narrowing.sends_nothing
            held = [pair for pair in held if not (narrowing.leaves_read and not pair.endswith(":read"))]
            held = [pair for pair in held if pair not in dropped and pair.partition(":")[0] not in dropped]
    read_only = all(pair.endswith(":read") for pair in held)
    knowledge = ToolKnowledge(
        id=record.id,
        publisher=record.publisher,
        official=record.official,
        verified=record.verified,
        capabilities=tuple(Capability.read_pair(pair, source) for pair in held),
        reads_untrusted=record.reads_untrusted,
        egress=record.egress,
        private_data=record.private_data,
        read_only=None if undecided and not read_only else read_only,
        read_only_mode=switches_of(record),
        narrower=record.narrower,
        credentials=record.credentials,
        remote_oauth=record.remote_oauth,
        confidence=confidence,
        source=record.source,
    )
    narrowed = len(held) < len(record.capabilities)
    stays_here = read_only and not any(knowledge.can(category) for category in _REACHING_OUT)
    if sends_nothing or (narrowed and stays_here):
        return replace(knowledge, egress=False)
    return knowledge
