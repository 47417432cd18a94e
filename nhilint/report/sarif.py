"""The report for code hosts: SARIF 2.1.0, one run, shaped for GitHub code scanning and valid for every other reader.

Limits and required properties are GitHub's (github/docs, "SARIF support for code scanning" and its table of limits).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import sarif_om

from nhilint.catalogue.framework import Frameworks
from nhilint.model.finding import Disposition, Severity
from nhilint.report.json_text import to_json
from nhilint.report.links import PROJECT_URL, SARIF_SCHEMA
from nhilint.report.sarif_notes import invocation, kind_descriptor, problem_kinds
from nhilint.report.sarif_places import ROOT, SarifPlaces
from nhilint.report.sarif_results import SarifResults
from nhilint.report.sarif_rules import Taxonomies, rule_of, unnamed_rule
from nhilint.report.sarif_write import encoded, to_plain
from nhilint.report.tally import worst_first

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.run import Run
    from nhilint.report import Context
    from nhilint.report.sarif_write import SarifObject

MOST_RESULTS = 25_000
"""Results of one run; GitHub refuses a file with more."""
MOST_KEPT = 5_000
"""Results of one run that GitHub keeps, the most severe ones."""


def render(run: Run, context: Context) -> str:
    """The SARIF text, indented."""
    log = sarif_om.SarifLog(version="2.1.0", schema_uri=SARIF_SCHEMA, runs=[_run(run, context)])
    return to_json(to_plain(log), indent=1)


def _run(run: Run, context: Context) -> SarifObject:
    findings, cuts = _within_limits(_reported(run, context))
    rules = {check_id: index for index, check_id in enumerate(_rule_ids(run))}
    taxonomies = Taxonomies(context.frameworks or Frameworks(()))
    kinds = problem_kinds(run)
    driver = _driver(run, context, list(rules), kinds, taxonomies)
    results = SarifResults(run, context, rules)
    entries = [encoded(results.result(finding)) for finding in findings]
    if context.show_undecided:
        entries += [encoded(results.undecided(entry)) for entry in run.undecided[: MOST_RESULTS - len(entries)]]
    return sarif_om.Run(
        tool=sarif_om.Tool(driver=driver),
        automation_details=sarif_om.RunAutomationDetails(id="nhilint/"),
        column_kind="unicodeCodePoints",
        invocations=[invocation(run, SarifPlaces(run), kinds, cuts)],
        original_uri_base_ids={ROOT: _root()},
        results=entries,
        taxonomies=taxonomies.components() or None,
        version_control_provenance=_provenance(run, context.repository),
        properties=None if run.revision is None else {"revision": run.revision},
    )


def _reported(run: Run, context: Context) -> list[Finding]:
    """What code hosts get: on a change also what was there before, since they compare with their own last report."""
    wanted = {Disposition.ACTIVE, Disposition.UNCHANGED}
    return [f for f in run.findings if context.show_suppressed or f.disposition in wanted]


def _within_limits(findings: list[Finding]) -> tuple[list[Finding], list[str]]:
    """The findings that a file may hold, worst first where some must go, and sentences about what was cut."""
    if len(findings) > MOST_RESULTS:
        cut = f"{len(findings) - MOST_RESULTS:,} of {len(findings):,} findings are left out: a file may hold "
        return worst_first(findings)[:MOST_RESULTS], [f"{cut}{MOST_RESULTS:,}, and the worst were kept."]
    if len(findings) > MOST_KEPT:
        return findings, [f"Code scanning keeps the {MOST_KEPT:,} worst of these {len(findings):,} results."]
    return findings, []


def _rule_ids(run: Run) -> list[str]:
    """Every check that ran, then those that speak without having been selected."""
    spoken = (*(f.check for f in run.findings), *(u.check for u in run.undecided))
    return list(dict.fromkeys((*run.checks_run, *spoken)))


def _driver(run: Run, context: Context, ids: list[str], kinds: list[str], taxonomies: Taxonomies) -> SarifObject:
    severities = {finding.check: finding.severity for finding in run.findings}
    rules = []
    for check_id in ids:
        check = context.pack.find(check_id)
        if check is None:
            rules.append(unnamed_rule(check_id, severities.get(check_id, Severity.MEDIUM)))
        else:
            severity = severities.get(check_id, check.severity)
            rules.append(rule_of(check, severity, taxonomies))
    return sarif_om.ToolComponent(
        name="nhilint",
        semantic_version=run.version,
        version=run.version,
        information_uri=PROJECT_URL or None,
        rules=rules,
        notifications=[kind_descriptor(kind) for kind in kinds] or None,
        supported_taxonomies=taxonomies.references() or None,
    )


def _root() -> SarifObject:
    """The base of every address; where it lies is for the reader to say, so that no machine's path is published."""
    return sarif_om.ArtifactLocation(description=sarif_om.Message(text="The root of the scanned tree."))


def _provenance(run: Run, repository: str) -> list[SarifObject] | None:
    """Which commit of which repository; SARIF wants the repository's address, so without one there is nothing."""
    address = _without_credentials(repository)
    if run.revision is None or not address:
        return None
    root = sarif_om.ArtifactLocation(uri_base_id=ROOT)
    details = sarif_om.VersionControlDetails(repository_uri=address, revision_id=run.revision, mapped_to=root)
    return [details]


def _without_credentials(address: str) -> str:
    """An http(s) address without user and password; anything else is left out."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
