"""Findings become SARIF results, undecided conditions results of the kind "open"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sarif_om

from nhilint.model.finding import Disposition
from nhilint.report.chain import chain_of
from nhilint.report.levels import SARIF_LEVEL
from nhilint.report.line_hash import LineHashes
from nhilint.report.printable import one_line, printable
from nhilint.report.sarif_places import SarifPlaces
from nhilint.report.words import sentence, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.model.finding import Finding, Note, Undecided
    from nhilint.model.place import Place
    from nhilint.model.run import Run
    from nhilint.report import Context
    from nhilint.report.sarif_write import SarifObject

MOST_LOCATIONS = 1000
"""Locations of one result, and steps of its flow, that GitHub accepts or keeps (github/docs, sarif-limits)."""
_MOST_LINKS = 10
_LONGEST_LINK = 120


class SarifResults:
    """The results of one run. `rules` gives the index of every rule by its check's id."""

    def __init__(self, run: Run, context: Context, rules: Mapping[str, int]) -> None:
        self._run = run
        self._read = context.lines
        self._rules = rules
        self._places = SarifPlaces(run)
        self._hashes: dict[str, LineHashes | None] = {}
        self._has_baseline = run.compared is not None or any(
            f.disposition is Disposition.BASELINED for f in run.findings
        )

    def result(self, finding: Finding) -> SarifObject:
        """One finding; only its first location annotates a pull request, so it has exactly one."""
        related = finding.related[:MOST_LOCATIONS]
        return sarif_om.Result(
            rule_id=finding.check,
            rule_index=self._rules[finding.check],
            level=SARIF_LEVEL[finding.severity],
            message=sarif_om.Message(text=message_of(finding)),
            locations=[self._places.location(finding.place)],
            related_locations=[self._linked(number, note) for number, note in enumerate(related, 1)] or None,
            code_flows=self._flows(chain_of(finding)[:MOST_LOCATIONS]),
            partial_fingerprints=self._line_hash(finding.place),
            fingerprints={"nhilint/v1": finding.fingerprint},
            baseline_state=self._baseline_state(finding),
            suppressions=_suppressions(finding),
            properties=self._properties(finding),
        )

    def undecided(self, entry: Undecided) -> SarifObject:
        """A condition that met an unknown fact: "open" is SARIF's word for not enough information to decide."""
        text = f"{entry.subject.kind} {entry.subject.name}: {entry.missing} is not known, so this was not judged."
        return sarif_om.Result(
            rule_id=entry.check,
            rule_index=self._rules[entry.check],
            kind="open",
            level="none",
            message=sarif_om.Message(text=_unlinked(one_line(text))),
            locations=[self._places.location(entry.place)],
        )

    def _linked(self, number: int, note: Note) -> SarifObject:
        return self._places.location(note.place, note.message, number)

    def _flows(self, chain: tuple[Note, ...]) -> list[SarifObject] | None:
        if not chain:
            return None
        steps = [
            sarif_om.ThreadFlowLocation(location=self._places.location(note.place, note.message or note.place.path))
            for note in chain
        ]
        return [sarif_om.CodeFlow(thread_flows=[sarif_om.ThreadFlow(locations=steps)])]

    def _line_hash(self, place: Place) -> dict[str, str] | None:
        """What GitHub would compute for the first line of the region; nothing where the text is not at hand."""
        if self._read is None:
            return None
        if place.path not in self._hashes:
            text = self._read(place.path)
            self._hashes[place.path] = None if text is None else LineHashes(text)
        hashes = self._hashes[place.path]
        value = hashes.of(self._run.locate(place).line) if hashes else None
        return {"primaryLocationLineHash": value} if value else None

    def _baseline_state(self, finding: Finding) -> str | None:
        """Known on a change, and where a baseline took effect: what was there is unchanged, the rest new."""
        if not self._has_baseline:
            return None
        there_before = finding.disposition in (Disposition.BASELINED, Disposition.UNCHANGED)
        return "unchanged" if there_before else "new"

    def _properties(self, finding: Finding) -> dict[str, object]:
        return {
            "severity": finding.severity.word,
            "confidence": finding.confidence.word,
            "subject": {"kind": finding.subject.kind, "name": printable(finding.subject.name)},
            "pointer": printable(self._run.locate(finding.place).pointer),
        }


def message_of(finding: Finding) -> str:
    """The message as a sentence, then links to the related places: code hosts show only those that are linked."""
    text = sentence(_unlinked(one_line(finding.message)))
    links = [_link(number, note) for number, note in enumerate(finding.related[:_MOST_LINKS], 1)]
    if not links:
        return text
    rest = len(finding.related) - len(links)
    return f"{text} See {', '.join(links)}{f' and {rest} more' if rest else ''}."


def _link(number: int, note: Note) -> str:
    said = shortened(one_line(note.message) or printable(note.place.path), _LONGEST_LINK)
    return f"[{_escaped(said)}]({number})"


def _unlinked(text: str) -> str:
    """Text of the scanned tree that cannot become a link of its own (SARIF 2.1.0, 3.11.6).

    Braces stay single: 3.11.5 would have them doubled, but no message here has arguments, and code hosts show what is
    written.
    """
    return _escaped(text) if "](" in text else text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _suppressions(finding: Finding) -> list[dict[str, str]] | None:
    """Why a finding does not count. A dict, since the class of sarif-om lacks `status` and has a `state` instead."""
    if finding.disposition in (Disposition.ACTIVE, Disposition.UNCHANGED):
        return None
    because = one_line(finding.because) or finding.disposition.value
    return [{"kind": "external", "status": "accepted", "justification": f"{finding.disposition.value}: {because}"}]
