"""The tool that makes the data files: a small catalogue goes in, records with corrections and indices come out."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

CATEGORIES = "categories: {files: Files.}\naccess: {read: Reads.}\nflags: {egress: Reaches out.}\n"
FLAGS = "reads_untrusted: false, egress: false, private_data: true"
SERVERS = f"""servers:
- {{id: github, match: {{image: [docker.io/gh/x], name: [GitHub Thing, storage]}}, publisher: P, official: true,
   capabilities: [{{category: files, access: read}}, {{category: files, access: write}}], {FLAGS},
   read_only_mode: {{flag: [--old], narrow: [--toolsets]}}, credential: [{{names: [TOKEN], provider: p, kind: k}}],
   remote_oauth: false, source: s, verified: true, by: hand}}
- {{id: mcp-timeplus, match: {{pypi: [Some.Name_x]}}, publisher: P, official: false,
   capabilities: [{{category: database, access: read}}], {FLAGS}, remote_oauth: false, source: s, verified: true, by: rule}}
- {{id: sketchfab-mcp, match: {{pypi: [y]}}, publisher: P, official: false,
   capabilities: [{{category: web, access: read}}], {FLAGS}, remote_oauth: false, source: s, verified: true, by: rule}}
- {{id: aws-core, match: {{pypi: [awslabs.core-mcp-server]}}, publisher: P, official: true,
   capabilities: [{{category: other, access: read}}], {FLAGS}, remote_oauth: false, source: s, verified: true, by: hand}}
"""
TOOLS = f"""tools:
- {{id: claude-code/Task, match: {{builtin: {{claude-code: Task}}}}, publisher: P, official: true,
   capabilities: [{{category: other, access: execute}}], {FLAGS}, source: s, verified: true, limits: old name of Agent}}
- {{id: copilot/web, match: {{builtin: {{copilot: web}}}}, publisher: P, official: true,
   capabilities: [{{category: web, access: read}}], {FLAGS}, source: s, verified: false}}
"""


@pytest.fixture
def built(tmp_path, monkeypatch) -> dict[str, list[dict[str, object]]]:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3] / "tools" / "refresh"))
    for name, text in {
        "categories": CATEGORIES,
        "mcp-servers": SERVERS,
        "builtins": TOOLS,
        "frameworks": TOOLS,
    }.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {name: json.loads(text) for name, text in _script().build(tmp_path).items()}


def _script():
    path = Path(__file__).parents[3] / "tools" / "refresh" / "tools.py"
    spec = spec_from_file_location("refresh_tools", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_servers_are_carried_over_corrected_and_normalised(built):
    servers = {record["id"]: record for record in built["servers.json"]}
    assert servers["github"]["match"] == {"image": ["gh/x"], "name": ["github-thing"]}
    assert servers["github"]["capabilities"] == ["files:read", "files:write"]
    assert servers["github"]["narrower"] == ["--toolsets"]
    assert servers["github"]["switches"][0]["leaves"] == "read"
    assert servers["mcp-timeplus"]["match"] == {"pypi": ["some-name-x"]}
    assert servers["mcp-timeplus"]["capabilities"] == [
        f"database:{word}" for word in ("read", "write", "delete", "execute")
    ]
    assert servers["aws-core"]["match"]["image"] == [
        "awslabs/core-mcp-server",
        "public.ecr.aws/awslabs-mcp/awslabs/core-mcp-server",
    ]
    assert "sketchfab-mcp" not in servers


def test_servers_that_the_catalogue_lacks_are_added(built):
    added = next(record for record in built["servers.json"] if record["id"] == "repomix")
    assert added["match"]["npm"] == ["repomix"]
    assert (added["reads_untrusted"], added["egress"], added["private_data"]) == (True, False, True)


def test_tools_of_clients_get_their_aliases_and_lose_what_cannot_be_said(built):
    task, web, *added = built["builtins.json"]
    assert (task["reads_untrusted"], task["egress"], task["private_data"]) == (None, None, None)
    assert (task["by_default"], web["by_default"]) == (False, True)
    assert "WebFetch" in web["aliases"]
    assert built["builtins.index.json"]["copilot"]["webfetch"] == [2]
    assert {record["home"] for record in added} == {"grok-build", "crush", "augment"}


def test_the_index_names_the_line_of_each_record(built):
    lines = [1 + position for position, _ in enumerate(built["servers.json"])]
    index = built["servers.index.json"]
    assert index["image"]["gh/x"] == [lines[0]]
    assert index["pypi"]["some-name-x"] == [lines[1]]
