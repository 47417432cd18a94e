"""A finding told a step or two less gravely, with the fact that makes it so at the end of its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from nhilint.model.finding import Finding


def a_step_lower(finding: Finding, because: str, *, steps: int = 1) -> Finding:
    """The finding, at least of low severity; `because` goes on where its message ends. `steps` is for two of them."""
    severity = Severity(max(Severity.LOW, finding.severity - steps))
    return replace(finding, severity=severity, message=f"{finding.message}; {because}")
