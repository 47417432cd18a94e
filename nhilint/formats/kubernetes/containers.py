"""Containers of a pod: those that start first and the others, what each runs, and where it has which volumes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.source.value import Value

_CONTAINERS = ("initContainers", "containers")
_LONGEST_COMMAND = 20_000
MOST_CONTAINERS = 200
MOST_VARIABLES = 500


def containers_of(pod: Node) -> Iterator[Node]:
    """The containers of a pod, those that start before the others first; a bounded number of each."""
    for key in _CONTAINERS:
        for number, item in enumerate(pod[key].items()):
            if item.is_mapping and number < MOST_CONTAINERS:
                yield item


def command_of(container: Node) -> str:
    """The command of a container with its arguments, as one text of bounded length."""
    words = [word.value for key in ("command", "args") for word in islice(container[key].items(), MOST_VARIABLES)]
    return " ".join(word for word in words if isinstance(word, str))[:_LONGEST_COMMAND]


def mounts_of(container: Node, volumes: list[Value]) -> list[Node]:
    """Where a container has the volumes of these names."""
    return [one for one in islice(container["volumeMounts"].items(), MOST_VARIABLES) if one["name"].value in volumes]
