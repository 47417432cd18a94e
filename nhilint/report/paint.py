"""Colour for terminals: eight-colour SGR sequences, so that a user's own palette decides; none when not wanted."""

from __future__ import annotations

from msgspec import Struct

from nhilint.model.finding import Severity

_CODES = {
    Severity.CRITICAL: "1;35",
    Severity.HIGH: "1;31",
    Severity.MEDIUM: "33",
    Severity.LOW: "36",
    Severity.INFO: "2",
}


class Paint(Struct, frozen=True):
    """Wraps printable text in the sequences for a role; returns it unchanged when `color` is false."""

    color: bool

    def bold(self, text: str) -> str:
        """For what a reader looks for first."""
        return self._wrap("1", text)

    def dim(self, text: str) -> str:
        """For what only guides the eye."""
        return self._wrap("2", text)

    def severity(self, severity: Severity, text: str) -> str:
        """In the colour of a severity."""
        return self._wrap(_CODES[severity], text)

    def verdict(self, text: str, *, passed: bool) -> str:
        """Green or red, bold."""
        return self._wrap("1;32" if passed else "1;31", text)

    def _wrap(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text
