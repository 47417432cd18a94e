"""The labelled files of one peer's repository are laid out as one tree that nhilint and the peers can scan.

Each folder gets a neutral name, since nhilint judges what stands under `tests/` or `examples/` more mildly. A workflow
is moved to `.github/workflows`, a text inside a Python test becomes a file, and an escalation path that is only listed
becomes the policy that grants it. Files of a labelled file's folder come along: a Terraform folder is one module.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from escalation import document, needed
from inline_cases import inline_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cases import Case

_BESIDE = {".tf": frozenset({".tf", ".json", ".tfvars", ".tpl"}), ".yaml": frozenset({".yaml", ".yml"})}
"""What belongs together with a file of an ending: the rest of a Terraform module, the manifests of one folder."""
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one tree, where each case stands in it, and the cases whose text could not be had."""

    files: dict[str, bytes] = field(default_factory=dict)
    home: dict[Case, str] = field(default_factory=dict)
    missing: list[Case] = field(default_factory=list)


def lay_out(checkout: Path, cases: Iterable[Case]) -> Layout:
    """The tree of the cases of one repository. A case whose file is absent is listed as missing."""
    layout = Layout()
    earlier: Counter[tuple[str, str, str]] = Counter()
    folders = _Folders()
    for case in sorted(cases, key=_by_number):
        function = case.locator.partition("#")[0]
        placed = _placed(checkout, case, earlier[case.file, function, case.rule])
        earlier[case.file, function, case.rule] += 1
        if placed is None:
            layout.missing.append(case)
            continue
        path, data = placed
        home = path if path.startswith(".github/") else folders.renamed(path)
        layout.files[home] = data
        layout.home[case] = home
        if path == case.file:
            beside = _beside(checkout, path, case.suite)
            layout.files.update({folders.renamed(name): content for name, content in beside.items()})
    return layout


class _Folders:
    """Neutral names for folders, one for each."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def renamed(self, path: str) -> str:
        folder, _, name = path.rpartition("/")
        number = self._numbers.setdefault(folder, len(self._numbers) + 1)
        return f"folder-{number}/{name}"


def _by_number(case: Case) -> tuple[str, str, int]:
    function, _, number = case.locator.partition("#")
    return case.file, function, int(number) if number.isdigit() else 0


def _placed(checkout: Path, case: Case, earlier: int) -> tuple[str, bytes] | None:
    file = checkout / case.file
    if not file.is_file():
        return None
    data = file.read_bytes()
    if case.file.endswith(".py"):
        found = inline_text(data.decode(), case.locator, case.rule, earlier)
        stem = case.file.removesuffix(".py")
        return (f"{stem}/{_NOT_A_NAME.sub('-', case.locator)}/case{found[1]}", found[0].encode()) if found else None
    if case.suite == "pathfinding.cloud":
        return f"{case.file}.policy.json", document(needed(file)).encode()
    if _is_workflow(case, data):
        return f".github/workflows/{_NOT_A_NAME.sub('-', case.file)}", data
    return case.file, data


def _is_workflow(case: Case, data: bytes) -> bool:
    mine = case.suite in ("zizmor", "actionlint", "checkov-github_actions-graph")
    return mine and case.file.endswith((".yml", ".yaml")) and b"jobs:" in data


def _beside(checkout: Path, path: str, suite: str) -> dict[str, bytes]:
    file = checkout / path
    endings = _BESIDE.get(file.suffix, frozenset())
    if not endings or (file.suffix == ".yaml" and suite != "checkov-kubernetes-graph"):
        return {}
    return {
        other.relative_to(checkout).as_posix(): other.read_bytes()
        for other in sorted(file.parent.iterdir())
        if other.is_file() and other.suffix in endings
    }
