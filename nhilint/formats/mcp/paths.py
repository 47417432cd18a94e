"""What a path on the host opens: everything, a home folder, credential files, the container engine, the project."""

from __future__ import annotations

from re import IGNORECASE
from typing import Literal

from nhilint.source.deferred import Deferred

PathReach = Literal["root", "home", "credentials", "docker_socket", "outside", "project"]

_HOME = Deferred(
    r"(?:~|\$HOME|\$\{HOME\}|\$\{env:HOME\}|\$\{localEnv:HOME\}|\$\{userHome\}|%USERPROFILE%|\$env:USERPROFILE|"
    r"\$\{env:USERPROFILE\}|\$\{USERPROFILE\}|/root|/(?:home|Users)/[^/]+|[A-Za-z]:[/\\]Users[/\\][^/\\]+)(?=[/\\]|$)",
)
_ALL_HOMES = Deferred(r"/(?:home|Users)/?$|[A-Za-z]:[/\\]Users[/\\]?$", flags=IGNORECASE)
_ROOT = Deferred(r"/|//|[A-Za-z]:[/\\]?|[/\\]host_?root")
_PROJECT = Deferred(
    r"\$\{(?:workspaceFolder|workspaceRoot|PWD|CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_ROOT|localWorkspaceFolder|cwd)[^}]*\}"
    r"|\$PWD|\$\(pwd\)|`pwd`|%CD%"
)
_CREDENTIALS = Deferred(
    r"(?:^|[/\\])(?:\.ssh|\.aws|\.azure|\.kube|\.gnupg|\.config[/\\]gcloud|\.config[/\\]gh|\.docker[/\\]config\.json|\.netrc|"
    r"\.npmrc|\.pypirc|\.git-credentials|\.vault-token|\.terraform\.d|\.oci|\.databrickscfg)(?:[/\\]|$)",
    flags=IGNORECASE,
)
_AGENT_SIGN_INS = Deferred(
    r"\.(?:claude(?:[/\\]\.credentials\.json)?|codex(?:[/\\]auth\.json)?|gemini(?:[/\\]oauth_creds\.json)?"
    r"|qwen(?:[/\\]oauth_creds\.json)?|local[/\\]share[/\\]opencode(?:[/\\]auth\.json)?)",
    flags=IGNORECASE,
)
"""Folders of coding agents below a home, as a whole: each holds a sign-in beside hooks and settings."""
_ENGINE = Deferred(r"(?:docker|podman|containerd)[^/\\]*\.sock|docker_engine", flags=IGNORECASE)
_UNRESOLVED = Deferred(r"\$[{(A-Za-z_]|%\w+%|\{\{|<[A-Za-z]")
_ABSOLUTE = Deferred(r"[/\\]|[A-Za-z]:[/\\]")


def path_reach(path: str) -> PathReach | None:
    """What a path opens; None when a variable decides. Paths of the workspace count as the project."""
    text = path.strip().strip("\"'")
    if _ENGINE.search(text):
        return "docker_socket"
    if _CREDENTIALS.search(text):
        return "credentials"
    if _ROOT.fullmatch(text):
        return "root"
    return _below_a_known_folder(text) or _elsewhere(text)


def _below_a_known_folder(text: str) -> PathReach | None:
    project = _PROJECT.match(text)
    if project:
        return "outside" if "/.." in text[project.end() :] else "project"
    home = _HOME.match(text)
    if home:
        return _below_home(text[home.end() :])
    return "home" if _ALL_HOMES.fullmatch(text) else None


def _below_home(rest: str) -> PathReach:
    if not rest.strip("/\\."):
        return "home"
    plain = rest.rstrip("*").strip("/\\")
    return "credentials" if _AGENT_SIGN_INS.fullmatch(plain) else "outside"


def _elsewhere(text: str) -> PathReach | None:
    if _UNRESOLVED.search(text):
        return None
    return "outside" if _ABSOLUTE.match(text) or text.startswith("..") else "project"
