"""The comparison with what providers publish, on packages made here."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[3] / "tools" / "refresh"


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("refresh_scopes", TOOLS / "scopes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "refresh_scopes", module)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("aws_actions", None)


def test_google_scopes_are_read_from_discovery_documents(tool):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as wheel:
        document = {"auth": {"oauth2": {"scopes": {"openid": {}, "https://www.googleapis.com/auth/new.readonly": {}}}}}
        wheel.writestr("googleapiclient/discovery_cache/documents/new.v1.json", json.dumps(document))
        wheel.writestr("googleapiclient/discovery_cache/documents/keyed.v1.json", "{}")
        wheel.writestr("googleapiclient/other.json", json.dumps({"auth": {"oauth2": {"scopes": {"no": {}}}}}))
    published = tool.published_by_google(held.getvalue())
    assert published == {"openid", "https://www.googleapis.com/auth/new.readonly"}
    assert [json.loads(line) for line in tool.missing("google", published)] == [
        {
            "id": "https://www.googleapis.com/auth/new.readonly",
            "category": "other",
            "access": "read",
            "sensitivity": "low",
        }
    ]


def test_github_permissions_are_read_from_the_interface_description(tool):
    schema = {"properties": {"contents": {"enum": ["read", "write"]}, "novelty": {"enum": ["write"]}}}
    text = json.dumps({"components": {"schemas": {"app-permissions": schema}}}).encode()
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        entry = tarfile.TarInfo("package/generated/api.github.com.json")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    published = tool.published_by_github(held.getvalue())
    assert published == {"contents:read", "contents:write", "novelty:write"}
    assert [json.loads(line)["id"] for line in tool.missing("github", published)] == ["novelty:write"]


def test_a_wheel_with_another_hash_is_refused(tool, monkeypatch):
    def fetch(command, check):
        (Path(command[command.index("--dest") + 1]) / "x.whl").write_bytes(b"other")

    monkeypatch.setattr(tool.subprocess, "run", fetch)
    with pytest.raises(ValueError, match="sha256"):
        tool.google_wheel()


def test_nothing_new_is_a_quiet_success(tool, monkeypatch, capsys):
    monkeypatch.setattr(tool, "google_wheel", lambda: b"")
    monkeypatch.setattr(tool, "download", lambda *_: b"")
    monkeypatch.setattr(tool, "published_by_google", lambda _: {"openid"})
    monkeypatch.setattr(tool, "published_by_github", lambda _: {"contents:read"})
    assert tool.main() == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(tool, "published_by_github", lambda _: {"novelty:write"})
    assert tool.main() == 1
    assert "new in github" in capsys.readouterr().out
