"""Blanks what a script does only where a program is missing that its machine has: GitHub's own machines bring many.

`if ! command -v az; then curl … | bash; fi` fetches nothing there. Ubuntu's images only, and no job in a container,
which has programs of its own. Source: https://github.com/actions/runner-images (Ubuntu2204-Readme.md and
Ubuntu2404-Readme.md), what both list as installed in February 2025, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_SHIPPED = frozenset(
    {
        *("az", "aws", "sam", "gh", "gcloud", "docker", "kubectl", "helm", "kustomize", "minikube", "kind", "jq", "yq"),
        *("git", "curl", "wget", "node", "npm", "npx", "yarn", "python3", "pip", "pip3", "pipx", "cargo"),
        *("rustup", "rustc", "java", "mvn", "gradle", "php", "composer", "ruby", "gem", "dotnet", "pwsh", "podman"),
        *("buildah", "skopeo", "pulumi", "packer", "ansible", "azcopy", "bazel", "unzip", "zip", "make", "cmake"),
    }
)
_LOOKS = Deferred(r"(!\s+)?\b(?:command\s+-v|which|type|hash)\s+(?:-\w\s+)?[\"']?([\w.-]{1,40})[\"']?(?=[\s;&>)\]]|$)")
_FIRST_WORD = Deferred(r"\s*(if|elif|else|fi)\b")
_OR_ELSE = Deferred(r"\s{0,9}(?:&?\d?>{1,2}\s{0,9}&?[\w/]{1,20}\s{0,9}){0,3}\|\|")
_SLIM = "ubuntu-slim"
_MOST_LINES = 500


def is_githubs_ubuntu(job: Node) -> bool:
    """Whether a job runs straight on a machine of GitHub's with the whole image of Ubuntu."""
    label = job.value_under("runs-on")
    full = isinstance(label, str) and label.lower().startswith("ubuntu-") and not label.lower().startswith(_SLIM)
    return full and not job["container"].exists


def without_what_is_there(text: str) -> str:
    """The script with blanks, as many, for what it does only where such a program is missing."""
    missing: list[tuple[str, bool | None]] = []  # what ends each block, and whether it is for the program's absence
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines[:_MOST_LINES]):
        bare, word = line.strip(), _FIRST_WORD.match(line)
        if missing and bare.startswith(missing[-1][0]):
            missing.pop()
        elif word is not None and word[1] == "if":
            absent = _asks_for_absence(line)
            if not bare.endswith(" fi"):
                missing.append(("fi", absent))
            elif absent:
                lines[number] = _blank(line)
        elif word is not None and missing and missing[-1][0] == "fi":
            known = missing[-1][1]
            missing[-1] = ("fi", (known is False and word[1] == "else") or None)
        elif any(absent for _, absent in missing):
            lines[number] = _blank(line)
        elif (start := _after_or_else(line)) is not None:
            if bare.endswith(("{", "(")):
                missing.append(("}" if bare.endswith("{") else ")", True))
            lines[number] = line[:start] + _blank(line[start:])
    return "".join(lines)


def _asks_for_absence(test: str) -> bool | None:
    """True for a program that is missing, False for one that is there, None for any other question."""
    found = _LOOKS.search(test)
    if found is None or found[2] not in _SHIPPED or "||" in test.partition("then")[0]:
        return None
    return found[1] is not None


def _after_or_else(line: str) -> int | None:
    found = _LOOKS.search(line)
    if found is None or found[1] is not None or found[2] not in _SHIPPED:
        return None
    after = _OR_ELSE.match(line, found.end())
    return after.end() if after is not None else None


def _blank(line: str) -> str:
    body = line.rstrip("\r\n")
    return " " * len(body) + line[len(body) :]
