"""Shared by all tests: a clean environment, and small repositories on disk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from nhilint import policies

settings.register_profile("shared-machine", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared-machine")
"""How long it takes to make an input says how busy the machine is, and nothing of what is tested."""

Repository = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    """No test reads or writes the user's cache, home configuration of git or colours of the terminal."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in ("NO_COLOR", "FORCE_COLOR", "NHILINT_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True, scope="session")
def _checks_compiled_once():
    """The checks of the project are compiled once for all tests of a process; other folders each time."""
    once = cache(policies.compile_policies)
    own, real = (policies.builtin_folder(),), policies.compile_policies
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            policies, "compile_policies", lambda folders: once(own) if tuple(folders) == own else real(folders)
        )
        yield


@pytest.fixture
def folder(tmp_path) -> Repository:
    """Write files below a temporary folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "repo"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def repository(folder) -> Repository:
    """The same as a git repository with one commit."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = folder(files)
        git(root, "init", "-q", "-b", "main")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "first")
        return root

    return write


def git(root: Path, *arguments: str) -> str:
    """Run git with an identity of the tests' own."""
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout
