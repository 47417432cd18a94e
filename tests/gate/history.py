"""A repository with a real remote on disk, changed as people and attackers change it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from tests.running import git, nhilint

OPEN_AGENT = json.dumps({"permissions": {"defaultMode": "plan", "allow": ["Bash"]}}, indent=2)
CALM_AGENT = json.dumps({"permissions": {"defaultMode": "plan", "allow": ["Read"]}}, indent=2)
OPEN_SERVER = json.dumps({"mcpServers": {"files": {"command": "npx", "args": ["-y", "files-mcp@latest"]}}}, indent=2)
AGENT, SERVER = ".claude/settings.json", ".mcp.json"
OWNERS = "/.nhilint/ @octo/security\n/.github/ @octo/security\n"
WORKFLOW = """\
on: pull_request
permissions: {}
jobs:
  nhilint:
    runs-on: ubuntu-latest
    steps:
      - uses: octo/nhilint@1111111111111111111111111111111111111111
"""


class Judged(NamedTuple):
    """What `nhilint check` said: its code, its JSON, and what it wrote for people."""

    code: int
    report: dict
    err: str

    def active(self):
        return sorted(f["check"] for f in self.report["findings"] if f["disposition"] == "active")

    def settled(self, disposition):
        return sorted(f["check"] for f in self.report["findings"] if f["disposition"] == disposition)

    def messages(self, check="gate-weakened"):
        return [f["message"] for f in self.report["findings"] if f["check"].startswith(check)]


class Work:
    """A clone whose `main` is the remote's; changes are made on branches and merged by pushing."""

    def __init__(self, folder: Path, files: dict[str, str]):
        self.remote, self.root = folder / "remote.git", folder / "work"
        git(folder, "init", "-q", "--bare", "-b", "main", self.remote)
        git(folder, "clone", "-q", self.remote, self.root)
        git(self.root, "checkout", "-q", "-b", "main")
        self.change(files, "first")
        self.merge()

    def change(self, files: dict[str, str | None], message="change"):
        """Write files (None removes one) and commit them."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                git(self.root, "rm", "-q", name)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        git(self.root, "add", "-A")
        git(self.root, "commit", "-q", "-m", message)

    def branch(self, name="feature"):
        git(self.root, "checkout", "-q", "-B", name)

    def merge(self):
        """Make the current branch the remote's main."""
        git(self.root, "push", "-q", "origin", "HEAD:main")
        git(self.root, "checkout", "-q", "-B", "main")
        git(self.root, "fetch", "-q", "origin")

    def check(self, *arguments, since: str | None = "origin/main") -> Judged:
        told = ("--since", since) if since else ()
        done = nhilint("check", "--format", "json", *told, *arguments, cwd=self.root)
        return Judged(done.code, json.loads(done.out) if done.out.startswith("{") else {}, done.err)
