"""Separates the options in front of a command line from what follows them, by a runner's grammar.

Reading stops at the first positional or after `--`, which is how npx, uvx, docker run, env, sudo and their like find
the word that matters. What an option means is the runner's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.runner_table import Runner
    from nhilint.knowledge.tools.words import Word


_LONGEST_CLUSTER = 4096


class Option(Struct, frozen=True):
    """An option with its value, None for a flag, and the second value of an option that takes two.

    `at` is the argument that holds the (last) value, else the option itself.
    """

    name: str
    value: str | None
    at: int
    second: str | None = None


class Parted(Struct, frozen=True):
    """The options read, the words after them, and whether `--` stood between."""

    options: list[Option]
    rest: Sequence[Word]
    dashes: bool


def part_options(words: Sequence[Word], runner: Runner) -> Parted:
    """Split the words after a runner's name into its options and the rest."""
    options: list[Option] = []
    position = 0
    while position < len(words):
        text = words[position].text
        if text == "--":
            return Parted(options, words[position + 1 :], dashes=True)
        if not text.startswith("-") or text == "-":
            break
        taken, position = _read_option(words, position, runner)
        options += taken
    return Parted(options, words[position:], dashes=False)


def _read_option(words: Sequence[Word], position: int, runner: Runner) -> tuple[list[Option], int]:
    word = words[position]
    name, equals, value = word.text.partition("=")
    if runner.style == "single_dash" and name.startswith("--"):
        name = name[1:]
    if equals and (name in runner.values or name.startswith("--") or runner.style != "clustered"):
        return [Option(name, value, word.at)], position + 1
    if name in runner.pairs and position + 2 < len(words):
        key, following = words[position + 1 : position + 3]
        return [Option(name, key.text, following.at, following.text)], position + 3
    if (
        runner.style == "clustered"
        and not name.startswith("--")
        and 2 < len(word.text) <= _LONGEST_CLUSTER + 1
        and word.text not in runner.values
    ):
        return _read_cluster(words, position, runner)
    if _takes_value(name, words, position, runner):
        following = words[position + 1]
        return [Option(name, following.text, following.at)], position + 2
    return [Option(name, None, word.at)], position + 1


def _takes_value(name: str, words: Sequence[Word], position: int, runner: Runner) -> bool:
    if position + 1 >= len(words):
        return False
    if name in runner.values:
        return True
    if runner.style != "npm" or name.lstrip("-") in runner.flags:
        return False
    # npx takes the next word as the value of any option it does not know, unless that is an option too.
    return not words[position + 1].text.startswith("-")


def _read_cluster(words: Sequence[Word], position: int, runner: Runner) -> tuple[list[Option], int]:
    """`-it` is -i -t, `-eNAME=x` is -e with a value, `-lc text` is -l and -c with the next word."""
    word = words[position]
    options: list[Option] = []
    for index, letter in enumerate(word.text[1:], start=2):
        name = f"-{letter}"
        if name not in runner.values:
            options.append(Option(name, None, word.at))
            continue
        attached = word.text[index:].removeprefix("=")
        if attached:
            return [*options, Option(name, attached, word.at)], position + 1
        if position + 1 < len(words):
            following = words[position + 1]
            return [*options, Option(name, following.text, following.at)], position + 2
    return options, position + 1
