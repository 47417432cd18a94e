"""Checks × resources → findings, undecided conditions and problems. Knows no format and no single check."""

from __future__ import annotations

from collections import defaultdict
from itertools import compress, islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from nhilint.evaluate.activation import activate, encodable, place_of
from nhilint.evaluate.answers import Answers, OfSubject, Question
from nhilint.evaluate.fingerprint import fingerprint_of, likeness_of
from nhilint.evaluate.left_open import ChecksOfList, left_by_cheap_clauses
from nhilint.evaluate.messages import render
from nhilint.evaluate.nearby import MANY, MOST_WORK
from nhilint.model.fact import Record, Unknown, value_of
from nhilint.model.finding import Confidence, Finding, Note, Problem, Subject, Undecided
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.catalogue.check import Check, Shown
    from nhilint.evaluate.expression import Outcome
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

    _Element = tuple[Record | Unknown, dict[str, Any]]

_WORK_BY_THEIR_PLACE = frozenset({"agent", "tool"})
_NOBODYS_DECISION = frozenset({"test", "copied"})
_DOUBTS = {
    "test": "it stands in what is there for tests",
    "copied": "it stands in what was copied or rendered from somewhere else",
    "example": "it stands in what is shown as an example or used by nothing here",
    "template": "it stands in a template",
}
"""Why a finding is less sure than its check, by the role of the file."""
_MOST_NOTES = 10
"""Places of one list that a finding shows; the message says how many there are."""


class Judgement(Struct, frozen=True):
    """Everything the checks said, in the order of path, place and check."""

    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Case(Struct, frozen=True):
    """One check applied to one subject, and to one item of it where the check iterates."""

    check: Check
    resource: Resource
    subject: dict[str, Any]
    item_record: Record | None = None
    item: dict[str, Any] | None = None


def judge(checks: Iterable[Check], resources: Iterable[Resource]) -> Judgement:
    """Run every check over every resource of its subject kind."""
    by_kind: dict[str, dict[str, list[Check]]] = defaultdict(lambda: defaultdict(list))
    for check in checks:
        by_kind[check.subject][check.each].append(check)
    answers = Answers()
    by_list = {kind: {route: ChecksOfList(c) for route, c in lists.items()} for kind, lists in by_kind.items()}
    said = _Said()
    for resource in resources:
        if resource.kind in by_list:
            _judge_resource(by_list[resource.kind], answers, resource, said)
    return said.settled()


class _Said:
    """Collects what the checks say and orders it at the end."""

    def __init__(self) -> None:
        self.findings: dict[tuple[str, Place], Finding] = {}
        self.others: dict[tuple[str, Place], dict[str, Place]] = defaultdict(dict)
        """Further identities of which a finding's place says the same, such as the roles that one block makes."""
        self.undecided: list[Undecided] = []
        self.problems: dict[tuple[str, str], Problem] = {}

    def add(self, finding: Finding, resource: Resource) -> None:
        """The first finding of a check at a place stands; of another identity's its name stands beside that."""
        key = finding.check, finding.place
        first = self.findings.setdefault(key, finding)
        if first.subject != finding.subject and resource.kind == "identity":
            self.others[key].setdefault(resource.name, resource.at)

    def settled(self) -> Judgement:
        for key, named in self.others.items():
            notes = (Note(f"the same holds for {name}", at) for name, at in islice(named.items(), _MOST_NOTES))
            self.findings[key] = replace(first := self.findings[key], related=(*first.related, *notes))
        findings = sorted(self.findings.values(), key=lambda f: (f.place.path, _order(f.place), f.check, f.message))
        undecided = sorted(self.undecided, key=lambda u: (u.place.path, _order(u.place), u.check))
        return Judgement(tuple(findings), tuple(undecided), tuple(self.problems.values()))


def _order(place: Place) -> tuple[tuple[str, int], ...]:
    return tuple(("", part) if isinstance(part, int) else (part, 0) for part in place.pointer)


def _judge_resource(by_list: dict[str, ChecksOfList], answers: Answers, resource: Resource, said: _Said) -> None:
    """Judge a resource as a whole, and the elements of its lists. Checks that iterate over none stand under ""."""
    subject = activate(resource.facts)
    subject["name"] = encodable(resource.name)
    of_subject = OfSubject(answers, subject)
    for route, checks in by_list.items():
        if route:
            _judge_items(checks, route, resource, of_subject, said)
            continue
        left = checks.for_subjects.by(of_subject)
        for check in checks.checks if left else ():
            if check.id in left:
                _decide(_Case(check, resource, subject), of_subject.outcome(check), said)


def _judge_items(checks: ChecksOfList, route: str, resource: Resource, of_subject: OfSubject, said: _Said) -> None:
    """Judge every element of a list fact; an unreadable list counts as one unreadable element."""
    subject = of_subject.subject
    elements: list[_Element] = [(resource.facts, subject)]
    for name in route.split("."):
        elements = [inner for element, plain in elements for inner in _inside(element, plain, name)]
    left = checks.for_subjects.by(of_subject) if elements else None
    if not left:
        return
    by_each = checks.for_items.by_each(of_subject, (item for _, item in elements))
    in_question = [(*element, its & left) for element, its in zip(elements, by_each, strict=True)]
    of_any = frozenset[str]().union(*(its for *_, its in in_question))
    for check in checks.checks:
        if check.id in of_any:
            its_own = [(element, item) for element, item, its in in_question if check.id in its]
            _ask(check, its_own, resource, of_subject, said)


def _ask(check: Check, elements: list[_Element], resource: Resource, of_subject: OfSubject, said: _Said) -> None:
    """Ask a check about each of the elements, and where one is a case for it, about the subject."""
    named = of_subject.weight(check.of_item)
    if named > MANY:
        if of_subject.outcome(check).holds is False:
            return
        elements = list(compress(elements, left_by_cheap_clauses(check, of_subject, (item for _, item in elements))))
        if len(elements) * named > MOST_WORK:
            said.problems[check.id, resource.at.path] = _too_long(check, resource, len(elements))
            return
    question = Question(of_subject, check.of_item)
    for element, item in elements:
        outcome = question.about(item)
        if outcome.holds is not False and (about := of_subject.outcome(check)).holds is not False:
            record = resource.facts if isinstance(element, Unknown) else element
            case = _Case(check, resource, of_subject.subject, record, item)
            _decide(case, about if outcome.holds else outcome, said)


def _too_long(check: Check, resource: Resource, length: int) -> Problem:
    message = f"{check.id} was not applied: it compares {length:,} elements of a list with all of them"
    return Problem(resource.at.path, "limit", message)


def _inside(element: Record | Unknown, plain: dict[str, Any], name: str) -> list[_Element]:
    """The records of one fact, each with the plain values that the subject already has for it."""
    if isinstance(element, Unknown):
        return [(element, {})]
    found = getattr(element, name, None)
    if isinstance(found, Unknown):
        return [(found, {})]
    if isinstance(found, Record):
        return [(found, plain[name])]
    return list(zip(found, plain[name], strict=True)) if isinstance(found, tuple) else []


def _decide(case: _Case, outcome: Outcome, said: _Said) -> None:
    if outcome.holds is False:
        return
    if outcome.holds:
        said.add(_finding(case), case.resource)
        return
    name = Subject(case.resource.kind, case.resource.name)
    record = case.item_record or case.resource.facts
    if outcome.missing:
        said.undecided.append(Undecided(case.check.id, name, record.at, outcome.missing))
        return
    problem = Problem(case.resource.at.path, "check-error", f"check {case.check.id} failed: {outcome.error}")
    said.problems.setdefault((case.check.id, outcome.error), problem)


def _finding(case: _Case) -> Finding:
    check, resource = case.check, case.resource
    confidence = _confidence(check, resource)
    place = _place(case, check.place or ("item" if check.each else "subject"))
    return Finding(
        check=check.id,
        severity=check.severity,
        confidence=confidence,
        doubt=_DOUBTS[resource.setting] if confidence < check.confidence else "",
        message=render(check.message, case.subject, case.item),
        place=place,
        subject=Subject(resource.kind, resource.name),
        fingerprint=fingerprint_of(check.id, resource.kind, resource.name, place, case.item),
        lessened_by=value_of(getattr(resource.facts, "lessened_by", None)) or "",
        product=_product(resource),
        credential=_credential(resource),
        likeness=likeness_of(check.id, resource.kind, place, case.item),
        related=tuple(note for note in _notes(case, check.related) if note.place != place),
        flow=tuple(_notes(case, check.flow)),
    )


def _product(resource: Resource) -> str:
    """What the facts say of the product, else the format."""
    for name in ("product", "client"):
        found = value_of(getattr(resource.facts, name, None))
        if isinstance(found, str):
            return found
    return resource.format


def _credential(resource: Resource) -> str:
    """The keyed hash of a credential whose shape tells its provider; empty for any other, and for another subject."""
    facts = resource.facts
    return value_of(facts.fingerprint) or "" if isinstance(facts, Credential) and value_of(facts.shaped) else ""


def _notes(case: _Case, shown: tuple[Shown, ...]) -> Iterator[Note]:
    for entry in shown:
        say = entry.say or check_words(entry.place)
        elements = _records_at(case, entry.place)
        yield from islice(_notes_of(case, say, elements), _MOST_NOTES)
        if not elements and "each." not in say:
            yield Note(render(say, case.subject, case.item), _place(case, entry.place))


def _notes_of(case: _Case, say: str, elements: list[Record]) -> Iterator[Note]:
    """What is said of each element; one of which the template says nothing is left out."""
    for element in elements:
        text = render(say, case.subject, case.item, activate(element))
        if text.strip():
            yield Note(text, element.at)


def _records_at(case: _Case, route: str) -> list[Record]:
    """The records of a list that a route leads to; empty for any other route."""
    start, *names = route.split(".")
    current: object = case.item_record if start == "item" and case.item_record is not None else case.resource.facts
    for name in names:
        current = getattr(current, name, None)
    return [element for element in current if isinstance(element, Record)] if isinstance(current, tuple) else []


def check_words(route: str) -> str:
    """What to call a place that the check gave no words: the last name of its route."""
    return route.rsplit(".", 1)[-1].replace("_", " ")


def _place(case: _Case, route: str) -> Place:
    start, _, rest = route.partition(".")
    record = case.item_record if start == "item" and case.item_record is not None else case.resource.facts
    return place_of(record, rest)


def _confidence(check: Check, resource: Resource) -> Confidence:
    """A file that nobody runs as it stands makes a finding less sure, unless the check holds everywhere.

    A template is filled in and deployed by whoever names it; an agent's file works by the place where it lies, so that
    one among templates works for nobody. An example shows how something could be, and what was copied from a release or
    rendered from a chart is decided where that comes from. A credential opens what it opens wherever it stands.
    """
    if check.everywhere or resource.setting == "production":
        return check.confidence
    if resource.setting in _NOBODYS_DECISION or resource.kind in _WORK_BY_THEIR_PLACE:
        return Confidence.LOW
    if resource.setting == "example" and resource.kind != "credential":
        return Confidence.LOW
    return min(check.confidence, Confidence.MEDIUM)
