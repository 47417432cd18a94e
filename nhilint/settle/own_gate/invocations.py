"""Where a repository runs nhilint: workflow steps, pre-commit hooks, pipeline scripts; and what a change does to them.

A use is compared as a whole with everything around it that may switch it off, so that no way of softening it has to be
known beforehand. Moving a use, adding one, or taking another version of the same action is no softening.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from nhilint.model.place import Place
from nhilint.settle.own_gate.seen import Seen, whole
from nhilint.source.deferred import Deferred
from nhilint.tree import own_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Pointer
    from nhilint.model.vocabulary.gate import GatePart
    from nhilint.settle.own_gate.seen import Both
    from nhilint.source.document import Document
    from nhilint.tree import Tree

_ACTION = Deferred(r"(?:^|/)nhilint(?:/[\w./-]+)?@")
_COMMAND = Deferred(r"\bnhilint\s+(?:check|diff)\b")
_FILES = Deferred(r"^(?:\.github/workflows/[^/]+\.ya?ml|\.pre-commit-config\.ya?ml|\.gitlab-ci\.ya?ml)$")
_AROUND = ("if", "continue-on-error", "when", "allow_failure", "rules", "only", "except", "needs", "on")
_DEEPEST = 12


class Use(Struct, frozen=True):
    """One use of nhilint: where it stands, everything that configures it, and what it is called."""

    pointer: Pointer
    setup: dict[str, str]
    name: str


def files_that_run_it(tree: Tree) -> tuple[str, ...]:
    """The files of a tree in which nhilint is run."""
    return tuple(path for path in tree.paths() if _FILES.match(path) and b"nhilint" in (own_bytes(tree, path) or b""))


def softened(both: Both) -> Iterator[Seen]:
    """Uses that are gone or set up otherwise."""
    for path in files_that_run_it(both.before):
        if not both.touched(path):
            continue
        part: GatePart = "hook" if path.startswith(".pre-commit") else "workflow"
        before, after = both.documents(path)
        if before is None:
            continue
        if after is None:
            yield Seen(part, f"takes away {path}, which runs nhilint", whole(path))
            continue
        yield from _compared(path, part, _uses(before), _uses(after))


def _compared(path: str, part: GatePart, before: list[Use], after: list[Use]) -> Iterator[Seen]:
    left = list(after)
    changed: list[Use] = []
    for use in before:
        match = next((other for other in left if other.setup == use.setup), None)
        if match is None:
            changed.append(use)
        else:
            left.remove(match)
    for use in changed:
        rival = next((other for other in left if other.name == use.name), None)
        if rival is None:
            yield Seen(part, f"takes the use of nhilint ({use.name}) out of {path}", whole(path))
            continue
        left.remove(rival)
        keys = sorted(key for key in {*use.setup, *rival.setup} if use.setup.get(key) != rival.setup.get(key))
        said = f"runs nhilint otherwise: {', '.join(keys)} of {use.name} changed"
        yield Seen(part, said, Place(path, rival.pointer))


def _uses(document: Document) -> list[Use]:
    found: list[Use] = []
    _walk(document.value, (), {}, found)
    return found


def _walk(value: object, pointer: Pointer, around: dict[str, str], found: list[Use]) -> None:
    """Collect uses below a value. `around` has what the values above say about whether they run at all."""
    if len(pointer) > _DEEPEST:
        return
    if isinstance(value, dict):
        if use := _use(value, pointer, around):
            found.append(use)
            return
        said = {str(key): _plain(entry) for key, entry in value.items() if str(key) in _AROUND}
        inner = {**around, **{".".join(map(str, (*pointer, key))): text for key, text in said.items()}}
        for key, entry in value.items():
            if str(key) not in _AROUND:
                _walk(entry, (*pointer, str(key)), inner, found)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            _walk(entry, (*pointer, index), around, found)
    elif isinstance(value, str) and _COMMAND.search(value):
        found.append(Use(pointer, {**around, "command": value}, "nhilint check"))


def _use(value: dict[Any, Any], pointer: Pointer, around: dict[str, str]) -> Use | None:
    """A workflow step or a hook."""
    uses, run, hook = value.get("uses"), value.get("run"), value.get("id")
    setup = {**around, **{str(key): _plain(entry) for key, entry in value.items() if key != "name"}}
    if isinstance(uses, str) and _ACTION.search(uses):
        setup["uses"] = uses.partition("@")[0]
        return Use(pointer, setup, setup["uses"])
    if isinstance(run, str) and _COMMAND.search(run):
        return Use(pointer, setup, "nhilint check")
    if isinstance(hook, str) and hook in ("nhilint", "nhilint-full"):
        return Use(pointer, setup, hook)
    return None


def _plain(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)
