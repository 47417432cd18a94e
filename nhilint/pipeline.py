"""The composition root: settings and a tree in, one Run out. The only place that knows the order of the stages."""

from __future__ import annotations

from dataclasses import replace as replace_limits
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.evaluate.engine import judge
from nhilint.formats.registry import Recogniser, claims, probe_fits, reader_of
from nhilint.history import revision_of
from nhilint.link import link
from nhilint.model.finding import Confidence, Counts, Disposition, Finding, Problem
from nhilint.model.resource import Extraction
from nhilint.model.run import Run
from nhilint.positions import locate_all
from nhilint.setting import setting_of
from nhilint.settle.gate import decide
from nhilint.source.document import read
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable
from nhilint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.catalogue.check import Check
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Resource
    from nhilint.settings import Settings
    from nhilint.source.document import Document
    from nhilint.source.limits import Limits
    from nhilint.tree import Tree


class Gathered(Struct, frozen=True):
    """What the per-file half of a scan yields. `claimed` says which claim read which file."""

    resources: tuple[Resource, ...]
    problems: tuple[Problem, ...]
    counts: Counts
    claimed: dict[str, Claim]


def scan(tree: Tree, settings: Settings, checks: tuple[Check, ...]) -> Run:
    """Scan a tree and judge it by `checks`."""
    gathered = gather(tree, settings)
    linked = link(gathered.resources, settings.owner)
    judgement = judge(checks, linked)
    findings = tuple(_settle(f, settings) for f in judgement.findings if _in_paths(f.place.path, settings))
    undecided = tuple(u for u in judgement.undecided if _in_paths(u.place.path, settings))
    problems = tuple(_scoped(problem, settings) for problem in gathered.problems + judgement.problems)
    places = [p for f in findings for p in (f.place, *(n.place for n in (*f.related, *f.flow)))]
    places.extend(u.place for u in undecided)
    return Run(
        version=__version__,
        started=settings.now,
        root=settings.root.name,
        revision=revision_of(settings.root),
        fail_on=settings.fail_on,
        min_confidence=settings.min_confidence,
        counts=gathered.counts,
        findings=findings,
        undecided=undecided,
        problems=problems,
        verdict=decide(
            findings,
            problems,
            settings.fail_on,
            recognised=gathered.counts.recognised,
            require_inputs=settings.require_inputs,
            exit_zero=settings.exit_zero,
        ),
        positions=locate_all(places, linked, lambda path: _document_again(path, tree, settings, gathered.claimed)),
        checks_run=tuple(check.id for check in checks),
    )


def gather(tree: Tree, settings: Settings) -> Gathered:
    """Recognise, read and extract: every file by itself."""
    recogniser = Recogniser(claims())
    paths = [path for path in tree.paths() if not _excluded(path, settings)]
    resources: list[Resource] = []
    problems: list[Problem] = []
    claimed: dict[str, Claim] = {}
    listed = frozenset(paths)
    for path in paths:
        for extraction, claim in _extract_file(path, tree, settings, recogniser, listed):
            problems.extend(extraction.problems)
            if extraction.recognised:
                claimed[path] = claim
                resources.extend(replace(r, setting=_setting(path, settings)) for r in extraction.resources)
    kinds: dict[str, int] = {}
    for claim in claimed.values():
        kinds[claim.format] = kinds.get(claim.format, 0) + 1
    counts = Counts(
        seen=len(paths),
        recognised=len(claimed),
        unread=len({p.path for p in problems if p.incomplete}),
        ignored=len(tree.paths()) - len(paths),
        formats=tuple(sorted(kinds.items())),
    )
    return Gathered(tuple(resources), tuple(problems), counts, claimed)


def _extract_file(
    path: str, tree: Tree, settings: Settings, recogniser: Recogniser, listed: frozenset[str]
) -> Iterator[tuple[Extraction, Claim]]:
    """What the first fitting claim reads from a file; the next one is asked when it turns out a look-alike."""
    candidates = recogniser.candidates(path)
    if not candidates:
        return
    target = tree.link_target(path)
    if target in listed and _is_read_anyway(target, candidates, recogniser):
        return
    data = tree.read(path)
    if data is None:
        return
    if isinstance(data, Problem):
        sure = any(not claim.probe for claim in candidates)
        yield (
            Extraction(problems=(replace(data, incomplete=data.incomplete and sure),), recognised=False),
            candidates[0],
        )
        return
    for claim in candidates:
        if not probe_fits(claim, data):
            continue
        extraction = _extract(path, data, claim, settings)
        if extraction.recognised or extraction.problems:
            yield extraction, claim
            return


def _is_read_anyway(target: str, candidates: tuple[Claim, ...], recogniser: Recogniser) -> bool:
    """Whether a link's target is read under its own name; a name that nobody reads would be a way to hide it."""
    return any(not claim.probe or claim in candidates for claim in recogniser.candidates(target))


def _extract(path: str, data: bytes, claim: Claim, settings: Settings) -> Extraction:
    try:
        document = read(path, data, claim.syntax, _limits(settings))
    except Unreadable as error:
        # A file known only by a word in it, or a test's, may be broken on purpose: said, but no reason to fail closed.
        incomplete = not claim.probe and error.kind != "empty" and _setting(path, settings) != "test"
        problem = Problem(path, error.kind.value, error.message, error.line, error.column, incomplete)
        return Extraction(problems=(problem,), recognised=False)
    try:
        extraction = reader_of(claim).extract(document, claim)
    except Exception as error:  # noqa: BLE001 - one file must not end the scan of the others; it is said and fails closed
        problem = Problem(path, "defect", f"the reader of {claim.format} failed: {type(error).__name__}: {error}")
        return Extraction(problems=(problem,), recognised=False)
    remarks = tuple(Problem(path, r.kind, r.message, r.line, r.column, incomplete=False) for r in document.warnings)
    return replace(extraction, problems=extraction.problems + remarks) if extraction.recognised else extraction


def _document_again(path: str, tree: Tree, settings: Settings, claimed: dict[str, Claim]) -> Document | None:
    """The document of a file that a finding points into, read once more instead of keeping every file in memory."""
    data = tree.read(path)
    if not isinstance(data, bytes) or path not in claimed:
        return None
    try:
        return read(path, data, claimed[path].syntax, _limits(settings))
    except Unreadable:
        return None


def _limits(settings: Settings) -> Limits:
    return replace_limits(DEFAULT_LIMITS, bytes=settings.limits.file_bytes)


def _setting(path: str, settings: Settings) -> str:
    """The role of a file, judged from the folder that the user named: who scans examples/ means it."""
    for scope in sorted(settings.paths, key=len, reverse=True):
        if path.startswith(scope.rstrip("/") + "/"):
            return setting_of(path[len(scope.rstrip("/")) + 1 :])
        if path == scope:
            return setting_of(PurePosixPath(path).name)
    return setting_of(path)


def _excluded(path: str, settings: Settings) -> bool:
    if settings.include and not any(_fits(path, glob) for glob in settings.include):
        return True
    return any(_fits(path, glob) for glob in settings.exclude)


def _fits(path: str, glob: str) -> bool:
    """Whether a glob holds for a path: `*` crosses folders, `**/` may stand for none, a folder for all inside."""
    bare = glob.removeprefix("**/").removesuffix("/")
    return fnmatchcase(path, glob) or any(fnmatchcase(path, form) for form in (bare, bare + "/*"))


def _scoped(problem: Problem, settings: Settings) -> Problem:
    """Who asked for some files only is told of trouble elsewhere, but the gate is about those files."""
    if not problem.incomplete or _in_paths(problem.path, settings):
        return problem
    return replace(problem, incomplete=False)


def _in_paths(path: str, settings: Settings) -> bool:
    scopes = [scope.strip("/") for scope in settings.paths]
    return not scopes or "." in scopes or any(path == s or path.startswith(s + "/") for s in scopes)


def _settle(finding: Finding, settings: Settings) -> Finding:
    severity = settings.severity.get(finding.check, finding.severity)
    finding = replace(finding, severity=severity) if severity is not finding.severity else finding
    if finding.confidence < settings.min_confidence:
        because = f"its confidence is {Confidence(finding.confidence).word}"
        return replace(finding, disposition=Disposition.HIDDEN, because=because)
    return finding
