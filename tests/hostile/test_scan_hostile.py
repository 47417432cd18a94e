"""A whole tree made to break a scan: every bad file is told with its place, the good ones are judged, nothing leaks."""

from __future__ import annotations

import json
import os
import re
import resource
from pathlib import Path

import pytest

from nhilint.report import FORMATS
from tests.running import BROKEN_SCRIPT, OPEN_SCRIPT, OPEN_SCRIPT_CHECK, nhilint

CPU_SECONDS = 20.0
"""CPU time allowed for the whole tree below; it takes about two."""


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "display_information: {name: x}\n" + "\n".join(lines)


UNREADABLE = {
    "malformed": BROKEN_SCRIPT,
    "cut": OPEN_SCRIPT[:-5],
    "two-values": OPEN_SCRIPT + OPEN_SCRIPT,
    "too-large": OPEN_SCRIPT[:-1] + ', "n": "' + "x" * 2_100_000 + '"}',
    "huge-number": '{"timeZone": ' + "9" * 500_000 + "}",
    "deep": '{"timeZone": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "deep-objects": '{"a":' * 50_000,
    "wide": '{"oauthScopes": [' + "1," * 600_000 + "1]}",
    "binary": b"\x7fELF\x02\x01\x01\x00" + os.urandom(500),
    "nul": b'{"timeZone": "a\x00b"}',
    "utf-16": OPEN_SCRIPT.encode("utf-16"),
    "latin-1": '{"timeZone": "café"}'.encode("latin-1"),
    "zip-bomb-like": b"PK\x03\x04" + b"\x00" * 1_000_000,
}
"""Files called appsscript.json, a name that says by itself what they are."""

REMARKED = {
    "repeated/appsscript.json": '{"timeZone": "a", "timeZone": "b"}',
    "lenient/appsscript.json": '{"timeZone": "a", /* why */ }',
    "laughs/slack-manifest.yaml": laughs(12),
    "cycle/slack-manifest.yaml": "display_information: &a {name: *a}\n",
    "tags/slack-manifest.yaml": "display_information: {name: !!python/object/apply:os.system ['touch ran']}\n",
    "merge/slack-manifest.yaml": "display_information: &a {<<: *a}\n",
    "words.json": '{"Statement": ' + "[" * 1000 + "]" * 1000 + "}",
}
"""Files that a word in them makes likely ones, and those that can be read all the same."""


@pytest.fixture
def bad_tree(repository):
    """Bad files beside good ones."""
    files: dict[str, str | bytes] = {f"{name}/appsscript.json": content for name, content in UNREADABLE.items()}
    files |= REMARKED | {"good/appsscript.json": OPEN_SCRIPT}
    root = repository(files)
    os.mkfifo(root / "good" / "pipe.json")
    (root / "good" / "loop").symlink_to(root)
    return root


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_every_bad_file_is_told_and_the_good_one_is_judged(bad_tree):
    before = cpu_of_children()
    ended = nhilint("check", "--format", "json", cwd=bad_tree)
    assert cpu_of_children() - before < CPU_SECONDS
    report = json.loads(ended.out)
    assert ended.code == 4
    assert ended.err == ""
    incomplete = {p["path"] for p in report["problems"] if p["incomplete"]}
    assert incomplete == {f"{name}/appsscript.json" for name in UNREADABLE}
    assert all(p["message"] for p in report["problems"])
    assert not any(p["kind"] in ("defect", "check-error") for p in report["problems"])
    assert [(f["path"], f["check"]) for f in report["findings"]] == [("good/appsscript.json", OPEN_SCRIPT_CHECK)]
    assert report["counts"]["files"]["unread"] == len(UNREADABLE)
    assert not (bad_tree / "ran").exists()


def test_remarks_have_places_and_do_not_fail_the_run(repository):
    ended = nhilint("check", "--format", "json", cwd=repository(REMARKED))
    report = json.loads(ended.out)
    assert ended.code == 0
    problems = {(p["path"], p["kind"]) for p in report["problems"]}
    assert {
        ("repeated/appsscript.json", "duplicate-key"),
        ("lenient/appsscript.json", "lenient-json"),
        ("laughs/slack-manifest.yaml", "alias-bomb"),
        ("cycle/slack-manifest.yaml", "alias-bomb"),
        ("words.json", "too-deep"),
    } <= problems
    assert all(p["line"] for p in report["problems"] if p["kind"] in ("duplicate-key", "lenient-json"))


def test_values_that_git_crypt_keeps_are_a_remark_and_instructions_are_not(repository):
    hidden = b"\0GITCRYPT\0" + os.urandom(80)
    ended = nhilint("check", "--format", "json", cwd=repository({"terraform.tfvars": hidden, ".mcp.json": hidden}))
    assert ended.code == 4
    problems = {(p["path"], p["kind"], p["incomplete"]) for p in json.loads(ended.out)["problems"]}
    assert problems == {("terraform.tfvars", "encrypted", False), (".mcp.json", "encrypted", True)}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_survives_the_tree_and_ends_alike(bad_tree, form):
    ended = nhilint("check", "--format", form, "--show-suppressed", "--show-undecided", cwd=bad_tree)
    assert ended.code == 4
    assert OPEN_SCRIPT_CHECK in ended.out
    assert "Traceback" not in ended.err


class TestManyOfOneKind:
    """Lists that an attacker can make as long as a file may be cost time in proportion, not squared."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            (
                "policy.json",
                {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}] * 12_000},
            ),
            (
                "policy.json",
                {"Statement": [{"Effect": "Allow", "Action": ["s3:Get*"] * 20_000, "Resource": ["*"] * 20_000}]},
            ),
            ("appsscript.json", {"oauthScopes": ["https://www.googleapis.com/auth/userinfo.email"] * 12_000}),
            ("appsscript.json", {"dependencies": {"libraries": [{"userSymbol": "A", "version": "1"}] * 12_000}}),
        ],
        ids=["statements", "actions", "scopes", "libraries"],
    )
    def test_a_long_list_ends_in_time(self, repository, name, text):
        root = repository({name: json.dumps(text), "good/appsscript.json": OPEN_SCRIPT})
        before = cpu_of_children()
        ended = nhilint("check", "--format", "json", cwd=root)
        assert cpu_of_children() - before < CPU_SECONDS
        assert ended.code in (1, 4)
        assert "good/appsscript.json" in {finding["path"] for finding in json.loads(ended.out)["findings"]}

    def test_what_exceeds_the_budget_of_a_condition_is_said(self, repository):
        scopes = ["https://www.googleapis.com/auth/userinfo.email"] * 12_000
        text = {"oauthScopes": scopes, "webapp": {"access": "ANYONE", "executeAs": "USER_DEPLOYING"}}
        ended = nhilint("check", cwd=repository({"appsscript.json": json.dumps(text)}))
        assert ended.code == 4
        assert f"check {OPEN_SCRIPT_CHECK} failed: INTERNAL: Iteration budget exceeded" in ended.out


ODD = (
    "\x1b[2J\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "\n::error file=x::fake",
    "\r\n##[error]fake",
    "\u202egnp.exe\u2066",
    "\x9b31m\x85next",
    "\x00\x08\x7f",
    "</details><script>alert(1)</script>",
    "`code` [link](http://evil.example) | cell | @team",
    "%0A::set-output name=x::y",
    "\ud800 lone",
)
"""What people put into names to drive a terminal, a runner or a page."""
RAW_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)


@pytest.fixture
def odd_tree(repository):
    """Odd text in file names, subject names, keys and values of findings, problems and undecided conditions."""
    files: dict[str, str | bytes] = {}
    for number, odd in enumerate(ODD):
        app = json.loads(OPEN_SCRIPT) | {"addOns": {"common": {"name": f"app {odd}"}}}
        files[f"{number}/appsscript.json"] = json.dumps(app)
        files[f"{number}/undecided/appsscript.json"] = json.dumps(app).replace("ANYONE", json.dumps(odd)[1:-1])
        statement = {"Sid": odd, "Effect": "Allow", "Action": "*", "Resource": "*", odd: odd}
        files[f"{number}/policy.json"] = json.dumps({odd: {"Statement": [statement]}})
        encodable = odd.replace("\x00", "").replace("/", "-").encode("utf-8", "replace").decode()
        files[f"{encodable}/appsscript.json"] = OPEN_SCRIPT
        files[f"{encodable}/broken/appsscript.json"] = BROKEN_SCRIPT
    return repository(files)


@pytest.mark.parametrize("form", FORMATS)
def test_no_text_of_the_tree_drives_a_terminal_or_a_runner(odd_tree, form):
    ended = nhilint("check", "--format", form, "--show-suppressed", "--show-undecided", cwd=odd_tree)
    assert ended.code == 4
    for printed in (ended.out, ended.err):
        assert RAW_CONTROL.findall(printed) == []
        commands = [line for line in printed.split("\n") if COMMAND.search(line)]
        if form == "github":
            commands = [line for line in commands if not re.match(r"::(error|warning|notice) [\w=]", line)]
        assert commands == []
    if form == "markdown":
        assert "<script" not in re.sub(r"(`+)[^`].*?\1", "", ended.out)
    if form in ("json", "sarif"):
        json.loads(ended.out)


def test_names_on_the_command_line_are_told_inert(tmp_path):
    ended = nhilint("check", "no\x1b[31m\nsuch", cwd=tmp_path)
    assert ended.code == 2
    assert RAW_CONTROL.findall(ended.err) == []
    assert ended.err.count("\n") == 1


SHAPES = ("anthropic-api-key", "slack-bot-token", "openai-project-key", "github-pat-fine-grained", "aws-access-key-id")


def places_for(secret: str) -> dict[str, object]:
    """Every way in which an MCP server is given a credential, in one file."""
    return {
        "env": {"command": "github-mcp-server", "env": {"GITHUB_TOKEN": secret}},
        "argument": {"command": "npx", "args": ["-y", "supabase-mcp", "--access-token", secret]},
        "joined": {"command": "npx", "args": ["-y", "supabase-mcp", f"--access-token={secret}"]},
        "header": {
            "type": "http",
            "url": "https://mcp.example.com/mcp",
            "headers": {"Authorization": f"Bearer {secret}"},
        },
        "query": {"type": "http", "url": f"http://mcp.example.com/mcp?api_key={secret}"},
        "userinfo": {"type": "http", "url": f"http://user:{secret}@mcp.example.com/mcp"},
        "shell": {"command": "sh", "args": ["-c", f"curl -H 'Authorization: Bearer {secret}' https://a.example | sh"]},
        "default": {"command": "npx", "args": ["x"], "env": {"API_KEY": f"${{API_KEY:-{secret}}}"}},
        "docker": {"command": "docker", "args": ["run", "-e", f"API_KEY={secret}", "acme/mcp:latest"]},
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("indent", [None, 2], ids=["one-line", "lines"])
def test_no_credential_reaches_any_output(repository, tmp_path, shape, indent):
    from nhilint.knowledge.credentials.sample import sample

    secret = sample(shape)
    servers = json.dumps({"mcpServers": places_for(secret)}, indent=indent)
    root = repository({".mcp.json": servers, "broken/.mcp.json": servers[:-3], "other/.mcp.json": servers})
    outputs = [f"--output={form}={tmp_path}/{form}.out" for form in FORMATS]
    cache = str(tmp_path / "cache")
    ended = nhilint("check", *outputs, "--show-suppressed", "--show-undecided", cwd=root, XDG_CACHE_HOME=cache)
    assert ended.code == 4
    report = json.loads((tmp_path / "json.out").read_text())
    assert sum("credential" in finding["check"] for finding in report["findings"]) >= 3
    pieces = {secret[start : start + 8] for start in range(4, len(secret) - 8)}
    written = [tmp_path / f"{form}.out" for form in FORMATS] + [p for p in Path(cache).rglob("*") if p.is_file()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in written} | {
        "stderr": ended.err,
        "stdout": ended.out,
    }
    leaks = {name: sorted(piece for piece in pieces if piece in text)[:3] for name, text in texts.items()}
    assert {name: found for name, found in leaks.items() if found} == {}
