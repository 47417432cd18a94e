"""MCP servers that a workflow hands to its agent become tools: lists written as JSON into an input or a script.

Claude Code takes them in its arguments (`--mcp-config '{…}'`) or in `mcp_config`, Gemini CLI and Qwen Code in their
settings; a script passes them on the command line or writes them to a file before the agent starts. Each product's own
list has the same root key, so what is looked for is a JSON object with that key. The text stays where it stands: every
fact points to a stretch of it. Codex' TOML is read where a script writes it to its config.toml, placed at its headings.
Files that a step names are not read here.

Sources, read 2026-11-22: https://github.com/anthropics/claude-code-action (docs/configuration.md),
https://github.com/google-github-actions/run-gemini-cli (examples/workflows) and
https://docs.github.com/en/copilot/reference/cli-command-reference (`--additional-mcp-config`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.github.codex_settings import written
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import ABSENT, Node
from nhilint.model.fact import Known
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred
from nhilint.source.json_places import find_places
from nhilint.source.json_text import STRING, strict_text
from nhilint.source.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nhilint.formats.github.trail import StepFacts
    from nhilint.formats.mcp.dialect import Dialect
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.source.place import Place as TextPlace

ROOT = "mcpServers"
_INPUTS = ("settings", "settings_json", "claude_args", "mcp_config", "mcp-config")
_DIALECTS = {
    "claude-code": "mcp-claude-code",
    "gemini-cli": "mcp-gemini",
    "qwen-code": "mcp-qwen",
    "copilot-cli": "mcp-copilot",
}
_KEY = Deferred(rf'"{ROOT}"\s*:')
_STRING_OR_EXPRESSION = Deferred(rf"(?s:{STRING})|(\$\{{\{{[^}}]{{0,400}}\}}\}})")
_LONGEST = 65_536
_MOST_LISTS = 8
_MOST_TRIES = 20
"""So many opening braces before a root key are tried: what stands before it in the same object is short."""


def servers_of(step: StepFacts, product: str, agent: str, form: str) -> tuple[Resource, ...]:
    """The servers that the agent of a step is started with, as tools of its product."""
    if product == "codex":
        return tuple(_used(resource, agent) for resource in _of_codex(step, form))
    dialect = _as_started(DIALECTS[_DIALECTS.get(product, "mcp")])
    found: list[Resource] = []
    for node in _texts(step):
        for root in _lists(node):
            found.extend(read_servers(root, dialect, form) or ())
    return tuple(_used(resource, agent) for resource in found)


def _of_codex(step: StepFacts, form: str) -> Iterator[Resource]:
    """Servers in a config.toml that a script writes."""
    own = DIALECTS["mcp-codex"]
    dialect = replace(_as_started(own), routes=own.routes)
    for node in _texts(step):
        for settings in written(node.value) if isinstance(node.value, str) else ():
            yield from read_servers(_Written(settings, node, node.pointer), dialect, form) or ()


def _as_started(dialect: Dialect) -> Dialect:
    """The dialect in a run that nobody attends: the workflow's expressions are replaced, and nobody is asked."""
    expansion = replace(dialect.expansion, forms=dialect.expansion.forms | {"expression"}, exhaustive=False)
    gates = replace(dialect.gates, asks=False)
    return replace(dialect, routes=((ROOT,),), bare=False, gates=gates, expansion=expansion)


def _used(resource: Resource, agent: str) -> Resource:
    tool = resource.facts
    if not isinstance(tool, Tool):
        return resource
    used = replace(tool, users=Known((agent,), tool.at), runs_in_ci=Known(value=True, at=tool.at))
    return replace(resource, facts=used)


def _texts(step: StepFacts) -> Iterator[Node]:
    """The inputs and the script of the step, and the scripts that ran before it in the same job."""
    if step.node.path.endswith(".lock.yml"):
        return  # a compiled agentic workflow, whose source declares them
    inputs = step.node["with"]
    yield from (inputs[name] for name in _INPUTS)
    yield step.node["run"]
    for earlier in step.job.scope.running:
        if isinstance(earlier.pointer[-1], int) and earlier.pointer[-1] < step.number:
            yield earlier["run"]


def _lists(node: Node) -> Iterator[Node]:
    """The JSON objects with a list of servers in a text."""
    text = node.value
    if not isinstance(text, str) or ROOT not in text or len(text) > _LONGEST:
        return
    end = 0
    for number, match in enumerate(_KEY.finditer(text)):
        if number >= _MOST_LISTS:
            return
        found = _object_around(text, match.start(), end) if match.start() >= end else None
        if found is not None:
            end = found.start + len(found.text)
            text_at = _Text(node.at, found.start, find_places(found.text, DEFAULT_LIMITS))
            yield _Inside(found.value, node, node.pointer, text_at)


class _Object(NamedTuple):
    """A JSON object in a text: where it begins, its source with placeholders filled, what it says."""

    start: int
    text: str
    value: dict[str, object]


def _object_around(text: str, key: int, floor: int) -> _Object | None:
    start = key
    for _ in range(_MOST_TRIES):
        start = text.rfind("{", floor, start)
        if start < 0:
            return None
        source = strict_text(_STRING_OR_EXPRESSION.sub(_filled, text[start:]))
        try:
            value, length = json.JSONDecoder(strict=False).raw_decode(source)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get(ROOT), dict):
            return _Object(start, source[:length], value)
    return None


def _filled(hit: re.Match[str]) -> str:
    """An expression outside of quotes stands for a number or a boolean: a number of the same length takes its place."""
    return "0".ljust(len(hit[0])) if hit[1] else hit[0]


class _Text(NamedTuple):
    """Where a value stands: in the text at a place, from `offset` on, as far as the places of its JSON tell."""

    place: Place
    offset: int
    stands: TextPlace


class _Inside(Node):
    """A value of a JSON text inside a text of the workflow."""

    __slots__ = ("_text",)

    def __init__(self, value: object, owner: Node, pointer: tuple[str | int, ...], text: _Text) -> None:
        super().__init__(value, owner.path, pointer)
        self._text = text

    @property
    def at(self) -> Place:
        """The stretch of the text: a whole value, or the key of anything larger."""
        stands = self._text.stands
        start, end = stands.start, stands.end
        if isinstance(self.value, dict | list):
            start, end = stands.key or (start, start + 1)
        return self._text.place.within_text(self._text.offset + start, self._text.offset + end)

    def __getitem__(self, key: str | int) -> Node:
        inner = super().__getitem__(key)
        stands = self._text.stands.child(key) if inner.value is not ABSENT else None
        text = self._text._replace(stands=stands) if stands is not None else self._text
        return _Inside(inner.value, self, inner.pointer, text)


class _Written(Node):
    """A value of settings that a script writes, placed at the heading of its table, or at the script."""

    __slots__ = ("_script",)

    def __init__(self, value: object, script: Node, pointer: tuple[str | int, ...]) -> None:
        super().__init__(value, script.path, pointer)
        self._script = script

    @property
    def at(self) -> Place:
        """The heading that names the server; everything in its table stands there."""
        route = self.pointer[len(self._script.pointer) :]
        heading = ".".join(map(str, route[:2]))
        start = str(self._script.value).find(heading) if heading else -1
        return self._script.at.within_text(start, start + len(heading)) if start >= 0 else self._script.at

    def __getitem__(self, key: str | int) -> Node:
        inner = super().__getitem__(key)
        return _Written(inner.value, self._script, inner.pointer)
