"""What a command line really starts: the values that `unwrap` hands out.

All of them point back into the argument vector: index 0 is the command, 1 the first argument. A word that stands inside
a nested text (`sh -c "npx x"`) carries the index of the word that holds the text. Environment values, header values and
addresses are handed on as written, so they may hold secrets: judge them, never print or store them.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Pin = Literal["none", "range", "tag", "exact", "digest", "local", "unknown"]
MountKind = Literal["bind", "volume", "tmpfs"]


class Package(Struct, frozen=True):
    """A package, image, repository, script or installed program.

    `ecosystem` is npm, pypi, oci, go, crates, nuget, maven, nix, brew, jsr, git, url, smithery, toolhive, docker-mcp or
    local (a script of the project, or a program that must already be installed). `name` has no version and no
    credentials. `pin` says how firmly the version is fixed: none, tag and range move; exact and digest do not; local is
    whatever is installed or checked out; unknown holds a variable. `words` is a half-open range of argument indices.
    """

    ecosystem: str
    name: str
    version: str | None
    pin: Pin
    registry: str | None = None
    words: tuple[int, int] = (0, 1)


class Mount(Struct, frozen=True):
    """A part of the host given to a container. `at` is the argument that says so."""

    source: str
    target: str
    read_only: bool
    at: int
    kind: MountKind = "bind"


class DockerOptions(Struct, frozen=True):
    """The options of `docker run` that widen or narrow what the container may do to its host.

    `unconfined` lists the `--security-opt` values that switch a protection off, `devices` the host devices it is given.
    `user` and `network` are None when the command line does not say.
    """

    privileged: bool = False
    host_network: bool = False
    host_pid: bool = False
    host_ipc: bool = False
    docker_socket: bool = False
    read_only_root: bool = False
    mounts: tuple[Mount, ...] = ()
    capabilities_added: tuple[str, ...] = ()
    capabilities_dropped: tuple[str, ...] = ()
    unconfined: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    user: str | None = None
    network: str | None = None


class ShellUse(Struct, frozen=True):
    """Code that stands in the command line itself.

    `inline` is that code, None when it is hidden or comes from somewhere else. `pipes_download_to_shell`: fetched code
    runs at once (curl … | sh, sh -c "$(curl …)", iex (irm …)). `encoded`: the code is hidden by an encoding.
    """

    interpreter: str
    inline: str | None = None
    pipes_download_to_shell: bool = False
    encoded: bool = False
    at: int = 0


class Launch(Struct, frozen=True):
    """What one command line starts, once runners and wrappers are taken away.

    `package` is the program to judge; `extra_packages` run with it or start it (uv run --with X, npx -p X, a bridge).
    `remote_url` is the server a bridge connects to, with `headers` (name, value, index) it sends. `environment` holds
    (NAME, value, index) set in the command line, `env_passed` the names a container is handed from outside, `env_files`
    files of variables. `elevated`: runs as another user by sudo or the like. `secret_injector`: the tool that fetches
    secrets from a store (op, doppler, …). `remote_host`: where ssh runs it. `wrappers` are the ids of what was taken
    away, outermost first. `arguments` is what the program itself gets and `arguments_at` the index of the first one.
    `unknown` says, as a clause, why it cannot be told; it is None exactly when package, shell or remote_url is known.
    """

    package: Package | None = None
    extra_packages: tuple[Package, ...] = ()
    remote_url: str | None = None
    remote_url_at: int | None = None
    headers: tuple[tuple[str, str, int], ...] = ()
    image_options: DockerOptions | None = None
    shell: ShellUse | None = None
    environment: tuple[tuple[str, str, int], ...] = ()
    env_passed: tuple[str, ...] = ()
    env_files: tuple[str, ...] = ()
    elevated: bool = False
    secret_injector: str | None = None
    remote_host: str | None = None
    wrappers: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    arguments_at: int = 1
    unknown: str | None = None
