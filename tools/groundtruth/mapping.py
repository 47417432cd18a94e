"""Which of our checks answer for a peer's rule, and which rules we decline, with the reason.

Read from `mapping.yaml` beside this file, which is published as it is. A rule that is in neither list is a mistake of
the mapping, not of a scan, and stops the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Collection

    from cases import Case

MAPPING = Path(__file__).with_name("mapping.yaml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the mapping says about a case: the checks that answer, or why none does."""

    checks: tuple[str, ...]
    declined: str = ""


class Mapping:
    """The published table."""

    def __init__(self, known: Collection[str], source: Path = MAPPING) -> None:
        table = YAML(typ="safe").load(source.read_bytes())
        self._mapped: dict[str, list[str]] = table["mapped"]
        self._declined: dict[str, str] = {
            rule: group["reason"] for group in table["declined"] for rule in group["rules"]
        }
        self._disputed: dict[str, str] = {
            place: group["reason"] for group in table["disputed"] for place in group["cases"]
        }
        named = {answer.partition(":")[0] for answers in self._mapped.values() for answer in answers}
        unknown = named - set(known)
        self.unknown = tuple(sorted(unknown))
        twice = self._mapped.keys() & self._declined.keys()
        if twice:
            raise ValueError(f"both mapped and declined: {', '.join(sorted(twice))}")

    def answer(self, case: Case) -> Answer:
        """What answers for a case; KeyError for a rule that the table does not have."""
        place = f"{case.file}#{case.locator}"
        for pattern, reason in self._disputed.items():
            if pattern == place or fnmatchcase(f"{case.rule} {place}", pattern):
                return Answer((), reason)
        for rule in (f"{case.suite} {case.rule}", case.rule, f"{case.suite} *"):
            if rule in self._mapped:
                return Answer(tuple(self._mapped[rule]))
            if rule in self._declined:
                return Answer((), self._declined[rule])
        raise KeyError(f"{case.suite} {case.rule}")
