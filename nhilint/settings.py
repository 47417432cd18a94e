"""What a run is asked to do: every outside influence as one value. Nothing else reads the clock or the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path


class Limits(Struct, frozen=True, kw_only=True):
    """Budgets for one run."""

    file_bytes: int = 2_000_000


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of one scan.

    `root` is the top of the tree; `paths` limit what is reported (relative to it, empty for all). `select` and `ignore`
    hold check ids, globs or `framework/control`. `waiver_days` is how far ahead a waiver may end; `author` is who made
    the change that is judged, where somebody said so.
    """

    root: Path
    paths: tuple[str, ...] = ()
    now: datetime
    fail_on: Severity = Severity.HIGH
    min_confidence: Confidence = Confidence.MEDIUM
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    policies: tuple[Path, ...] = ()
    environments: tuple[tuple[str, str], ...] = ()
    severity: dict[str, Severity] = {}
    limits: Limits = Limits()
    waiver_days: int = 90
    author: str | None = None
    baseline: Path | None = None
    owner: str | None = None
    repository: str | None = None
    exit_zero: bool = False
    require_inputs: bool = False
    use_cache: bool = True

    @property
    def today(self) -> date:
        """The date that expiries are compared with."""
        return self.now.date()
