"""A command line that the configuration runs by itself becomes a record: what it fetches, downloads or pastes together.

One line may start several programs; the record tells the worst. `npx` and `bunx` without a version and without `-y` run
the project's own copy of a package where there is one, so they count as local.
Sources: https://code.claude.com/docs/en/hooks (command hooks, exec form and shell form) and
https://docs.npmjs.com/cli/commands/npx, read 2026-11-22.
"""

from __future__ import annotations

import shlex
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.command_secrets import secrets_of_command
from nhilint.formats.mcp.command_line import CommandLine
from nhilint.formats.mcp.holding import without_secrets
from nhilint.formats.mcp.starting import package_of, shell_of
from nhilint.knowledge.tools import unwrap, unwrap_text
from nhilint.knowledge.tools.handing_over import handed_over
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import ConfiguredCommand
from nhilint.model.vocabulary.tool import Package, ShellUse
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.knowledge.tools import Launch
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential

_OWN_COPY = Deferred(r"(?:^|[\s;&|({\"'`])(?:npx|bunx|bun x|npm exec|pnpm exec|yarn)\s+(?!-)(?:--\s+)?")
_XARGS_VALUE = frozenset({"-I", "-n", "-P", "-L", "-d", "-E", "-s", "-a", "--max-args", "--replace", "--delimiter"})
_SCRIPT_OF_XARGS = Deferred(
    r"\bxargs\b[^|;&]{0,200}?-I\s*[\"']?([^\s\"']{1,20})[\"']?\s[^|;&]{0,200}?\b(?:ba|z|da)?sh\s+-c\s+([\"'\S])"
)
"""`xargs -I {} sh -c 'rm {}'`: what stands for the value, and the first letter of the script."""
_PASTED = (
    Deferred(r"\beval\b[^;&|]{0,40}\$\([^)]{0,200}\b(?:tool_input|tool_response|prompt)\b"),
    Deferred(r"\b(?:tool_input|prompt)\b[^|;&]{0,120}\|\s*(?:ba|z|da)?sh\b(?!\s+[\w./$\"'])"),
    Deferred(r"\b(?:ba|z|da)?sh\s+-c\s+\"[^\"]{0,400}\$\([^)\"]{0,200}\b(?:tool_input|prompt)\b"),
)
"""Ways in which a value of the tool call becomes part of a command line that a shell then reads."""


class ReadCommand(NamedTuple):
    """The record, the credentials in its text, and where it sends the hook's input, if anywhere."""

    record: ConfiguredCommand
    credentials: tuple[Credential, ...]
    sent_to: str | None = None


def read_command(
    event: str, node: Node, arguments: Node | None = None, *, takes_input: bool = False
) -> ReadCommand | None:
    """The command that a node states; None when it is no text. `takes_input`: it is told of a tool's call."""
    text = node.text()
    if isinstance(text, Unknown):
        return ReadCommand(_unread(event, text), ())
    if text is None:
        return None
    words = [w.value for w in arguments.items() if isinstance(w.value, str)] if arguments and arguments.exists else None
    return describe_command(event, text.value, node.at, words, takes_input=takes_input)


def _unread(event: str, unknown: Unknown) -> ConfiguredCommand:
    """A command that is not known before something fills it in."""
    at = unknown.at
    return ConfiguredCommand(
        at=at,
        event=Known(event, at),
        command=unknown,
        local=unknown,
        package=Package(at=at, ecosystem=unknown, name=unknown, version=unknown, pin=unknown),
        shell=ShellUse(at=at, interpreter=unknown, downloads=unknown, encoded=unknown),
        interpolates=unknown,
        hands_over=unknown,
    )


def describe_command(
    event: str, text: str, at: Place, words: list[str] | None = None, *, takes_input: bool = False
) -> ReadCommand:
    """What a command line does. With `words` the command is a program that gets them, and no shell reads it."""
    launches = tuple(_beneath_xargs([unwrap(text, words)] if words is not None else unwrap_text(text)))
    worst = _worst(launches, text)
    line = CommandLine((text,), (at,))
    credentials, hidden = secrets_of_command(text, at, "command")
    fetched = worst.package if worst and worst.package and _is_fetched(worst, text) else None
    pasted = _pasted(text) if takes_input and words is None else ()
    given = handed_over(shlex.join([text, *words]) if words is not None else text)
    record = ConfiguredCommand(
        at=at,
        event=Known(event, at),
        command=Known(without_secrets(text, hidden), at),
        local=_is_local(worst, at, is_fetched=fetched is not None),
        package=package_of(fetched, line) if fetched else None,
        shell=shell_of(worst, line) if worst else None,
        interpolates=Known(pasted, at) if pasted else None,
        hands_over=Known(given, at) if given is not None else None,
    )
    return ReadCommand(record, credentials, _sent_to(launches) if takes_input else None)


def _is_local(worst: Launch | None, at: Place, *, is_fetched: bool) -> Known[bool] | Unknown | None:
    if worst is None:
        return None
    if worst.unknown is not None:
        return Unknown(worst.unknown, at)
    downloads = worst.shell is not None and worst.shell.pipes_download_to_shell
    return Known(not is_fetched and not downloads, at)


def _worst(launches: tuple[Launch, ...], text: str) -> Launch | None:
    """The launch to tell of: one that downloads and runs, else one that fetches something that may change."""
    for launch in launches:
        if launch.shell is not None and (launch.shell.pipes_download_to_shell or launch.shell.encoded):
            return launch
    for launch in launches:
        if _is_fetched(launch, text) and launch.package and launch.package.pin not in ("exact", "digest"):
            return launch
    return next((launch for launch in launches if _is_fetched(launch, text)), launches[0] if launches else None)


def _is_fetched(launch: Launch, text: str) -> bool:
    """Whether the launch brings its program from elsewhere each time, or whenever it is not there."""
    package = launch.package
    if package is None or package.pin == "local" or package.ecosystem == "local":
        return False
    if package.ecosystem == "npm" and package.version is None:
        own = [found.end() for found in _OWN_COPY.finditer(text) if text.startswith(package.name, found.end())]
        return not own
    return True


def _beneath_xargs(launches: list[Launch] | tuple[Launch, ...]) -> Iterator[Launch]:
    """`xargs -I {} npx x` starts npx: xargs itself is nothing to tell of."""
    for launch in launches:
        if launch.package is None or launch.package.name != "xargs":
            yield launch
            continue
        words = list(launch.arguments)
        while words and words[0].startswith("-"):
            words = words[2 if words[0] in _XARGS_VALUE else 1 :]
        yield unwrap(words[0], words[1:]) if words else launch


def _pasted(text: str) -> tuple[str, ...]:
    """What of the tool call is pasted into a command line, in the words of the command."""
    if len(text) > 20_000 or not _reads_input(text):
        return ()
    found = [match[0] for pattern in _PASTED if (match := pattern.search(text)) is not None]
    return tuple(" ".join(part.split())[:80] for part in (*_pasted_by_xargs(text), *found))


def _pasted_by_xargs(text: str) -> Iterator[str]:
    """The first call in which the value becomes part of the script; `sh -c '…' _ {}` hands it over as an argument."""
    for match in _SCRIPT_OF_XARGS.finditer(text):
        value, opening = match.groups()
        closing = text.find(opening, match.end()) if opening in "\"'" else text.find(" ", match.end())
        script = text[match.end(2) - 1 : closing if closing >= 0 else len(text)]
        if value in script:
            yield text[match.start() : match.end(2) + len(script)]
            return


def _reads_input(text: str) -> bool:
    return "tool_input" in text or "tool_response" in text or ".prompt" in text


def _sent_to(launches: tuple[Launch, ...]) -> str | None:
    """The address to which a command posts all that it is told on standard input."""
    for launch in launches:
        if launch.package is None or launch.package.name.rsplit("/", 1)[-1] not in {"curl", "wget"}:
            continue
        words = launch.arguments
        sends = any(word.endswith("@-") or word == "--post-file=-" for word in words)
        sends = sends or any(pair == ("-T", "-") for pair in pairwise(words))
        address = next((word for word in words if word.startswith(("http://", "https://"))), None)
        if sends and address is not None:
            return address
    return None
