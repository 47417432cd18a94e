"""What people said to an agent, kept in a file, becomes the credentials of a provider that they pasted into it.

Claude Code keeps prompts and pasted texts under `projects.*.history[]` of `.claude.json`, later in `history.jsonl`, and
whole sessions below `.claude/projects`; Codex in `history.jsonl` and below `sessions`; aider in `.aider.*.history*`;
SpecStory below `.specstory/history`. Prompts speak of examples all the time, so nothing counts but a provider's own
shape; an address of a database and a token that names no provider do not. Sources: fields of `.claude.json` as they
stand in one of a public repository (0blueteam0/nexus-atip, seen 2026-11-22); names of the other files from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.settings_files.written import of_providers
from nhilint.formats.written_secrets.leaf import Leaf
from nhilint.model.place import Place
from nhilint.model.resource import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Pointer
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_MOST = 5_000
_LONGEST = 2_000_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials of a history of one line a prompt, or of one text."""
    whole = Leaf("history", document.text[:_LONGEST], Place(document.path))
    found = tuple(of_providers((whole,), document.text[:_LONGEST], claim.format))
    return Extraction(found, recognised=bool(found))


def pasted_into_prompts(document: Document, claim: Claim) -> Iterator[Resource]:
    """The credentials in the history of prompts of `.claude.json`."""
    if '"display"' in document.text:
        yield from of_providers(_prompts(document.value, document.path), document.text, claim.format)


def _prompts(root: Value, path: str) -> Iterator[Leaf]:
    """What was said in every prompt, and what was pasted into it."""
    for prompt, pointer in _kept(root):
        if isinstance(said := prompt.get("display"), str):
            yield Leaf("display", said, Place(path, (*pointer, "display")), "the history")
        for number, part in _entries(prompt.get("pastedContents")):
            content = part.get("content") if isinstance(part, dict) else None
            if isinstance(content, str):
                at = Place(path, (*pointer, "pastedContents", number, "content"))
                yield Leaf("content", content, at, "the history")


def _kept(root: Value) -> Iterator[tuple[dict[str, Value], Pointer]]:
    """The prompts of every project, and where each stands."""
    for folder, project in _entries(root.get("projects") if isinstance(root, dict) else None):
        history = project.get("history") if isinstance(project, dict) else None
        for index, prompt in enumerate(history[:_MOST] if isinstance(history, list) else ()):
            if isinstance(prompt, dict):
                yield prompt, ("projects", folder, "history", index)


def _entries(value: Value) -> Iterable[tuple[str, Value]]:
    return value.items() if isinstance(value, dict) else ()
