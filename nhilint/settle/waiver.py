"""An exception as a repository writes it down: what it excepts, why, who answers for it, and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from nhilint.model.place import Place

_BARE = frozenset({"", "*", "**", "**/*", "*/**", "*.*", "/", "/*", "/**", "./**", "."})


class Waiver(Struct, frozen=True, kw_only=True):
    """One waiver. `line` is set for an inline one: the line of its own file that it speaks about.

    `path` is a glob on whole paths in which `*` crosses folders; `subject` the exact name of a resource. Texts are
    empty where nothing is stated.
    """

    check: str
    at: Place
    path: str = ""
    subject: str = ""
    fingerprint: str = ""
    reason: str = ""
    approver: str = ""
    expires: str = ""
    ticket: str = ""
    line: int | None = None

    @property
    def inline(self) -> bool:
        """Whether it is a comment beside what it excepts."""
        return self.line is not None

    @property
    def end(self) -> date | None:
        """The last day on which it holds; None where none can be made out."""
        try:
            return date.fromisoformat(self.expires)
        except ValueError:
            return None

    @property
    def missing(self) -> tuple[str, ...]:
        """What a complete waiver would also say. Somebody must answer for it, so a bot is no approver."""
        human = self.approver and not self.approver.endswith("[bot]")
        said = {"reason": self.reason, "approver": human, "expires": self.end}
        return tuple(word for word, value in said.items() if not value)

    @property
    def matches_everything(self) -> bool:
        """Whether nothing narrows it to less than a whole check."""
        return not self.inline and self.path in _BARE and self.subject in _BARE and not self.fingerprint

    @property
    def words(self) -> str:
        """What it is called in reports: the check and what it is excepted for."""
        where = self.subject or self.fingerprint[:12] or self.path
        return f"{self.check} for {where}" if where else self.check

    @property
    def content(self) -> tuple[str, ...]:
        """Everything that it says, to tell whether it was there before; not where it stands."""
        return (
            self.check,
            self.path,
            self.subject,
            self.fingerprint,
            self.reason,
            self.approver,
            self.expires,
            "inline" if self.inline else "file",
        )
