from __future__ import annotations

import subprocess
import sys

import pytest

import nhilint


def test_every_public_name_is_there():
    assert all(getattr(nhilint, name) is not None for name in nhilint.__all__)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = nhilint.nothing_like_it


def test_scan_gives_the_run(folder):
    root = folder({"iam/p.json": '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'})
    run = nhilint.scan(root)
    assert [(f.check, f.place.path) for f in run.findings] == [("full-admin-policy", "iam/p.json")]
    assert run.verdict.code == 1
    assert nhilint.scan(root, ignore=["full-admin-policy"]).findings == ()


def test_a_missing_folder_is_a_plain_error(tmp_path):
    with pytest.raises(nhilint.NhilintError, match="not a folder"):
        nhilint.scan(tmp_path / "nowhere")


def test_importing_the_package_loads_nothing_else():
    code = "import sys, nhilint; print([m for m in sys.modules if (m.startswith('nhilint.') and m != 'nhilint.version') or m in ('click', 'msgspec')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_said_once():
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())
    assert project["project"]["version"] == nhilint.__version__
