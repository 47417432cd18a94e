"""Credentials that stand in the rules and hooks of agents are found, whatever the product, and shown nowhere."""

from __future__ import annotations

import json
import string
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path("repo"), now=datetime(2026, 11, 22, tzinfo=UTC))
DRAW = Random(20)
TOKEN = "".join(DRAW.choices(string.ascii_letters + string.digits, k=32))
PASSWORD = "Qw7" + "".join(DRAW.choices(string.ascii_letters + string.digits, k=11))
SHAPED = sample("github-pat-fine-grained")

COMMANDS = {
    "an address": f"redis-cli -u rediss://default:{PASSWORD}@db.acme.io:6379 ping",
    "a query": f'curl "https://api.acme.io/x?api_key={TOKEN}"',
    "an exported variable": f'export ACME_API_KEY="{TOKEN}" && npm test',
    "a variable of one command": f"ACME_TOKEN={TOKEN} node x.js",
    "a variable before a wildcard": f"export ACME_API_KEY={TOKEN}:*",
    "a variable of a program": f"PGPASSWORD={PASSWORD} psql -h db.acme.io",
    "a header": f'curl -s -H "Authorization: Bearer {TOKEN}" https://api.acme.io/v1',
    "a header in escaped quotes": f'curl -H \\"X-Api-Key: {TOKEN}\\" https://api.acme.io',
    "an option": f"acme --api-key {TOKEN} run",
    "an option with an equals sign": f"acme --token={TOKEN}",
    "a login": f"curl -u admin:{PASSWORD} https://x.acme.io",
    "an option of mysql": f"mysql -u root -p{PASSWORD} acme",
    "an option of sshpass": f"sshpass -p '{PASSWORD}' ssh root@db.acme.io",
    "a shape": f"git clone https://{SHAPED}@github.com/acme/site",
    "a variable of a container": f"docker run -e ACME_API_KEY={TOKEN} acme/site",
}
HARMLESS = (
    "export API_KEY=*",
    'curl -H "Authorization: Bearer $TOKEN" https://api.acme.io',
    "npm run build --token-limit 5",
    "redis-cli -u redis://localhost:6379",
    "psql postgres://user:password@localhost/db",
    "export API_KEY=your-key-here",
    "API_KEY=$API_KEY node x.js",
    'git commit -m "token: added"',
    "curl --user $USER:$PASSWORD https://x.acme.io",
    "PGPASSWORD=postgres psql -h localhost",
    "export TOKEN=$(cat token.txt)",
    "mysql -u root -p acme",
    "docker run -e API_KEY acme/site",
    'grep -r "password=" src',
    'curl --header "Authorization: Bearer <token>" https://x.acme.io',
)
FILES = {
    "Claude Code": (".claude/settings.local.json", lambda c: {"permissions": {"allow": [f"Bash({c})"]}}),
    "a hook of Claude Code": (
        ".claude/settings.json",
        lambda c: {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": c}]}]}},
    ),
    "Cursor": (".cursor/cli.json", lambda c: {"permissions": {"allow": [f"Shell({c})"]}}),
    "Gemini CLI": (".gemini/settings.json", lambda c: {"tools": {"allowed": [f"run_shell_command({c})"]}}),
    "Qwen Code": (".qwen/settings.json", lambda c: {"permissions": {"allow": [f"Bash({c})"]}}),
    "opencode": ("opencode.json", lambda c: {"permission": {"bash": {c: "allow"}}}),
    "VS Code": (".vscode/settings.json", lambda c: {"chat.tools.terminal.autoApprove": {c: True}}),
    "Kiro": (
        ".kiro/agents/a.json",
        lambda c: {"name": "a", "allowedTools": ["shell"], "toolsSettings": {"shell": {"allowedCommands": [c]}}},
    ),
}


@pytest.fixture(scope="module")
def checks():
    return compile_policies((builtin_folder(),)).checks


def scanned(product, command, checks):
    path, content = FILES[product]
    return scan(MemoryTree({path: json.dumps(content(command))}), SETTINGS, checks)


def told(run):
    return [finding for finding in run.findings if finding.check.startswith("literal-")]


@pytest.mark.parametrize("product", FILES)
@pytest.mark.parametrize("where", ["an address", "an exported variable", "a header", "an option"])
def test_every_product(checks, product, where):
    assert told(scanned(product, COMMANDS[where], checks))


@pytest.mark.parametrize("where", COMMANDS)
@pytest.mark.parametrize("product", ["Claude Code", "opencode"])
def test_nothing_said_of_it_holds_the_value(checks, product, where):
    run = scanned(product, COMMANDS[where], checks)
    assert told(run)
    words = [note.message for f in run.findings for note in (*f.related, *f.flow)]
    words += [f"{f.message} {f.subject.name}" for f in run.findings] + [u.missing for u in run.undecided]
    shown = [f"{located.text} {located.pointer}" for located in run.positions.values()]
    assert not any(secret in text for text in (*words, *shown) for secret in (TOKEN, PASSWORD, SHAPED))


@pytest.mark.parametrize("command", HARMLESS)
def test_references_placeholders_and_wildcards(checks, command):
    assert told(scanned("Claude Code", command, checks)) == []


def test_rules_of_codex(checks):
    words = ["curl", "-H", f"Authorization: Bearer {SHAPED}"]
    text = f'prefix_rule(pattern={json.dumps(words)}, decision="allow")\n'
    run = scan(MemoryTree({".codex/rules/default.rules": text}), SETTINGS, checks)
    assert [finding.check for finding in told(run)] == ["literal-credential"]
