"""The shape of the JSON report. Both the report and its published schema are made from these types alone.

Within `nhilint/run/1` keys are added, never renamed, removed or given another meaning. All keys are always there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

SCHEMA_ID = "nhilint/run/1"
DELTA_SCHEMA_ID = "nhilint/delta/1"

Line = Annotated[int, Meta(ge=1, description="counted from 1")]
Column = Annotated[int, Meta(ge=1, description="in Unicode code points, counted from 1; an end column is exclusive")]
Amount = Annotated[int, Meta(ge=0)]
SeverityWord = Literal["critical", "high", "medium", "low", "info"]
ConfidenceWord = Literal["high", "medium", "low"]
DispositionWord = Annotated[
    Literal["active", "hidden", "waived", "baselined", "unchanged"],
    Meta(description="what became of the finding; only active ones reach the gate"),
]
FilePath = Annotated[
    str, Meta(description="relative to the root, with forward slashes; a byte that is not UTF-8 is written \\xNN")
]
Route = Annotated[str, Meta(description="JSON Pointer (RFC 6901) into the file's document; empty for all of it")]


class Tool(Struct, frozen=True):
    """What wrote the report."""

    name: Literal["nhilint"]
    version: str


class Verdict(Struct, frozen=True):
    """What the gate decided; `code` is the exit code of the run."""

    passed: bool
    code: int
    because: str


class FileCounts(Struct, frozen=True):
    """Files by what happened to them; `ignored` counts what the scanned tree itself asked to leave out."""

    seen: Amount
    recognised: Amount
    unread: Amount
    ignored: Amount
    formats: dict[str, Amount]


class SeverityCounts(Struct, frozen=True):
    """Active findings by severity."""

    critical: Amount
    high: Amount
    medium: Amount
    low: Amount
    info: Amount


class Counts(Struct, frozen=True):
    """How many of everything."""

    files: FileCounts
    findings: SeverityCounts
    hidden: Amount
    waived: Amount
    baselined: Amount
    unchanged: Annotated[int, Meta(ge=0, description="there before the change that is judged")]
    undecided: Amount


class Subject(Struct, frozen=True):
    """The resource that a finding is about: its kind in the vocabulary, and its name."""

    kind: str
    name: str


class Note(Struct, frozen=True):
    """A further place of a finding, and what it contributes."""

    message: str
    path: FilePath
    line: Line
    column: Column
    end_line: Line
    end_column: Column
    pointer: Route


class Finding(Struct, frozen=True):
    """One judgement of one check on one subject. `flow` is a chain in order, `related` a set of places."""

    check: str
    title: str
    severity: SeverityWord
    confidence: ConfidenceWord
    message: str
    path: FilePath
    line: Line
    column: Column
    end_line: Line
    end_column: Column
    pointer: Route
    subject: Subject
    frameworks: Annotated[dict[str, tuple[str, ...]], Meta(description="ids of controls by id of framework")]
    related: tuple[Note, ...]
    flow: tuple[Note, ...]
    fingerprint: Annotated[str, Meta(description="the same for the same finding when lines move")]
    disposition: DispositionWord
    because: Annotated[str, Meta(description="why the finding is not active; empty when it is")]


class Undecided(Struct, frozen=True):
    """A check that needed a fact which is not known: no finding, no pass."""

    check: str
    subject: Subject
    path: FilePath
    line: Line
    column: Column
    pointer: Route
    missing: Annotated[str, Meta(description="the fact that is not known")]


class Problem(Struct, frozen=True):
    """Something that kept the run from seeing everything; `incomplete` ones make it fail closed (exit code 4)."""

    path: FilePath
    line: Line | None
    column: Column | None
    kind: str
    message: str
    incomplete: bool


class Shift(Struct, frozen=True):
    """One thing that an actor may now do, or no longer; `line` is in the older state where `gone` holds."""

    direction: Literal["widened", "narrowed"]
    words: Annotated[str, Meta(description="a clause whose subject is the actor")]
    weight: SeverityWord
    path: FilePath
    line: Line | None
    gone: bool


class ActorDelta(Struct, frozen=True):
    """An actor that a change adds, removes or alters; its shifts stand worst first."""

    kind: str
    name: str
    path: FilePath
    state: Literal["added", "removed", "changed"]
    formerly: Annotated[str, Meta(description="the name it had before the change; empty where it is the same")]
    consequence: Annotated[str, Meta(description="what makes the gravest shift worse; may be empty")]
    shifts: tuple[Shift, ...]


class Delta(Struct, frozen=True, kw_only=True):
    """The JSON report of `nhilint diff`."""

    schema: Literal["nhilint/delta/1"]
    base: Annotated[str, Meta(description="the older commit")]
    head: Annotated[str, Meta(description="the newer commit; empty for the work tree")]
    actors: tuple[ActorDelta, ...]


class Compared(Struct, frozen=True):
    """The state that a change was judged against; `gone` counts its findings that the change removed."""

    name: str
    commit: str
    gone: Amount


class Run(Struct, frozen=True, kw_only=True):
    """The JSON report of one run."""

    schema: Literal["nhilint/run/1"]
    tool: Tool
    started: Annotated[str, Meta(description="in UTC", extra_json_schema={"format": "date-time"})]
    root: Annotated[str, Meta(description="the name of the scanned folder, not its path")]
    revision: Annotated[str | None, Meta(description="the commit that was scanned, where known")]
    fail_on: SeverityWord
    min_confidence: ConfidenceWord
    verdict: Verdict
    counts: Counts
    compared: Annotated[Compared | None, Meta(description="set when only a change was judged")]
    authority: Annotated[tuple[ActorDelta, ...], Meta(description="what the judged change does to authority")]
    stale_baseline: Annotated[int, Meta(ge=0, description="baseline entries that cover nothing any more")]
    checks_run: tuple[str, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    problems: tuple[Problem, ...]
