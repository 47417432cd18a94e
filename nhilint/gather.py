"""Recognise, read and extract: every file of a tree by itself, before anything is joined or judged."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.registry import Recogniser, claims, reader_of
from nhilint.head_comment import is_kept_unused
from nhilint.model.finding import Counts, Problem
from nhilint.model.resource import Extraction
from nhilint.setting import less_real, more_real, setting_of, starters
from nhilint.settle.own_runners import CHART as RUNNERS
from nhilint.source.document import Syntax, read, read_placed
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nhilint.formats.format import Claim
    from nhilint.model.resource import Resource
    from nhilint.setting import Setting
    from nhilint.settings import Settings
    from nhilint.source.document import Document
    from nhilint.source.limits import Limits
    from nhilint.tree import Tree

_SYNTAX_OF_ENDING = {".yaml": Syntax.YAML, ".yml": Syntax.YAML, ".json": Syntax.JSON}
_SYNTAX_OF_LENDER = {".tf": Syntax.HCL, ".tofu": Syntax.HCL, ".tfvars": Syntax.HCL}
"""Files that were kept as text because they only lend values to others; findings may point at such a value."""
_WAIVER_MARK = b"nhilint:"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Reading(Struct, frozen=True):
    """What became of one file: the claim that read it, and what that yielded, before the file's role is considered.

    `marked` says that the file speaks to nhilint, so that its comments are worth a look; `unused` that it says of
    itself to be kept without use; `names_runners` that it names the chart by which a cluster runs jobs.
    """

    claim: Claim
    extraction: Extraction
    marked: bool = False
    unused: bool = False
    names_runners: bool = False


class Gathered(Struct, frozen=True):
    """What the per-file half of a scan yields; `readings` by path, for files that somebody claimed."""

    resources: tuple[Resource, ...]
    problems: tuple[Problem, ...]
    counts: Counts
    readings: dict[str, Reading]

    def claim_of(self, path: str) -> Claim | None:
        """The claim under which a file was recognised."""
        reading = self.readings.get(path)
        return reading.claim if reading is not None and reading.extraction.recognised else None


def gather(
    tree: Tree,
    settings: Settings,
    *,
    known: Mapping[str, Reading | None] = _NOTHING,
    moved: Mapping[str, str] = _NOTHING,
    earlier: Tree | None = None,
) -> Gathered:
    """Read every file of a tree.

    `known` gives what became of files that need not be read again, since the same bytes were read under the same name:
    None for one that is nobody's.
    `moved` gives the earlier paths of files that a change moved: such a file keeps the role that its earlier place gave
    it, so that a move into a folder of tests hides nothing from the judgement of that change. Nor does a comment that
    calls a file out of use, where the `earlier` tree, the one before the change, has no such comment in it.
    """
    recogniser = Recogniser(claims())
    listed = tuple(tree.paths())
    paths = [path for path in listed if not _excluded(path, settings)]
    names = frozenset(paths)
    readings: dict[str, Reading] = {}
    for path in paths:
        reading = known[path] if path in known else _read(path, tree, settings, recogniser, names)
        if reading is not None:
            readings[path] = reading
    unused = {path for path, one in readings.items() if one.unused and _was_unused(moved.get(path, path), earlier)}
    found = _gathered(readings, settings, unused, seen=len(paths), ignored=len(listed) - len(paths), moved=moved)
    begun = starters(paths)
    if begun and earlier is not None:
        before = starters(earlier.paths())
        begun = tuple(folder for folder in begun if folder in before)
    return replace(found, resources=tuple(_as_begun(one, begun) for one in found.resources)) if begun else found


def _as_begun(resource: Resource, begun: tuple[str, ...]) -> Resource:
    """What a template of `dotnet new` holds is kept like an example."""
    inside = resource.at.path.startswith(begun)
    return replace(resource, setting=less_real("example", resource.setting)) if inside else resource


def document_again(path: str, tree: Tree, settings: Settings, gathered: Gathered) -> Document | None:
    """The document of a file that something points into, read once more instead of keeping every file in memory."""
    data = tree.read(path)
    claim = gathered.claim_of(path)
    if not isinstance(data, bytes) or claim is None:
        return None
    lender = _SYNTAX_OF_LENDER.get(PurePosixPath(path).suffix) if claim.syntax is Syntax.TEXT else None
    try:
        return read_placed(path, data, lender or claim.syntax, _limits(settings))
    except Unreadable:
        return None


def gate_document(path: str, tree: Tree) -> Document | None:
    """The document of a file that decides about the gate, which no format claims: by its ending, else as plain text."""
    data = tree.read(path)
    syntax = _SYNTAX_OF_ENDING.get(PurePosixPath(path).suffix, Syntax.TEXT)
    for wanted in dict.fromkeys((syntax, Syntax.TEXT)):
        try:
            return read(path, data, wanted) if isinstance(data, bytes) else None
        except Unreadable:
            continue
    return None


def role_of(path: str, settings: Settings) -> Setting:
    """The role of a file, judged from the folder that the user named: who scans examples/ means it."""
    for scope in sorted(settings.paths, key=len, reverse=True):
        if path.startswith(scope.rstrip("/") + "/"):
            return setting_of(path[len(scope.rstrip("/")) + 1 :])
        if path == scope:
            return setting_of(PurePosixPath(path).name)
    return setting_of(path)


def _was_unused(path: str, earlier: Tree | None) -> bool:
    """Whether a file was kept without use before a change; true where there is no change to ask about."""
    if earlier is None:
        return True
    data = earlier.read(path)
    return isinstance(data, bytes) and is_kept_unused(data)


def _gathered(
    readings: dict[str, Reading],
    settings: Settings,
    unused: set[str],
    *,
    seen: int,
    ignored: int,
    moved: Mapping[str, str],
) -> Gathered:
    resources: list[Resource] = []
    problems: list[Problem] = []
    kinds: dict[str, int] = {}
    for path, reading in readings.items():
        problems.extend(reading.extraction.problems)
        resources.extend(reading.extraction.standing_in)
        if reading.extraction.recognised:
            kinds[reading.claim.format] = kinds.get(reading.claim.format, 0) + 1
            role = role_of(path, settings)
            if path in moved:
                role = more_real(role, role_of(moved[path], settings))
            found = reading.extraction.resources
            idle = path in unused and not any(resource.kind == "workflow" for resource in found)
            kept = less_real("example", role) if idle else role
            resources.extend(replace(resource, setting=less_real(kept, resource.setting)) for resource in found)
    counts = Counts(
        seen=seen,
        recognised=sum(kinds.values()),
        unread=len({p.path for p in problems if p.incomplete}),
        ignored=ignored,
        formats=tuple(sorted(kinds.items())),
    )
    return Gathered(tuple(resources), tuple(problems), counts, readings)


def _read(path: str, tree: Tree, settings: Settings, recogniser: Recogniser, listed: frozenset[str]) -> Reading | None:
    """What the first fitting claim reads from a file; the next one is asked when it turns out a look-alike."""
    candidates = recogniser.candidates(path)
    if not candidates:
        return None
    target = tree.link_target(path)
    if target in listed and _is_read_anyway(target, candidates, recogniser):
        return None
    data = tree.read(path)
    if data is None:
        return None
    if isinstance(data, Problem):
        sure = any(not claim.probe for claim in candidates)
        problem = replace(data, incomplete=data.incomplete and sure)
        return Reading(candidates[0], _unread(candidates[0], problem))
    for claim in recogniser.recognise(path, data):
        extraction = _extract(path, data, claim, settings)
        if extraction.recognised or extraction.problems:
            return Reading(claim, extraction, _WAIVER_MARK in data, is_kept_unused(data), RUNNERS in data)
    return None


def _is_read_anyway(target: str, candidates: tuple[Claim, ...], recogniser: Recogniser) -> bool:
    """Whether a link's target is read under its own name; a name that nobody reads would be a way to hide it."""
    return any(not claim.probe or claim in candidates for claim in recogniser.candidates(target))


_KEPT_ENCRYPTED = frozenset({"terraform-variables"})
"""Files that hold values alone: encrypted they are as they should be, and what takes the values takes unknown ones."""


def _extract(path: str, data: bytes, claim: Claim, settings: Settings) -> Extraction:
    try:
        document = read(path, data, claim.syntax, _limits(settings))
    except Unreadable as error:
        # A file known only by a word in it, or a test's, may be broken on purpose: said, but no reason to fail closed.
        incomplete = not claim.probe and error.kind != "empty" and role_of(path, settings) != "test"
        incomplete = incomplete and not (error.kind == "encrypted" and claim.format in _KEPT_ENCRYPTED)
        problem = Problem(path, error.kind.value, error.message, error.line, error.column, incomplete)
        return _unread(claim, problem)
    try:
        extraction = reader_of(claim).extract(document, claim)
        if any(getattr(resource.facts, "permissions", ()) for resource in extraction.resources):
            from nhilint.formats.rule_secrets import with_rules_cleared

            extraction = replace(extraction, resources=with_rules_cleared(extraction.resources, document))
        if any(resource.kind == "credential" for resource in extraction.resources):
            from nhilint.formats.commented_secrets import told_by_comments
            from nhilint.formats.shown_as_example import told_by_examples

            commented = told_by_comments(extraction.resources, document)
            extraction = replace(extraction, resources=told_by_examples(commented, document))
    except Exception as error:  # noqa: BLE001 - one file must not end the scan of the others; it is said and fails closed
        problem = Problem(path, "defect", f"the reader of {claim.format} failed: {type(error).__name__}: {error}")
        return Extraction(problems=(problem,), recognised=False)
    told = {(problem.kind, problem.line) for problem in extraction.problems}
    remarks = tuple(
        Problem(path, r.kind, r.message, r.line, r.column, incomplete=False)
        for r in document.warnings
        if (r.kind, r.line) not in told
    )
    return replace(extraction, problems=extraction.problems + remarks) if extraction.recognised else extraction


def _unread(claim: Claim, problem: Problem) -> Extraction:
    """What is left of a file that could not be read: what is wrong with it, and what stands for it among the others."""
    stands_in = getattr(reader_of(claim), "unread", None)
    told = (stands_in(problem.path, claim),) if stands_in is not None else ()
    return Extraction(problems=(problem,), recognised=False, standing_in=told)


def _limits(settings: Settings) -> Limits:
    return replace(DEFAULT_LIMITS, bytes=settings.limits.file_bytes)


def _excluded(path: str, settings: Settings) -> bool:
    if settings.include and not any(fits(path, glob) for glob in settings.include):
        return True
    return any(fits(path, glob) for glob in settings.exclude)


def fits(path: str, glob: str) -> bool:
    """Whether a glob holds for a path: `*` crosses folders, `**/` may stand for none, a folder for all inside."""
    bare = glob.removeprefix("**/").removesuffix("/")
    return fnmatchcase(path, glob) or any(fnmatchcase(path, form) for form in (bare, bare + "/*"))
