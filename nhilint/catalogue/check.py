"""One check as a value: identity, judgement, mapping, reasons, logic, words, cure, proof."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from nhilint.model.finding import Confidence, Severity
from nhilint.model.vocabulary import Kind

Status = Literal["preview", "stable", "deprecated"]


class Shown(Struct, frozen=True):
    """A further place of a finding: the dotted route to a fact of `subject` or `item`, and what to say about it."""

    place: str
    say: str = ""


class Example(Struct, frozen=True, kw_only=True):
    """A tiny repository and what the check must say about it. `at` holds places as `path#/pointer`.

    `before` is the repository as it was before a change, for checks that judge one.
    """

    name: str
    expect: Literal["fail", "pass", "undecided"]
    files: dict[str, str]
    before: dict[str, str] | None = None
    at: tuple[str, ...] = ()
    fixes: str = ""
    also: tuple[str, ...] = ()
    line: int = 0


class Condition(Struct, frozen=True):
    """Clauses that have to hold together, and the same as one, compiled; no clause is no condition.

    Where they name different lists, or some name only what many have in common, they stand compiled in `parts` instead:
    preparing a condition costs more than running it, so that nothing is prepared twice.
    """

    clauses: tuple[str, ...] = ()
    compiled: bytes = b""
    parts: tuple[Condition, ...] = ()


class Check(Struct, frozen=True, kw_only=True):
    """A check as its file states it.

    Its conditions stand as written in `when`, and ready to run by what they ask about: the subject alone, which is
    asked once, or the elements of a list (`each`) as well. Those that name only what many have in common, neither names
    nor lists of records, stand in `at_first` and `item_at_first` once more: the same few answers serve most subjects
    and elements, and rule most checks out.
    """

    id: str
    title: str
    status: Status
    since: str
    severity: Severity
    confidence: Confidence
    frameworks: dict[str, tuple[str, ...]]
    rationale: str
    subject: Kind
    when: tuple[str, ...]
    message: str
    remediation: str
    each: str = ""
    place: str = ""
    related: tuple[Shown, ...] = ()
    flow: tuple[Shown, ...] = ()
    cwe: tuple[str, ...] = ()
    false_positives: str = ""
    references: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    replaced_by: str = ""
    everywhere: bool = False
    waivable: bool = True
    topic: str = ""
    at_first: Condition = Condition()
    of_subject: Condition = Condition()
    item_at_first: Condition = Condition()
    of_item: Condition = Condition()

    @property
    def tags(self) -> tuple[str, ...]:
        """Its controls as `framework/control`, OWASP NHI and Agentic first."""
        first = ("owasp-nhi-2025", "owasp-agentic-2026")
        order = sorted(self.frameworks, key=lambda f: (first.index(f) if f in first else len(first), f))
        return tuple(f"{framework}/{control}" for framework in order for control in self.frameworks[framework])


class Pack(Struct, frozen=True):
    """The checks of one or several policy folders, in the order of their ids."""

    checks: tuple[Check, ...] = ()

    def find(self, check_id: str) -> Check | None:
        """The check with this id or alias."""
        return next((c for c in self.checks if check_id in (c.id, *c.aliases)), None)
