"""A Run becomes text for people, code hosts and programs.

Every report is a pure function of the Run and of what stands in a Context: none reads a file, the clock or the
environment, none prints. The module of a format is imported when that format is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.catalogue.check import Pack
    from nhilint.catalogue.framework import Frameworks
    from nhilint.model.run import Run

FORMATS: tuple[str, ...] = ("text", "json", "sarif", "github", "markdown", "comment", "gitlab", "gitlab-sast", "junit")
"""The names that `render` knows; each is a module of this package."""
DELTA_FORMATS: tuple[str, ...] = ("text", "json", "markdown")
"""The shapes in which a change of authority can be told, by `report.delta`."""


class Context(Struct, frozen=True, kw_only=True):
    """What a report needs beside the Run: the words of the checks, and what the user wants to see.

    `color` and `width` (in terminal cells) concern the text report only. `show_suppressed` includes hidden, waived and
    baselined findings, `show_undecided` the conditions that met an unknown fact; the JSON report always has both.
    SARIF alone uses the rest: `frameworks` for the titles of controls, `lines` for GitHub's line hashes (a file's
    decoded text, byte order mark included, or None), `repository` for the address of the repository.
    """

    pack: Pack
    frameworks: Frameworks | None = None
    color: bool = False
    width: int = 80
    show_suppressed: bool = False
    show_undecided: bool = False
    lines: Callable[[str], str | None] | None = None
    repository: str = ""


def render(name: str, run: Run, context: Context) -> str:
    """The report called `name`, ending with a line break; KeyError for a name that is not in FORMATS."""
    if name not in FORMATS:
        raise KeyError(name)
    text = import_module(f"nhilint.report.{name.replace('-', '_')}").render(run, context)
    assert isinstance(text, str)
    return text
