"""Finds secrets that a step puts where others can read them: in the log past its mask, or in an artifact.

The log hides a secret only as long as it appears in its own spelling; encoded or reversed it is printed as it is. A
checkout leaves the job's token in the work tree unless told otherwise, so an artifact of the whole tree carries it.

Sources, read 2026-11-22: https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information,
https://github.com/actions/checkout#usage (version 6 keeps the token outside of the work tree) and
https://github.com/actions/upload-artifact (hidden files are left out since 4.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.project_code import neutral
from nhilint.formats.github.secrets import secrets_in
from nhilint.knowledge.tools.shell_text import split_commands
from nhilint.knowledge.tools.words import program_name
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.github.actions import Reference
    from nhilint.formats.node import Node
    from nhilint.knowledge.tools.shell_text import SimpleCommand

_ENCODERS = frozenset({"base64", "rev", "xxd", "hexdump", "od", "base32", "gzip"})
_PIPED = Deferred(r"\|\s*(?:" + "|".join(sorted(_ENCODERS)) + r")\b")
_DECODES = frozenset({"-d", "-D", "--decode", "-r", "-A"})
_PRINTERS = frozenset({"echo", "printf", "cat", "printenv"})
_VARIABLE = Deferred(r"\$\{?([A-Za-z_]\w*)")
_WHOLE_TREE = frozenset(
    {".", "./", "*", "./*", "**", "**/*", "./**", "./**/*", "${{github.workspace}}", "${{github.workspace}}/"}
)
_MAJOR = Deferred(r"v?(\d{1,4})(?:\.(\d{1,4}))?")


def printed_secret(step: Node, environments: Sequence[Node]) -> Fact[str]:
    """The secret that a script prints in another spelling."""
    text = step.value_under("run")
    if not isinstance(text, str) or _PIPED.search(text) is None:
        return None
    try:
        commands = split_commands(neutral(text))
    except ValueError:
        return None
    for index in range(1, len(commands)):
        if _prints_encoded(commands, index):
            name = _secret_of(commands[index - 1], text, environments)
            if name:
                return Known(name, step["run"].at)
    return None


def _prints_encoded(commands: list[SimpleCommand], index: int) -> bool:
    """`echo … | base64` as the end of a pipe, its output neither kept nor decoded."""
    this, before = commands[index], commands[index - 1]
    following = commands[index + 1].operator if index + 1 < len(commands) else ""
    return (
        this.operator == "|"
        and following != "|"
        and bool(this.words)
        and program_name(this.words[0]) in _ENCODERS
        and _DECODES.isdisjoint(this.words)
        and not this.written
        and bool(before.words)
        and before.words[0] in _PRINTERS
    )


def _secret_of(command: SimpleCommand, text: str, environments: Sequence[Node]) -> str:
    words = " ".join(command.words)
    if "EXPRESSION" in words:
        line = next((line for line in text.splitlines() if command.words[0] in line and "${{" in line), "")
        mentions = secrets_in([(line, ())])
        return mentions[0].name if mentions else ""
    for match in _VARIABLE.finditer(words):
        for environment in environments:
            value = environment[match[1]].value
            mentions = secrets_in([(value, ())]) if isinstance(value, str) else ()
            if mentions:
                return mentions[0].name
    return ""


def leaves_token(step: Node) -> Fact[bool]:
    """Whether a checkout leaves the job's token behind for later steps. It does unless told otherwise."""
    inputs = step["with"]
    node = inputs["persist-credentials"]
    if node.value is False or (isinstance(node.value, str) and node.value.lower() == "false"):
        return Known(value=False, at=node.at)
    if isinstance(node.value, str) and "${{" in node.value:
        return node.unknown("an expression")
    return Known(value=True, at=node.at if node.exists else step["uses"].at)


def uploads_tree(inputs: Node, reference: Reference, checkout: Reference | None) -> Fact[str]:
    """The artifact of the whole work tree with the git folder inside, when a checkout left the token there."""
    path = inputs["path"]
    if checkout is None or not isinstance(path.value, str):
        return None
    parts = {"".join(line.split()) for line in path.value.splitlines()}
    if parts.isdisjoint(_WHOLE_TREE) or any(part.startswith("!") and ".git" in part for part in parts):
        return None
    hidden = _includes_hidden(inputs, reference)
    inside = _token_in_tree(checkout)
    if hidden is False or inside is False:
        return None
    if hidden is None or inside is None:
        return Unknown("up to the version behind a commit id", path.at)
    name = inputs.value_under("name")
    return Known(name if isinstance(name, str) else "artifact", path.at)


def _includes_hidden(inputs: Node, reference: Reference) -> bool | None:
    stated = inputs.value_under("include-hidden-files")
    if stated in (True, "true"):
        return True
    if reference.pin == "digest":
        return None
    version = _version(reference)
    return version is not None and version < (4, 4)


def _token_in_tree(checkout: Reference) -> bool | None:
    if checkout.pin == "digest":
        return None
    version = _version(checkout)
    return version is not None and version < (6, 0)


def _version(reference: Reference) -> tuple[int, int] | None:
    """Major and minor version; a bare major one stands for its newest minor. None for a branch."""
    match = _MAJOR.match(reference.version)
    return (int(match[1]), int(match[2]) if match[2] else 99) if match else None
