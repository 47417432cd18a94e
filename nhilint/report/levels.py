"""Severity and confidence become the words and figures of code hosts.

The bands of `security-severity` are GitHub's (docs, "SARIF support for code scanning": over 9.0 critical, 7.0 to 8.9
high, 4.0 to 6.9 medium, 0.1 to 3.9 low); ours lie clear of the edges. It is text in the file: a number is refused.
"""

from __future__ import annotations

from nhilint.model.finding import Severity

SARIF_LEVEL = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
"""`level` of a SARIF result."""

SECURITY_SEVERITY = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
"""`security-severity` of a SARIF rule; information has none, since 0.0 is out of range."""

ANNOTATION = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}
"""The workflow command that annotates a finding on GitHub."""
