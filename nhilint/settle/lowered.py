"""A finding told a step or two less gravely, with the fact that makes it so at the end of its message, or one that has
no consequence as things stand, with that fact as its doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from nhilint.model.finding import Finding


def a_step_lower(finding: Finding, because: str, *, steps: int = 1, at_least: Severity = Severity.LOW) -> Finding:
    """The finding, `at_least` of low severity; `because` goes on where its message ends. `steps` is for two of them."""
    severity = Severity(min(finding.severity, max(at_least, finding.severity - steps)))
    return replace(finding, severity=severity, message=f"{finding.message}; {because}")


def without_consequence(finding: Finding, doubt: str) -> Finding:
    """The finding with low confidence, which hides it by default; `doubt` completes "its confidence is low: …"."""
    return replace(finding, confidence=Confidence.LOW, doubt=doubt)
