"""What a run concludes: findings, undecided conditions, problems and the verdict."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from msgspec import Struct

from nhilint.model.place import Place


class Severity(IntEnum):
    """How bad it is if true, worst highest."""

    INFO = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    CRITICAL = 5

    @property
    def word(self) -> str:
        """The lower-case name used in checks, options and reports."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> Severity:
        """The severity called `word`; KeyError when there is none."""
        return cls[word.upper()]


class Confidence(IntEnum):
    """How sure a detection is, surest highest."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        """The lower-case name used in checks, options and reports."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> Confidence:
        """The confidence called `word`; KeyError when there is none."""
        return cls[word.upper()]


class Disposition(StrEnum):
    """What becomes of a finding. Only ACTIVE ones reach the gate."""

    ACTIVE = "active"
    HIDDEN = "hidden"
    WAIVED = "waived"
    BASELINED = "baselined"
    UNCHANGED = "unchanged"
    """There before the change that is judged."""


class Note(Struct, frozen=True):
    """A place and what it contributes to a finding; a list of them is a chain in order."""

    message: str
    place: Place


class Subject(Struct, frozen=True):
    """What a finding is about: a resource kind of the vocabulary and its name."""

    kind: str
    name: str


class Finding(Struct, frozen=True):
    """One judgement of one check on one subject.

    `related` are further places worth showing; `flow` is the chain that a join followed, first link first.
    `fingerprint` stays the same when lines move; it never depends on a secret's value.
    """

    check: str
    severity: Severity
    confidence: Confidence
    message: str
    place: Place
    subject: Subject
    fingerprint: str
    doubt: str = ""
    """Why its confidence is below what its check says; empty where it is not."""
    lessened_by: str = ""
    """What the facts say that makes it less grave than its check; empty where nothing does."""
    product: str = ""
    """The product or notation whose file it is about (claude-code, terraform-aws), for the words of the cure."""
    credential: str = ""
    """A keyed hash of the credential in clear that it is about, where its shape tells whose it is: equal for equal
    values within one run, and never shown."""
    likeness: str = ""
    """The fingerprint without file and name, to know a finding again in a file that was moved."""
    related: tuple[Note, ...] = ()
    flow: tuple[Note, ...] = ()
    disposition: Disposition = Disposition.ACTIVE
    because: str = ""
    copies: tuple[Finding, ...] = ()
    """Findings of the same words at other places, which are among `related`; each has a fingerprint of its own."""


class Undecided(Struct, frozen=True):
    """A check that met an unknown fact it needed: no finding, but counted and printable."""

    check: str
    subject: Subject
    place: Place
    missing: str


class Problem(Struct, frozen=True):
    """Something that kept the run from seeing everything, with a place.

    `incomplete` problems make the run fail closed (exit code 4); the others are remarks.
    """

    path: str
    kind: str
    message: str
    line: int | None = None
    column: int | None = None
    incomplete: bool = True


class Verdict(Struct, frozen=True):
    """What the gate decided: `code` is the exit code of the run, `because` one sentence."""

    passed: bool
    code: int
    because: str


class Counts(Struct, frozen=True):
    """Files by what happened to them. `ignored` counts what the scanned tree itself asked to leave out."""

    seen: int = 0
    recognised: int = 0
    unread: int = 0
    ignored: int = 0
    formats: tuple[tuple[str, int], ...] = ()
