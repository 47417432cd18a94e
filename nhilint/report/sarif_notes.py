"""Problems of a run, and the limits that cut its report, become notifications of a SARIF invocation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sarif_om

from nhilint.report.printable import one_line
from nhilint.report.sarif_rules import pascal_case
from nhilint.report.words import sentence, timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Problem
    from nhilint.model.run import Run
    from nhilint.report.sarif_places import SarifPlaces
    from nhilint.report.sarif_write import SarifObject

_UNFINISHED = 4
_MEANINGS: dict[str, str] = {
    "unreadable": "A file could not be opened or read.",
    "malformed": "A file does not follow the syntax it was recognised by.",
    "too-large": "A file is larger than the limit of this run.",
    "too-deep": "A file nests deeper than the limit of this run.",
    "too-many-nodes": "A file holds more values than the limit of this run.",
    "alias-bomb": "A YAML file expands to more than the limit of this run.",
    "encoding": "A file is not in an encoding that its syntax allows.",
    "binary": "A file that should be text holds binary data.",
    "encrypted": "A file is encrypted, so that its content is not known.",
    "duplicate-key": "A key occurs twice in one mapping, so that readers may disagree about its value.",
    "unknown-context": "A condition uses what its platform does not have there, so that the platform refuses the file.",
    "lenient": "A file breaks its syntax in a way that the product reading it forgives.",
    "check-error": "A check failed to evaluate, so its subjects were not judged.",
    "outside": "A path leads out of the scanned tree and was not followed.",
    "limit": "A budget of this run was used up before everything was seen.",
    "empty": "A file that should hold something is empty.",
}
_CURE = "Mend the file, or leave it out in the configuration, and run again."


def invocation(run: Run, places: SarifPlaces, kinds: list[str], cuts: Iterable[str]) -> SarifObject:
    """How the run went. `kinds` are the ids of the driver's notifications, `cuts` say what this file left out."""
    notes = [_notification(problem, places, kinds) for problem in run.problems]
    notes += [sarif_om.Notification(level="warning", message=sarif_om.Message(text=cut)) for cut in cuts]
    return sarif_om.Invocation(
        execution_successful=run.verdict.code < _UNFINISHED,
        exit_code=run.verdict.code,
        exit_code_description=one_line(run.verdict.because),
        start_time_utc=timestamp(run.started),
        tool_execution_notifications=notes,
    )


def problem_kinds(run: Run) -> list[str]:
    """The kinds of problems that occurred, each once."""
    return sorted({problem.kind for problem in run.problems})


def kind_descriptor(kind: str) -> SarifObject:
    """The driver's description of one kind of problem, as complete as a rule, which GitHub's validator asks for."""
    meaning = sarif_om.MultiformatMessageString(text=_MEANINGS.get(kind, f"A problem of the kind {kind} came up."))
    cure = sarif_om.MultiformatMessageString(text=f"{meaning.text} {_CURE}")
    return sarif_om.ReportingDescriptor(
        id=kind, name=pascal_case(f"{kind}-problem"), short_description=meaning, full_description=meaning, help=cure
    )


def _notification(problem: Problem, places: SarifPlaces, kinds: list[str]) -> SarifObject:
    located = [places.line(problem.path, problem.line, problem.column)] if problem.path else None
    return sarif_om.Notification(
        descriptor=sarif_om.ReportingDescriptorReference(id=problem.kind, index=kinds.index(problem.kind)),
        level="error" if problem.incomplete else "note",
        message=sarif_om.Message(text=sentence(one_line(problem.message))),
        locations=located,
    )
