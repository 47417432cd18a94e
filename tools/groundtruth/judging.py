"""One scan of a laid-out tree, and what it says about each case.

A case is flagged when a finding of one of the mapped checks, or a place that the finding shows beside its own, stands
where the case says: in the resource of its address or a policy document that this refers to, near its line, or in its
file where it names nothing smaller. Findings that only show on request (low confidence) do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nhilint.model.finding import Disposition
from nhilint.pipeline import scan
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cases import Case

    from nhilint.catalogue.check import Check
    from nhilint.model.finding import Finding
    from nhilint.model.place import Place

_NEAR = 3
"""Lines between a peer's line and a finding's that are still one place where that is no entry of a list."""
_JOINED = "checkov-kubernetes-graph"
"""The suite whose cases are folders: an account, a role and the binding between them."""
_LINE = re.compile(r"^line (\d+)")
_CLOUDFORMATION = re.compile(r"^(?:AWS|Custom|Alexa)::[\w:]+\.([\w-]+)$")
_DOCUMENT = re.compile(r"\bdata\.aws_iam_policy_document\.([\w-]+)\.")
_TERRAFORM = re.compile(r"^(?:data\.)?([a-z][a-z0-9_]*)\.([\w-]+)$")
_WHEN = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a finding shows: the check, what it says, the route into the file, the lines."""

    check: str
    said: str
    pointer: tuple[str | int, ...]
    line: int
    end_line: int
    name: str


def marks_of(files: Mapping[str, bytes], checks: tuple[Check, ...]) -> dict[str, list[Mark]]:
    """Every place that a scan of the files marks, by file."""
    run = scan(MemoryTree(files), Settings(root=Path("repository"), now=_WHEN, use_cache=False), checks)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for finding in run.findings:
        if finding.disposition is Disposition.HIDDEN:
            continue
        for place, said in _places(finding):
            where = run.locate(place)
            mark = Mark(finding.check, said, place.pointer, where.line, where.end_line, finding.subject.name)
            marks[place.path].append(mark)
    return marks


def near(case: Case, home: str, marks: Mapping[str, list[Mark]]) -> list[Mark]:
    """The marks of a case's file; those of its folder where the case is a binding of what other files declare."""
    if case.suite != _JOINED:
        return marks.get(home, [])
    folder = home.rpartition("/")[0]
    return [mark for path, held in marks.items() if path.rpartition("/")[0] == folder for mark in held]


def is_flagged(case: Case, source: bytes, marks: Iterable[Mark], answers: Iterable[str]) -> bool:
    """Whether one of the answers marks the place of a case; `source` is its file, `marks` what stands in that.

    An answer is a check's id, or `id: words` where a finding of it counts only if it says the words.
    """
    wanted = [answer.partition(": ") for answer in answers]
    return any(
        mark.check == check and words in mark.said and is_there(mark, case, source)
        for mark in marks
        for check, _, words in wanted
    )


def _places(finding: Finding) -> Iterable[tuple[Place, str]]:
    yield finding.place, finding.message
    yield from ((note.place, f"{finding.message}; {note.message}") for note in (*finding.related, *finding.flow))


def is_there(mark: Mark, case: Case, source: bytes) -> bool:
    """Whether a mark stands where a case says."""
    if case.suite == _JOINED:
        return True
    line = _LINE.match(case.locator)
    if line:
        first, last = _entry(source.decode(errors="replace").splitlines(), int(line[1]))
        return first <= mark.end_line and mark.line <= last
    if case.file.endswith((".tf", ".tofu")) and (address := _TERRAFORM.match(case.locator)):
        return _is_of_block(mark, address[1], address[2], source.decode(errors="replace"))
    if template := _CLOUDFORMATION.match(case.locator):
        return mark.pointer[:2] == ("Resources", template[1])
    kind, dot, name = case.locator.rpartition(".")
    made_up = "[" in name or "(" in name  # a name that the template puts together
    if dot and kind and not made_up and not case.file.endswith(".py"):
        return name in (mark.name.rpartition("/")[2], mark.name) or name in mark.pointer or _says(mark, name)
    return True


def _says(mark: Mark, name: str) -> bool:
    """Whether a finding names something, such as the binding by which an account has its role."""
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", mark.said) is not None


def _is_of_block(mark: Mark, kind: str, label: str, text: str) -> bool:
    """Whether a mark stands in a block, or in a policy document that the block refers to."""
    if mark.pointer[:2] == ("data", "aws_iam_policy_document") and kind != "aws_iam_policy_document":
        return mark.pointer[2] in _DOCUMENT.findall(_block(text, kind, label))
    if mark.pointer[:2] == ("provider", kind):
        return label == "default"
    return mark.pointer[1:3] == (kind, label)


def _block(text: str, kind: str, label: str) -> str:
    """The source of a Terraform block; empty where it is not found."""
    start = text.find(f'"{kind}" "{label}"')
    end = text.find("\n}", start)
    return text[start:end] if start >= 0 else ""


def _entry(lines: list[str], number: int) -> tuple[int, int]:
    """The lines of the list entry, such as a workflow's step, that a line belongs to; else those around it."""
    depth = _indent(lines[number - 1])
    for start in range(number - 1, -1, -1):
        line = lines[start]
        indent = _indent(line)
        if line.lstrip().startswith("- ") and indent <= depth:
            return start + 1, _end(lines, start, indent)
        if line.strip() and not line.lstrip().startswith("#"):
            depth = min(depth, indent)
    return number - _NEAR, number + _NEAR


def _end(lines: list[str], start: int, indent: int) -> int:
    for number in range(start + 1, len(lines)):
        if lines[number].strip() and _indent(lines[number]) <= indent:
            return number
    return len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
