"""The jobs of a pipeline with what they inherit: `extends`, `default`, the scripts and variables at the top.

A job's own key replaces an inherited one; mappings of `extends` are merged, deeper ones over those they extend. Hidden
jobs (a name that begins with a dot) only serve to be extended. What a job extends in another file is only named here.
Source: https://docs.gitlab.com/ci/yaml/ (default, extends, inherit, global keywords), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred
from nhilint.source.value import Stream

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nhilint.formats.node import Node

NO_JOBS = frozenset(
    {
        "default", "include", "stages", "variables", "workflow", "image", "services", "cache", "before_script",
        "after_script", "spec", "pages:deploy", "types",
    }
)  # fmt: skip
_WORK = ("script", "trigger", "extends", "run")
_SCRIPTS = ("before_script", "script", "after_script")
_MOST_EXTENDED = 22
"""So many jobs that one extends are looked into; GitLab follows eleven levels."""
_MOST_JOBS = 2_000
_MOST_LINES = 2_000
_VARIABLE = Deferred(r"\$(?:\{(\w+)\}|(\w+))")


class Job:
    """One job: its own node first, then those it extends, then `default`."""

    def __init__(self, name: str, nodes: tuple[Node, ...], root: Node) -> None:
        self.name = name
        self.node = nodes[0]
        self._nodes = nodes
        self._root = root
        self._lines: tuple[Node, ...] | None = None

    def __getitem__(self, key: str) -> Node:
        """The nearest statement of a key; the absent node of the job itself when nothing states it."""
        for node in (*self._nodes, self._root["default"]):
            if node[key].exists:
                return node[key]
        return self._root[key] if key in ("before_script", "after_script") else self.node[key]

    def lines(self) -> tuple[Node, ...]:
        """Every text of its scripts, in the order in which they run."""
        if self._lines is None:
            self._lines = tuple(self._texts())
        return self._lines

    def _texts(self) -> Iterator[Node]:
        count = 0
        for key in _SCRIPTS:
            pending = [self[key]]
            while pending and count < _MOST_LINES:
                node = pending.pop(0)
                if node.is_list:
                    pending[:0] = list(node.items())
                elif node.is_text:
                    count += 1
                    yield node

    def variable(self, name: str) -> Node | None:
        """Where a variable is given a value in this file, the nearest place first."""
        for node in (*self._nodes, self._root):
            found = node["variables"][name]
            value = found["value"] if found.is_mapping else found
            if value.exists:
                return value
        return None

    def extended_elsewhere(self) -> tuple[str, ...]:
        """The names that it extends, or what it extends does, and that its file does not have."""
        named = (item.value for node in self._nodes for item in node["extends"].items() if item.is_text)
        return tuple(dict.fromkeys(name for name in named if not self._root[name].is_mapping))

    def spelled_out(self, text: str) -> str:
        """A text with the variables replaced that this file gives a plain value."""
        return _VARIABLE.sub(self._value, text)

    def _value(self, match: re.Match[str]) -> str:
        node = self.variable(match[1] or match[2])
        return node.value if node is not None and node.is_text and "$" not in node.value else match[0]


def document_of(root: Node) -> Node:
    """The part of a file that holds jobs: the last document, after a header with `spec`."""
    return root[len(root.value) - 1] if isinstance(root.value, Stream) and root.value else root


def jobs_of(root: Node) -> Iterator[Job]:
    """The jobs of a file that can run, in order."""
    for count, (name, node) in enumerate(root.entries()):
        if count >= _MOST_JOBS:
            return
        if not name.startswith(".") and is_job(name, node):
            yield Job(name, tuple(_with_extended(node, root)), root)


def hidden_jobs_of(root: Node) -> Iterator[Job]:
    """The jobs of a file that only serve to be extended, in order."""
    for count, (name, node) in enumerate(root.entries()):
        if count >= _MOST_JOBS:
            return
        if name.startswith(".") and node.is_mapping:
            yield Job(name, tuple(_with_extended(node, root)), root)


def is_job(name: str, node: Node) -> bool:
    """Whether an entry at the top is a job."""
    return name not in NO_JOBS and node.is_mapping and any(node[key].exists for key in _WORK)


def _with_extended(node: Node, root: Node) -> Iterator[Node]:
    pending, seen = [node], {node.pointer}
    for _ in range(_MOST_EXTENDED):
        if not pending:
            return
        current = pending.pop(0)
        yield current
        named = [item.value for item in current["extends"].items() if item.is_text]
        for name in reversed(named):
            parent = root[name]
            if parent.is_mapping and parent.pointer not in seen:
                seen.add(parent.pointer)
                pending.append(parent)
