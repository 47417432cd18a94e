"""Reads bridges and wrappers: programs that connect to a server elsewhere, or that only start another command.

A bridge leads to an address (mcp-remote), to a nested command (supergateway --stdio, mcp-proxy) or to a name in a
catalogue (smithery). A wrapper changes user, environment or priority (sudo, env, timeout, op run) and reads on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.tools.draft import NestedText
from nhilint.knowledge.tools.launch import Package
from nhilint.knowledge.tools.options import part_options
from nhilint.knowledge.tools.words import Word, is_assignment, is_opaque, is_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.draft import Draft
    from nhilint.knowledge.tools.options import Option, Parted
    from nhilint.knowledge.tools.runner_table import Runner


def read_bridge(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | NestedText | None:
    """A bridge. Its own package has been noted before."""
    draft.wrappers.append(runner.id)
    if runner.rest == "address":
        _read_address(runner, words, draft)
        return None
    parted = part_options(words, runner)
    options = parted.options if runner.rest != "none" else _options_anywhere(runner, words)
    nested = _take_options(runner, options, draft)
    if nested is not None:
        return nested
    if draft.remote_url is not None:
        return None
    return _read_rest(runner, parted, draft)


def read_wrapper(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | NestedText | None:
    """A wrapper. Answers with the command it runs."""
    parted = part_options(words, runner)
    draft.wrappers.append(runner.id)
    draft.elevated = draft.elevated or runner.elevates
    if runner.injects_secrets:
        draft.secret_injector = draft.secret_injector or runner.id
    nested = _take_options(runner, parted.options, draft)
    if nested is not None:
        return nested
    rest = _skip_positionals(runner, parted, draft)
    while rest and is_assignment(rest[0].text):
        draft.note_assignment(rest[0].text, rest[0].at)
        rest = rest[1:]
    if rest and rest[0].text == "--":
        rest = rest[1:]
    if not rest:
        draft.unknown = f"{runner.commands[0]} is given no command"
        return None
    return rest


def _read_address(runner: Runner, words: Sequence[Word], draft: Draft) -> None:
    """mcp-remote takes options anywhere; the first other word is the address (geelen/mcp-remote, src/lib/utils.ts)."""
    rest = list(words)
    while rest:
        parted = part_options(rest, runner)
        _take_options(runner, parted.options, draft)
        if not parted.rest:
            break
        first, rest = parted.rest[0], list(parted.rest[1:])
        if draft.remote_url is None and (is_url(first.text) or is_opaque(first.text)):
            draft.note_url(first.text, first.at)
    if draft.remote_url is None:
        draft.unknown = f"{runner.id} is given no address"


def _options_anywhere(runner: Runner, words: Sequence[Word]) -> list[Option]:
    """supergateway and mcporter take options before and after their other words."""
    options: list[Option] = []
    rest = list(words)
    while rest:
        parted = part_options(rest, runner)
        options += parted.options
        rest = list(parted.rest[1:])
    return options


def _take_options(runner: Runner, options: Sequence[Option], draft: Draft) -> NestedText | None:
    nested = None
    for option in options:
        role = runner.role_of(option.name)
        value = option.value or ""
        if role == "header":
            draft.note_header(value if option.second is None else f"{value}: {option.second}", option.at)
        elif role == "env":
            draft.note_assignment(value if option.second is None else f"{value}={option.second}", option.at)
        elif role == "env_file":
            draft.env_files.append(value)
        elif role == "url" and value:
            draft.note_url(value, option.at)
        elif role in {"text", "command"} and value:
            nested = NestedText(value, option.at)
    return nested


def _skip_positionals(runner: Runner, parted: Parted, draft: Draft) -> Sequence[Word]:
    rest = parted.rest
    dashes = next((index for index, word in enumerate(rest) if word.text == "--"), None)
    if runner.until_dashes and dashes is not None:
        return rest[dashes + 1 :]
    if runner.until_dashes and parted.dashes:
        return rest
    if runner.id == "ssh" and rest:
        draft.remote_host = rest[0].text
    return rest[runner.skip :]


def _read_rest(runner: Runner, parted: Parted, draft: Draft) -> Sequence[Word] | None:
    rest = parted.rest
    if not rest:
        draft.unknown = f"{runner.commands[0]} is given nothing to connect to"
        return None
    if is_url(rest[0].text):
        draft.note_url(rest[0].text, rest[0].at)
        return None
    if runner.rest == "command":
        return rest
    if runner.rest == "name":
        package = Package(runner.ecosystem, rest[0].text, None, "none", words=(rest[0].at, rest[0].at + 1))
        draft.find(package, rest[1:])
        return None
    draft.unknown = f"{runner.commands[0]} takes the server from its own configuration"
    return None
