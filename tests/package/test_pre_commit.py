"""The hooks as another repository uses them: installed by pre-commit from a clone, run by `git commit`.

pre-commit builds one environment from the repository that holds the hooks, and pip fills it from a package index: this
test needs one. It never skips; without an index it fails and says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.running import OPEN_SCRIPT, OPEN_SCRIPT_CHECK, ROOT, SAFE_SCRIPT, git

CONFIG = """\
repos:
  - repo: {source}
    rev: {revision}
    hooks:
      - id: nhilint
      - id: nhilint-full
        stages: [manual]
"""


class Project(NamedTuple):
    """Another repository with the hooks installed."""

    root: Path
    environment: dict[str, str]

    def put(self, name, content):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(content)
        git(self.root, "add", "-A")

    def commit(self):
        """Exit code and output of `git commit` with the hooks on."""
        identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
        return self._run("git", *identity, "commit", "-m", "change")

    def hook(self, *arguments):
        """Exit code and output of `pre-commit run`."""
        return self._run(sys.executable, "-m", "pre_commit", "run", "--verbose", *arguments)

    def _run(self, *command):
        done = subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A repository with one commit that holds what this checkout holds, committed or not."""
    root = tmp_path_factory.mktemp("source") / "nhilint"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".*_cache", "__pycache__", ".hypothesis", ".benchmarks", "tests", "dist"
    )
    shutil.copytree(ROOT, root, ignore=ignored, symlinks=True)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "all of it")
    return root, git(root, "rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def project(source, tmp_path_factory):
    """The other repository. Building the environment of its hooks is what takes long here."""
    root = tmp_path_factory.mktemp("project")
    home = tmp_path_factory.mktemp("pre-commit")
    own = {"PRE_COMMIT_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")} | own
    path, revision = source
    git(root, "init", "-q", "-b", "main")
    (root / ".pre-commit-config.yaml").write_text(CONFIG.format(source=path, revision=revision))
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    install = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
    done = subprocess.run(install, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode != 0:
        pytest.fail(
            f"pre-commit could not build the environment; this needs a package index:\n{done.stdout}{done.stderr}"
        )
    return Project(root, environment)


@pytest.fixture(autouse=True)
def _as_it_was(request):
    """Every test starts from the first commit of the project."""
    if "project" in request.fixturenames:
        root = request.getfixturevalue("project").root
        git(root, "reset", "-q", "--hard", git(root, "rev-list", "--max-parents=0", "HEAD").strip())
        git(root, "clean", "-q", "-fd")


def test_a_commit_with_a_finding_is_refused(project):
    project.put("appsscript.json", OPEN_SCRIPT)
    code, told = project.commit()
    assert code == 1
    assert OPEN_SCRIPT_CHECK in told
    assert "exit code: 1" in told


def test_a_clean_commit_passes(project):
    project.put("appsscript.json", SAFE_SCRIPT)
    code, told = project.commit()
    assert code == 0
    assert "nhilint (changed files)" in told
    assert "Passed" in told


def test_only_changed_files_are_reported(project):
    project.put("old/appsscript.json", OPEN_SCRIPT)
    git(project.root, "commit", "-q", "--no-verify", "-m", "old trouble")
    project.put("appsscript.json", SAFE_SCRIPT)
    assert project.commit()[0] == 0


def test_the_whole_repository_is_reported_by_the_other_hook(project):
    project.put("old/appsscript.json", OPEN_SCRIPT)
    git(project.root, "commit", "-q", "--no-verify", "-m", "old trouble")
    code, told = project.hook("nhilint-full", "--hook-stage", "manual")
    assert code == 1
    assert "old/appsscript.json" in told
    (project.root / "old" / "appsscript.json").write_text(SAFE_SCRIPT)
    git(project.root, "add", "-A")
    assert project.hook("nhilint-full", "--hook-stage", "manual")[0] == 0


def test_a_file_cannot_pass_for_an_option(project):
    project.put("--exit-zero", "any text")
    project.put("appsscript.json", OPEN_SCRIPT)
    code, told = project.commit()
    assert code == 1
    assert OPEN_SCRIPT_CHECK in told


def test_a_broken_file_is_told_as_incomplete(project):
    project.put("appsscript.json", '{"timeZone": ')
    code, told = project.commit()
    assert code == 1
    assert "exit code: 4" in told
