"""What a host path opens."""

from __future__ import annotations

import pytest

from nhilint.formats.mcp.paths import path_reach

REACH = {
    "/": "root",
    "C:\\": "root",
    "~": "home",
    "$HOME": "home",
    "${HOME}/": "home",
    "${userHome}": "home",
    "/home/ada": "home",
    "/Users/ada/": "home",
    "/home": "home",
    "C:\\Users\\ada": "home",
    "~/projects/shop": "outside",
    "/Users/ada/projects": "outside",
    "/srv/data": "outside",
    "${workspaceFolder}/..": "outside",
    "../other": "outside",
    "~/.ssh": "credentials",
    "${HOME}/.aws": "credentials",
    "/home/dev/.kube/config": "credentials",
    "~/.config/gcloud": "credentials",
    "C:\\Users\\ada\\.aws": "credentials",
    "~/.claude": "credentials",
    "C:\\Users\\ada\\.claude\\": "credentials",
    "/Users/ada/.codex/**": "credentials",
    "${HOME}/.gemini/oauth_creds.json": "credentials",
    "~/.claude/skills": "outside",
    "~/.claude-notes": "outside",
    "${workspaceFolder}/.claude": "project",
    "/var/run/docker.sock": "docker_socket",
    "${XDG_RUNTIME_DIR}/podman/podman.sock": "docker_socket",
    "${workspaceFolder}": "project",
    "$PWD/data": "project",
    ".": "project",
    "data": "project",
    "${DATA_DIR}": None,
    "{{ folder }}": None,
    "<path>": None,
}


@pytest.mark.parametrize(("path", "reach"), REACH.items())
def test_reach(path, reach):
    assert path_reach(path) == reach
