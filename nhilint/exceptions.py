"""The exceptions of a tree, waivers and baseline, gathered and applied to findings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.errors import CatalogueError
from nhilint.gather import document_again
from nhilint.model.finding import Disposition
from nhilint.settle.baseline import FILE as BASELINE_FILE
from nhilint.settle.baseline import apply_baseline, read_baseline
from nhilint.settle.code_owners import code_owners
from nhilint.settle.inline_waivers import inline_waivers
from nhilint.settle.waive import Terms, waive
from nhilint.settle.waiver_file import FILE as WAIVERS_FILE
from nhilint.settle.waiver_file import read_waivers
from nhilint.tree import own_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhilint.catalogue.check import Check
    from nhilint.change import Before
    from nhilint.gather import Gathered
    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.run import Located
    from nhilint.settings import Settings
    from nhilint.settle.baseline import Entry
    from nhilint.settle.waiver import Waiver
    from nhilint.tree import Tree


class Exceptions(Struct, frozen=True):
    """What a tree asks to be let through: waivers that count, comments that do not count yet, and its baseline.

    `pending` are waivers that a change adds, in the file or as comments, and that count once they are merged.
    """

    waivers: tuple[Waiver, ...] = ()
    pending: tuple[Waiver, ...] = ()
    baseline: tuple[Entry, ...] = ()


class Excepted(Struct, frozen=True):
    """Findings with what is let through, the waivers as subjects of checks, and baseline entries that cover nothing."""

    findings: tuple[Finding, ...]
    waivers: tuple[Resource, ...] = ()
    stale: tuple[Entry, ...] = ()


def exceptions_of(
    tree: Tree, settings: Settings, gathered: Gathered, before: Before | None, gathered_before: Gathered | None
) -> Exceptions:
    """The exceptions that count. On a change they are those of the state before it: nothing it adds helps it."""
    decides = before.tree if before is not None else tree
    waivers = _in_file(decides)
    inline = _inline(tree, settings, gathered)
    pending: tuple[Waiver, ...] = ()
    if before is not None and gathered_before is not None:
        inline, pending = _there_before(inline, _inline(before.tree, settings, gathered_before), before)
        pending += _added(waivers, tree)
    return Exceptions((*waivers, *inline), pending, _baseline(decides, settings))


def apply_exceptions(
    findings: Sequence[Finding],
    exceptions: Exceptions,
    settings: Settings,
    terms: Terms,
    positions: Mapping[Place, Located],
    paths: frozenset[str],
    covers: Disposition = Disposition.ACTIVE,
) -> Excepted:
    """Waive and baseline findings. `covers` says which of them the baseline may cover."""

    def content(finding: Finding) -> tuple[str, str]:
        located = positions.get(finding.place)
        return (located.pointer, located.content) if located is not None else ("", "")

    def line_of(place: Place) -> int:
        located = positions.get(place)
        return located.line if located is not None else 0

    settled, stale = apply_baseline(findings, exceptions.baseline, content, paths, covers)
    waived = waive(settled, exceptions.waivers, exceptions.pending, terms, line_of)
    return Excepted(waived.findings, waived.waivers, () if settings.paths else stale)


def terms_of(
    settings: Settings, checks: Sequence[Check], ran: Sequence[Check], tree: Tree, before: Before | None
) -> Terms:
    """By what waivers are judged."""
    return Terms(
        today=settings.today,
        most_days=settings.waiver_days,
        checks={name: check for check in checks for name in (check.id, *check.aliases)},
        ran=frozenset() if settings.paths else frozenset(check.id for check in ran),
        owners=code_owners(before.tree if before is not None else tree),
        authors=before.authors if before is not None else frozenset(),
    )


def _in_file(tree: Tree) -> tuple[Waiver, ...]:
    data = own_bytes(tree, WAIVERS_FILE)
    return read_waivers(data) if data is not None else ()


def _added(known: tuple[Waiver, ...], tree: Tree) -> tuple[Waiver, ...]:
    """The waivers of the file that a change adds; none from a file that cannot be read, which the gate reports."""
    before = {waiver.content for waiver in known}
    try:
        return tuple(waiver for waiver in _in_file(tree) if waiver.content not in before)
    except CatalogueError:
        return ()


def _baseline(tree: Tree, settings: Settings) -> tuple[Entry, ...]:
    if settings.baseline is not None:
        return read_baseline(settings.baseline.read_bytes(), str(settings.baseline))
    data = own_bytes(tree, BASELINE_FILE)
    return read_baseline(data) if data is not None else ()


def _inline(tree: Tree, settings: Settings, gathered: Gathered) -> tuple[Waiver, ...]:
    found: list[Waiver] = []
    for path, reading in gathered.readings.items():
        if reading.marked and reading.extraction.recognised:
            document = document_again(path, tree, settings, gathered)
            found.extend(inline_waivers(document) if document is not None else ())
    return tuple(found)


def _there_before(
    now: tuple[Waiver, ...], then: tuple[Waiver, ...], before: Before
) -> tuple[tuple[Waiver, ...], tuple[Waiver, ...]]:
    """The inline waivers that were there already, also in a moved file or on another line; and those that were not."""
    left = Counter(waiver.content for waiver in then)
    kept: list[Waiver] = []
    added: list[Waiver] = []
    for waiver in now:
        older = (waiver.check, before.changes.older(waiver.path), *waiver.content[2:])
        if left[older] > 0:
            left[older] -= 1
            kept.append(waiver)
        else:
            added.append(waiver)
    return tuple(kept), tuple(added)
