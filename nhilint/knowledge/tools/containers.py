"""Reads `docker run` and its relatives: which image runs, and what of the host the container is given.

Grammar: docs.docker.com, `docker container run` and podman-run(1). An image that is only a base (node, python, alpine,
uv, …) is looked through when its arguments name a runner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nhilint.knowledge.tools.draft import Found
from nhilint.knowledge.tools.launch import DockerOptions, Mount, MountKind, Package
from nhilint.knowledge.tools.options import part_options
from nhilint.knowledge.tools.package_spec import read_spec
from nhilint.knowledge.tools.runner_table import runner_table
from nhilint.knowledge.tools.words import Word, program_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.draft import Draft
    from nhilint.knowledge.tools.options import Option
    from nhilint.knowledge.tools.runner_table import Runner

_SOCKETS = ("docker.sock", "podman.sock", "containerd.sock", "crio.sock", "docker_engine")
_SCHEMES = {"npx": "npm", "uvx": "pypi", "go": "go"}


def read_container(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | None:
    """`docker run`. Answers with the words after a base image when they start something themselves."""
    parted = part_options(words, runner)
    noted = _Noted(draft)
    for option in parted.options:
        noted.take(option, runner.role_of(option.name))
    draft.image_options = noted.options()
    if not parted.rest:
        draft.unknown = "docker run is given no image"
        return None
    image, rest = parted.rest[0], list(parted.rest[1:])
    package = replace(read_spec("oci", image.text), words=(image.at, image.at + 1))
    if noted.entrypoint is not None:
        rest.insert(0, noted.entrypoint)
    if rest and program_name(rest[0].text) in runner_table().by_command:
        draft.fallback = Found(package, rest)
        return rest
    draft.found = Found(package, rest)
    return None


def read_container_exec(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | None:
    """A command inside a container that exists already: docker exec, docker compose run, kubectl exec."""
    parted = part_options(words, runner)
    for option in parted.options:
        if runner.role_of(option.name) == "env" and option.value:
            draft.note_assignment(option.value, option.at)
    draft.wrappers.append(runner.id)
    dashes = next((index for index, word in enumerate(parted.rest) if word.text == "--"), None)
    rest = parted.rest[dashes + 1 :] if runner.until_dashes and dashes is not None else parted.rest[1:]
    if not parted.rest or not rest:
        draft.unknown = "it runs in a container whose image is not named here"
        return None
    return rest


def read_gateway(runner: Runner, words: Sequence[Word], draft: Draft) -> None:
    """`docker mcp gateway run`: the servers behind it stand in Docker's catalogue."""
    at = words[0].at if words else 0
    draft.wrappers.append(runner.id)
    draft.find(Package("docker-mcp", "gateway", None, "unknown"), words, Word("gateway", max(at - 1, 0)))


def read_toolhive(runner: Runner, words: Sequence[Word], draft: Draft) -> None:
    """`thv run`: a name of ToolHive's registry, an image, or a package behind npx://, uvx:// or go://."""
    parted = part_options(words, runner)
    for option in parted.options:
        if runner.role_of(option.name) == "env" and option.value:
            draft.note_assignment(option.value, option.at)
    draft.wrappers.append(runner.id)
    if not parted.rest:
        draft.unknown = "thv run is given no server"
        return
    first = parted.rest[0]
    scheme, mark, rest = first.text.partition("://")
    if mark and scheme in _SCHEMES:
        package = read_spec(_SCHEMES[scheme], rest)
    elif "/" in first.text or ":" in first.text:
        package = read_spec("oci", first.text)
    else:
        package = Package("toolhive", first.text, None, "none")
    draft.find(package, parted.rest[1:], first)


class _Noted(Struct):
    """What the options of `docker run` say."""

    draft: Draft
    entrypoint: Word | None = None
    flags: set[str] = field(default_factory=set)
    mounts: list[Mount] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unconfined: list[str] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    def take(self, option: Option, role: str | None) -> None:
        value = option.value
        if role is None or value is None:
            if value is None or value.lower() == "true":
                self.flags.add(option.name)
            return
        if role == "env":
            self.draft.note_assignment(value, option.at)
        elif role == "env_file":
            self.draft.env_files.append(value)
        elif role == "entrypoint":
            self.entrypoint = Word(value, option.at)
        else:
            self._take_reach(role, value, option.at)

    def _take_reach(self, role: str, value: str, at: int) -> None:
        if role == "volume":
            self.mounts.append(read_volume(value, at))
        elif role == "mount":
            self.mounts.append(read_mount(value, at))
        elif role == "cap_add":
            self.added.append(value.upper().removeprefix("CAP_"))
        elif role == "cap_drop":
            self.dropped.append(value.upper().removeprefix("CAP_"))
        elif role == "device":
            self.devices.append(value.split(":", 1)[0])
        elif role == "security" and ("unconfined" in value or value.endswith("disable")):
            self.unconfined.append(value)
        else:
            self.named[role] = value

    def options(self) -> DockerOptions:
        named = self.named.get
        return DockerOptions(
            privileged="--privileged" in self.flags,
            host_network=named("network") == "host",
            host_pid=named("pid") == "host",
            host_ipc=named("ipc") == "host",
            docker_socket="--use-api-socket" in self.flags or any(is_engine_socket(m.source) for m in self.mounts),
            read_only_root="--read-only" in self.flags,
            mounts=tuple(self.mounts),
            capabilities_added=tuple(self.added),
            capabilities_dropped=tuple(self.dropped),
            unconfined=tuple(self.unconfined),
            devices=tuple(self.devices),
            user=named("user"),
            network=named("network"),
        )


def is_engine_socket(path: str) -> bool:
    """Whether a host path is the control socket of a container engine, which is root on the host."""
    return path.replace("\\", "/").rstrip("/").endswith(_SOCKETS)


def read_volume(text: str, at: int) -> Mount:
    """`source:target[:options]`; a single part is an anonymous volume. A Windows drive keeps its colon."""
    drive, text = (text[:2], text[2:]) if text[1:3] in {":\\", ":/"} else ("", text)
    source, _, rest = text.partition(":")
    target, _, options = rest.partition(":")
    if not rest:
        return Mount("", drive + source, read_only=False, at=at, kind="volume")
    kind: MountKind = "bind" if drive or source.startswith(("/", ".", "~", "$", "\\", "%", "<", "{")) else "volume"
    return Mount(drive + source, target, read_only="ro" in options.split(","), at=at, kind=kind)


def read_mount(text: str, at: int) -> Mount:
    """`type=bind,source=…,target=…,readonly` (docs.docker.com, bind mounts)."""
    fields: dict[str, str] = {}
    for part in text.split(","):
        key, equals, value = part.partition("=")
        fields[key.strip().lower()] = value if equals else "true"
    source = fields.get("source") or fields.get("src") or ""
    target = fields.get("target") or fields.get("dst") or fields.get("destination") or ""
    read_only = any(fields.get(key, "false").lower() in {"true", "1"} for key in ("readonly", "ro"))
    kinds: dict[str, MountKind] = {"bind": "bind", "tmpfs": "tmpfs"}
    return Mount(source, target, read_only, at, kinds.get(fields.get("type", "volume"), "volume"))
