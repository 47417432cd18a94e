from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code import with_code
from nhilint.gather import gather
from nhilint.model.fact import Unknown
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

MANIFEST = """\
app: {id: "ari:cloud:ecosystem::app/1"}
modules:
  webtrigger: [{key: hook, function: main}]
  'jira:issuePanel': [{key: panel, unlicensedAccess: [anonymous]}]
"""


def entrances(**files):
    tree = MemoryTree({"app/manifest.yml": MANIFEST, "app/package.json": "{}", **files})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    (found,) = (one for one in with_code(gathered.resources, tree) if one.kind == "app")
    return found.facts.entrances


@pytest.mark.parametrize(
    ("path", "code", "asks"),
    [
        ("app/src/index.js", "if (!timingSafeEqual(a, b)) refuse()", True),
        ("app/src/hook.ts", "const mac = createHmac('sha256', secret)", True),
        ("app/src/index.js", "export const run = (request) => save(request)", False),
        ("app/src/index.js", "myTimingSafeEqualish()", False),
        ("app/src/index.js", "const k = req.headers['x-api-key']; if (!right(k)) return { statusCode: 401 }", True),
        ("app/src/index.js", "if (req.headers?.['x-hook-token'][0] !== process.env.HOOK_TOKEN) throw no()", True),
        ("app/src/index.js", "if (process.env.API_KEY === req.headers.authorization) save(req)", True),
        ("app/src/index.js", "log(req.headers['x-api-key']); save(req)", False),
        ("app/src/index.js", "const type = req.headers['content-type']; return { statusCode: 401 }", False),
        ("app/src/index.js", "send({headers: {'x-api-key': process.env.API_KEY}}); if (s === 401) retry()", False),
        ("other/index.js", "timingSafeEqual(a, b)", False),
        ("app/README.md", "timingSafeEqual(a, b)", False),
    ],
)
def test_whether_a_web_triggers_caller_has_to_prove_anything(path, code, asks):
    trigger, module = entrances(**{path: code})
    assert trigger.asks_for_proof.value is asks
    assert module.asks_for_proof is None


def test_code_that_cannot_be_read_leaves_it_open(monkeypatch):
    monkeypatch.setattr("nhilint.app_code.sources._MOST_FILES", 0)
    trigger, _ = entrances(**{"app/src/index.js": "run()"})
    assert isinstance(trigger.asks_for_proof, Unknown)
