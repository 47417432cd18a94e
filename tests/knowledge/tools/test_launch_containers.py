"""What `docker run` gives to a container, read from its options."""

from __future__ import annotations

import shlex

import pytest

from nhilint.knowledge.tools import DockerOptions, Mount, unwrap
from nhilint.knowledge.tools.containers import is_engine_socket, read_mount, read_volume


def options(line: str) -> DockerOptions:
    command, *args = shlex.split(line)
    found = unwrap(command, args).image_options
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        ("docker run --privileged img", "privileged", True),
        ("docker run --privileged=true img", "privileged", True),
        ("docker run --privileged=false img", "privileged", False),
        ("docker run --network host img", "host_network", True),
        ("docker run --net=host img", "host_network", True),
        ("docker run --network bridge img", "host_network", False),
        ("docker run --pid=host img", "host_pid", True),
        ("docker run --ipc host img", "host_ipc", True),
        ("docker run --read-only img", "read_only_root", True),
        ("docker run -v /var/run/docker.sock:/var/run/docker.sock img", "docker_socket", True),
        ("docker run --use-api-socket img", "docker_socket", True),
        ("docker run -v /var/run/docker.sock.bak:/x img", "docker_socket", False),
        ("docker run --cap-add SYS_ADMIN --cap-add=CAP_NET_RAW img", "capabilities_added", ("SYS_ADMIN", "NET_RAW")),
        ("docker run --cap-drop ALL img", "capabilities_dropped", ("ALL",)),
        ("docker run --security-opt seccomp=unconfined img", "unconfined", ("seccomp=unconfined",)),
        ("docker run --security-opt no-new-privileges=true img", "unconfined", ()),
        ("docker run --device /dev/kvm:/dev/kvm img", "devices", ("/dev/kvm",)),
        ("docker run -itu root img", "user", "root"),
        ("docker run -u1000:1000 img", "user", "1000:1000"),
        ("docker run img", "user", None),
        ("docker run img --privileged", "privileged", False),
    ],
)
def test_options_before_the_image_count(line, field, expected):
    assert getattr(options(line), field) == expected


def test_mounts_keep_their_place_and_mode():
    found = options("docker run -v /a:/b:ro -v data:/data --mount type=bind,src=/c,dst=/d,readonly -v/e:/f img")
    assert found.mounts == (
        Mount("/a", "/b", read_only=True, at=3),
        Mount("data", "/data", read_only=False, at=5, kind="volume"),
        Mount("/c", "/d", read_only=True, at=7),
        Mount("/e", "/f", read_only=False, at=8),
    )


@pytest.mark.parametrize(
    ("text", "source", "target", "read_only", "kind"),
    [
        ("C:\\Users\\me:/work:ro", "C:\\Users\\me", "/work", True, "bind"),
        ("${HOME}/.aws:/home/app/.aws", "${HOME}/.aws", "/home/app/.aws", False, "bind"),
        ("~/.ssh:/home/app/.ssh:ro,z", "~/.ssh", "/home/app/.ssh", True, "bind"),
        ("/only-target", "", "/only-target", False, "volume"),
        ("cache:/cache", "cache", "/cache", False, "volume"),
    ],
)
def test_volume_grammar(text, source, target, read_only, kind):
    assert read_volume(text, 1) == Mount(source, target, read_only, 1, kind)


def test_mount_grammar():
    assert read_mount("type=volume,source=v,target=/t", 2) == Mount("v", "/t", read_only=False, at=2, kind="volume")
    assert read_mount("type=tmpfs,destination=/t", 2) == Mount("", "/t", read_only=False, at=2, kind="tmpfs")
    assert read_mount("type=bind,source=/a,target=/b,readonly=true", 2).read_only
    assert not read_mount("type=bind,source=/a,target=/b,readonly=false", 2).read_only


def test_engine_sockets():
    assert is_engine_socket("/run/user/1000/podman/podman.sock")
    assert is_engine_socket("//./pipe/docker_engine")
    assert not is_engine_socket("/home/me/docker")


def test_an_entrypoint_takes_the_place_of_the_image_command():
    launch = unwrap("docker", ["run", "--entrypoint", "uvx", "python:3.12", "some-mcp"])
    assert launch.package is not None
    assert launch.package.name == "some-mcp"
    assert [package.name for package in launch.extra_packages] == ["python"]
