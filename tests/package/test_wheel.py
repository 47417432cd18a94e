"""The wheel that a release publishes, built from the source archive, installed by itself and used from another folder."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from nhilint.catalogue.check import Check, Condition
from nhilint.policies import compile_policies
from nhilint.version import __version__
from tests.running import OPEN_SCRIPT, OPEN_SCRIPT_CHECK, ROOT, surroundings


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the archives of one build."""
    out = tmp_path_factory.mktemp("dist")
    run = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(
        run, capture_output=True, text=True, check=False, env={**os.environ, "NHILINT_BUNDLE": "require"}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(built):
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """The command of the wheel in an environment of its own that borrows the dependencies of this one."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    (path,) = built.glob("*.whl")
    run = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(home),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(path),
    ]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (packages,) = home.glob("lib/python*/site-packages")
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "borrowed.pth").write_text("\n".join(sorted(borrowed)))
    return home / "bin" / "nhilint"


def run(command, *arguments, cwd, **changes):
    environment = surroundings(PYTHONPATH=None, **changes)
    return subprocess.run([command, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_everything_that_is_read_at_run_time_is_inside(wheel):
    names = set(wheel.namelist())
    for folder, below in (("checks", "nhilint/_bundled/"), ("frameworks", "nhilint/_bundled/"), ("nhilint", "")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not {"__pycache__", ".mypy_cache"} & set(path.parts):
                assert below + path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if name.endswith((".pyc", ".orig")) or name.split("/")[0] in ("tests", "tools")]


def written(check):
    """A check without its compiled conditions: they are maps whose order the runtime draws by lot."""
    return replace(check, at_first=Condition(), of_subject=Condition(), item_at_first=Condition(), of_item=Condition())


def test_the_bundle_is_what_the_checks_say(wheel):
    bundle = msgspec.json.decode(wheel.read("nhilint/_bundled/checks.bundle"), type=tuple[str, tuple[Check, ...]])
    fresh = compile_policies((ROOT,)).checks
    assert list(map(written, bundle[1])) == list(map(written, fresh))
    conditions = [(one, *one.parts) for check in bundle[1] for one in (check.of_subject, check.of_item) if one.clauses]
    assert all(any(part.compiled for part in one) for one in conditions)


def test_the_wheel_is_for_every_python_and_says_what_it_is(wheel):
    (about,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    told = email.message_from_bytes(wheel.read(about))
    assert (told["Name"], told["Version"], told["License-Expression"]) == ("nhilint", __version__, "Apache-2.0")
    assert wheel.filename.endswith("-py3-none-any.whl")
    folder = about.rpartition("/")[0]
    assert {f"{folder}/licenses/LICENSE", f"{folder}/licenses/NOTICE"} <= set(wheel.namelist())


def test_the_source_archive_has_what_its_tests_need(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (
        "hatch_build.py",
        "action.yml",
        ".pre-commit-hooks.yaml",
        "docs/exit-codes.md",
        "tests/running.py",
        "NOTICE",
    ):
        assert name in names


def test_it_is_the_wheel_that_runs(installed, tmp_path):
    script = "import nhilint.policies as p; print(p.__file__, p.builtin_folder())"
    done = run(installed.with_name("python"), "-c", script, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(Path(path).is_relative_to(installed.parent.parent) for path in done.stdout.split())


def test_a_scan_from_another_folder_compiles_nothing(installed, repository, tmp_path):
    root = repository({"appsscript.json": OPEN_SCRIPT})
    done = run(installed, "check", cwd=root, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (done.returncode, done.stderr) == (1, "")
    assert OPEN_SCRIPT_CHECK in done.stdout
    assert not (tmp_path / "cache").exists()
    assert run(installed, "check", "--format", "sarif", "--no-cache", cwd=root).returncode == 1


def test_every_command_works(installed, tmp_path):
    listed = run(installed, "checks", "list", cwd=tmp_path)
    assert listed.returncode == 0
    assert listed.stdout.endswith(f"{len(compile_policies((ROOT,)).checks)} checks\n")
    assert run(installed, "--version", cwd=tmp_path).stdout == f"nhilint {__version__}\n"
    for arguments in (
        ["explain", OPEN_SCRIPT_CHECK],
        ["frameworks", "owasp-nhi-2025"],
        ["schema", "facts"],
        ["schema", "config"],
    ):
        done = run(installed, *arguments, cwd=tmp_path)
        assert (done.returncode, bool(done.stdout), done.stderr) == (0, True, "")


def test_a_pack_of_ones_own_beside_the_wheel(installed, tmp_path):
    (tmp_path / "pack" / "checks").mkdir(parents=True)
    done = run(installed, "check", "--policies", "pack", cwd=tmp_path)
    assert done.returncode == 0
    assert "nothing in these files" in done.stderr
