"""The words that start a server, each with its place, and the credentials that stand among them.

A command may be a text, an array, or a text with a list of arguments; whoever looks at a word asks for its index and
gets a place. Credentials are found by option (`--api-key X`, `--token=X`), by header (`-H "Authorization: …"`), by
variable (`-e NAME=value`) and by shape; the arguments that go on as a fact have them taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.command_secrets import secrets_of_command
from nhilint.formats.mcp.holding import BY_ITSELF, Slot, is_header_of_credential, read_slot, without_secrets
from nhilint.knowledge.credentials import is_credential_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.dialect import Expansion, Form
    from nhilint.formats.mcp.entry import Entry
    from nhilint.formats.mcp.holding import Secret
    from nhilint.formats.node import Node
    from nhilint.knowledge.tools import Launch
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential, CredentialLocation

MOST_WORDS = 2_000
"""Longer command lines are read up to here."""

_HEADER_OPTIONS = frozenset({"--header", "-H", "--headers"})
_VARIABLE_OPTIONS = frozenset({"-e", "--env"})
_OF_A_SHELL: frozenset[Form] = frozenset({"bare", "brace", "brace_default", "substitution"})
"""What a shell replaces in the text that it is given, whatever the product leaves as it stands."""
_INSIDE = (" ", "{", "=")
_SHORTEST_INSIDE = 16
_OF_CMD: frozenset[Form] = frozenset({"percent"})


class CommandLine(NamedTuple):
    """The words of a command line, the program first, and the place of each."""

    words: tuple[str, ...]
    places: tuple[Place, ...]

    def place_of(self, index: int) -> Place:
        """The place of a word; the nearest one for an index that is none."""
        return self.places[min(max(index, 0), len(self.places) - 1)]


def command_line_of(entry: Entry) -> CommandLine | None:
    """The command line of a server; None when it states no command, or one in a form that the product cannot load."""
    command = entry.part(entry.dialect.keys.command)
    nodes = list(_words(command))
    if not nodes or (command.is_list and entry.dialect.keys.command_is_text):
        return None
    nodes.extend(_words(entry.part(entry.dialect.keys.arguments)))
    nodes = nodes[:MOST_WORDS]
    return CommandLine(tuple(_text(node) for node in nodes), tuple(node.at for node in nodes))


def read_arguments(
    line: CommandLine, expansion: Expansion, launch: Launch
) -> tuple[tuple[str, ...], tuple[Credential, ...]]:
    """All words without credentials, the program first, and the credentials."""
    shown: list[str] = []
    found: list[Credential] = []
    for index, word in enumerate(line.words):
        slot = _slot(line, index)
        replaced = replace(expansion, forms=expansion.forms | _replaced_by_a_shell(index, launch))
        credentials, hidden = read_slot(word[slot.start :], slot, replaced)
        inside, more = ((), ()) if hidden else secrets_inside(word, slot)
        shown.append(
            without_secrets(word, more) if more else word[: slot.start] + without_secrets(word[slot.start :], hidden)
        )
        found.extend((*credentials, *inside))
    return tuple(shown), tuple(found)


def secrets_inside(text: str, slot: Slot) -> tuple[tuple[Credential, ...], tuple[Secret, ...]]:
    """Credentials in clear in a text that is a command or document itself: `sh -c "TOKEN=x server"`, `{"key": "x"}`."""
    if len(text) < _SHORTEST_INSIDE or not any(mark in text for mark in _INSIDE):
        return (), ()
    return secrets_of_command(text, slot.at, slot.name)


def _replaced_by_a_shell(index: int, launch: Launch) -> frozenset[Form]:
    """The notations that a shell on the way replaces in a word: `sh -c "server $TOKEN"`, `cmd /c server %TOKEN%`."""
    text = launch.shell
    if "shell" in launch.wrappers and text is not None and text.inline is not None and text.at == index:
        return _OF_A_SHELL
    return _OF_CMD if "cmd" in launch.wrappers else frozenset()


def _slot(line: CommandLine, index: int) -> Slot:
    """What a word is: the value of an option, a header, a variable, or a word by itself."""
    word, at = line.words[index], line.places[index]
    before = line.words[index - 1] if index > 1 else ""
    if before in _HEADER_OPTIONS and ":" in word:
        name, _, rest = word.partition(":")
        return Slot(name.strip(), at, "header", is_header_of_credential(name), len(word) - len(rest.lstrip()))
    if "=" in word and (before in _VARIABLE_OPTIONS or word.startswith("--")) and " " not in word.partition("=")[0]:
        name = word.partition("=")[0].lstrip("-")
        location: CredentialLocation = "env" if before in _VARIABLE_OPTIONS else "argument"
        return Slot(name, at, location, is_credential_name(name), len(word.partition("=")[0]) + 1)
    option = before.lstrip("-") if before.startswith("-") and "=" not in before else ""
    if option and not word.startswith("-") and is_credential_name(option):
        return Slot(before, at, "argument", sensitive=True)
    by_itself = "command line" if option else BY_ITSELF  # `sh -c TEXT`: "c" is no name
    return Slot(option if len(option) > 1 else by_itself, at, "argument")


def _words(node: Node) -> Iterator[Node]:
    for item in node.items():
        if isinstance(item.value, str | int | float) and item.value != "":
            yield item


def _text(node: Node) -> str:
    value = node.value
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
