"""Checks become SARIF rules, and the frameworks they map to SARIF taxonomies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sarif_om

from nhilint.report.levels import SARIF_LEVEL, SECURITY_SEVERITY
from nhilint.report.links import CWE_URL, cwe_page
from nhilint.report.page import check_help, check_help_text
from nhilint.report.words import sentence, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.catalogue.check import Check
    from nhilint.catalogue.framework import Frameworks
    from nhilint.model.finding import Severity
    from nhilint.report.sarif_write import SarifObject

MOST_TAGS = 10
"""GitHub keeps ten tags of a rule (github/docs, sarif-limits)."""
LONGEST_DESCRIPTION = 1024
"""Characters of a short or full description that GitHub keeps."""
_CWE = "CWE"


class Taxonomies:
    """The controls that the rules of one run map to, each framework a taxonomy, in the order they were met."""

    def __init__(self, frameworks: Frameworks) -> None:
        self.frameworks = frameworks
        self._taxa: dict[str, dict[str, int]] = {}

    def relationships(self, check: Check) -> list[SarifObject]:
        """A check's whole mapping, as relationships of its rule."""
        pairs = [tag.split("/", 1) for tag in check.tags] + [[_CWE, cwe] for cwe in check.cwe]
        return [self._relationship(taxonomy, taxon) for taxonomy, taxon in pairs]

    def _relationship(self, taxonomy: str, taxon: str) -> SarifObject:
        taxa = self._taxa.setdefault(taxonomy, {})
        index = taxa.setdefault(taxon, len(taxa))
        target = sarif_om.ReportingDescriptorReference(id=taxon, index=index, tool_component=self._reference(taxonomy))
        return sarif_om.ReportingDescriptorRelationship(target=target, kinds=["relevant"])

    def _reference(self, taxonomy: str) -> SarifObject:
        return sarif_om.ToolComponentReference(name=taxonomy, index=list(self._taxa).index(taxonomy))

    def references(self) -> list[SarifObject]:
        """What the tool's driver names as supported."""
        return [self._reference(taxonomy) for taxonomy in self._taxa]

    def components(self) -> list[SarifObject]:
        """The taxonomies themselves, with the controls that occur."""
        return [self._component(taxonomy, taxa) for taxonomy, taxa in self._taxa.items()]

    def _component(self, taxonomy: str, taxa: Mapping[str, int]) -> SarifObject:
        if taxonomy == _CWE:
            entries = [sarif_om.ReportingDescriptor(id=cwe, help_uri=cwe_page(cwe)) for cwe in taxa]
            return sarif_om.ToolComponent(name=_CWE, organization="MITRE", information_uri=CWE_URL, taxa=entries)
        framework = self.frameworks.get(taxonomy)
        if framework is None:
            return sarif_om.ToolComponent(name=taxonomy, taxa=[sarif_om.ReportingDescriptor(id=t) for t in taxa])
        return sarif_om.ToolComponent(
            name=taxonomy,
            full_name=framework.title,
            organization=framework.publisher,
            version=framework.edition,
            information_uri=framework.url,
            short_description=_message(framework.title),
            taxa=[self._taxon(taxonomy, taxon) for taxon in taxa],
        )

    def _taxon(self, taxonomy: str, taxon: str) -> SarifObject:
        framework = self.frameworks.get(taxonomy)
        control = framework.control(taxon) if framework else None
        if control is None:
            return sarif_om.ReportingDescriptor(id=taxon)
        return sarif_om.ReportingDescriptor(
            id=taxon,
            help_uri=control.url or None,
            short_description=_message(control.title),
            full_description=_message(control.summary),
        )


def rule_of(check: Check, severity: Severity, taxonomies: Taxonomies) -> SarifObject:
    """The rule of one check at the severity it has in this run: code hosts rank by rule, not by result."""
    return sarif_om.ReportingDescriptor(
        id=check.id,
        name=pascal_case(check.id),
        deprecated_ids=list(check.aliases) or None,
        short_description=_message(sentence(check.title)),
        full_description=_message(shortened(" ".join(check.rationale.split()), LONGEST_DESCRIPTION)),
        help=_message(check_help_text(check), check_help(check, taxonomies.frameworks)),
        help_uri=check.references[0] if check.references else None,
        default_configuration=sarif_om.ReportingConfiguration(level=SARIF_LEVEL[severity]),
        relationships=taxonomies.relationships(check),
        properties=_properties(check, severity),
    )


def unnamed_rule(check_id: str, severity: Severity) -> SarifObject:
    """A rule for a check whose words are not at hand, with every property that GitHub requires."""
    return sarif_om.ReportingDescriptor(
        id=check_id,
        name=pascal_case(check_id),
        short_description=_message(sentence(check_id)),
        full_description=_message(sentence(check_id)),
        help=_message(f"See: nhilint explain {check_id}"),
        default_configuration=sarif_om.ReportingConfiguration(level=SARIF_LEVEL[severity]),
        properties=_ranking(severity) | {"tags": ["security"]},
    )


def pascal_case(check_id: str) -> str:
    """`unpinned-mcp-server` as `UnpinnedMcpServer`; a word of one letter joins the next, as in `AllButAfew`."""
    words = re.sub(r"\b(\w)-", r"\1", check_id).split("-")
    return "".join(word[:1].upper() + word[1:] for word in words)


def tags_of(check: Check) -> list[str]:
    """`security`, the controls, and where there is room the weaknesses as GitHub writes them: ten at most."""
    weaknesses = [f"external/cwe/cwe-{int(cwe.rpartition('-')[2]):03d}" for cwe in check.cwe]
    return ["security", *check.tags, *weaknesses][:MOST_TAGS]


def _properties(check: Check, severity: Severity) -> dict[str, object]:
    return _ranking(severity) | {"precision": check.confidence.word, "tags": tags_of(check)}


def _ranking(severity: Severity) -> dict[str, object]:
    figure = SECURITY_SEVERITY.get(severity)
    return {"security-severity": figure} if figure else {"problem.severity": "recommendation"}


def _message(text: str, markdown: str | None = None) -> SarifObject:
    return sarif_om.MultiformatMessageString(text=text, markdown=markdown)
