"""Reads single records of the tool data without building the others.

A data file is a JSON array with one record a line; its index names the lines for each way to look one up. Both are read
on first use; a record is parsed when it is asked for and kept.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from nhilint.knowledge.tools.capabilities import CredentialUse
from nhilint.knowledge.tools.runner_table import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

RecordFile = Literal["servers", "builtins", "frameworks"]


class Conditions(NamedTuple):
    """Switches of one kind each: options, variables with values, headers with values, parts of the address."""

    flags: tuple[str, ...] = ()
    env: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    url: tuple[str, ...] = ()


class Narrowing(NamedTuple):
    """What happens `when` one of some switches is set, or `unless` one is: only reading is left, or some capabilities
    (`category:access` or a whole category) are gone. `sends_nothing`: what is left reaches no network.
    """

    when: Conditions | None
    unless: Conditions | None
    leaves_read: bool
    drops: frozenset[str]
    sends_nothing: bool = False


class ToolRecord(NamedTuple):
    """One line of a data file. `home` is a client or framework and `name` its tool's name, both empty for servers."""

    id: str
    publisher: str
    official: bool
    verified: bool
    by_hand: bool
    capabilities: tuple[str, ...]
    reads_untrusted: bool | None
    egress: bool | None
    private_data: bool | None
    narrowings: tuple[Narrowing, ...]
    narrower: tuple[str, ...]
    credentials: tuple[CredentialUse, ...]
    remote_oauth: bool | None
    home: str
    name: str
    by_default: bool
    remark: str | None
    source: str


def find_records(file: RecordFile, group: str, name: str) -> tuple[ToolRecord, ...]:
    """The records that `name` means in `group` (npm, pypi, image, url, name; a client; a framework)."""
    return tuple(_record(file, line) for line in _index(file).get(group, {}).get(name, ()))


def names_in(file: RecordFile, group: str) -> tuple[str, ...]:
    """All names of a group, sorted."""
    return tuple(_index(file).get(group, ()))


def records_in(file: RecordFile, group: str) -> Iterator[ToolRecord]:
    """The records of a group, each once, in the order of the file."""
    numbers = {line for lines in _index(file).get(group, {}).values() for line in lines}
    return (_record(file, line) for line in sorted(numbers))


def all_records(file: RecordFile) -> Iterator[ToolRecord]:
    """Every record of a file: for checks of the data, not for look-ups."""
    return (_record(file, number) for number, line in enumerate(_lines(file)) if line.startswith("{"))


@cache
def _index(file: RecordFile) -> dict[str, dict[str, list[int]]]:
    content: dict[str, dict[str, list[int]]] = json.loads((DATA / f"{file}.index.json").read_text(encoding="utf-8"))
    return content


@cache
def _lines(file: RecordFile) -> list[str]:
    return (DATA / f"{file}.json").read_text(encoding="utf-8").split("\n")


@lru_cache(maxsize=4096)
def _record(file: RecordFile, line: int) -> ToolRecord:
    content: dict[str, Any] = json.loads(_lines(file)[line].rstrip("\r").rstrip(","))
    return ToolRecord(
        id=content["id"],
        publisher=content["publisher"],
        official=content["official"],
        verified=content["verified"],
        by_hand=content.get("assigned", "hand") == "hand",
        capabilities=tuple(content["capabilities"]),
        reads_untrusted=content["reads_untrusted"],
        egress=content["egress"],
        private_data=content["private_data"],
        narrowings=tuple(_narrowing(item) for item in content.get("switches", ())),
        narrower=tuple(content.get("narrower", ())),
        credentials=tuple(_credential(item) for item in content.get("credentials", ())),
        remote_oauth=content.get("remote_oauth"),
        home=content.get("home", ""),
        name=content.get("name", ""),
        by_default=content.get("by_default", False),
        remark=content.get("remark"),
        source=content["source"],
    )


def _narrowing(item: dict[str, Any]) -> Narrowing:
    return Narrowing(
        when=_conditions(item["when"]) if "when" in item else None,
        unless=_conditions(item["unless"]) if "unless" in item else None,
        leaves_read=item.get("leaves") == "read",
        drops=frozenset(item.get("drops", ())),
        sends_nothing=item.get("egress") is False,
    )


def _conditions(item: dict[str, list[str]]) -> Conditions:
    return Conditions(**{kind: tuple(texts) for kind, texts in item.items()})


def _credential(item: dict[str, Any]) -> CredentialUse:
    return CredentialUse(tuple(item["names"]), item["provider"], item["kind"], item.get("narrower"))
