"""Options by which a browser server takes over the browser in which a person is signed in.

A browser of its own, with a profile folder made for it, is quiet: that is what such servers do unless told otherwise.
Sources, read 2026-11-22: https://playwright.dev/mcp/configuration/options (`--extension`, `--user-data-dir`) with the
README of its extension (existing cookies and sessions), and docs/advanced-usage.md of
github.com/ChromeDevTools/chrome-devtools-mcp (`--autoConnect`, `--userDataDir`; its own profile by default).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.command_line import CommandLine
    from nhilint.model.place import Place

_OWN_BROWSER = {"--extension": "playwright", "--autoconnect": "chrome-devtools"}
"""Switches, in small letters, that attach to the running browser, and the server that has them."""
_PROFILE_OPTIONS = frozenset({"--user-data-dir", "--userdatadir"})
_PROFILE_OF_PERSON = (
    r"(?:Google[\\/]Chrome(?: Beta| Canary| SxS)?|google-chrome(?:-beta)?|BraveSoftware[\\/]Brave-Browser"
    r"|Microsoft[\\/]Edge|Microsoft Edge|microsoft-edge|\.config[\\/]chromium|Application Support[\\/]Chromium)"
    r"(?:[\\/](?:User Data|Default|Profile \d{1,3}))*[\\/]?$"
)
"""Compiled when the first browser is seen, which is seldom."""
_LONGEST_PATH = 300


def browser_sessions(line: CommandLine) -> Iterator[Credential]:
    """The sessions of a person that the options hand over, each at the option or path that does."""
    for index, word in enumerate(line.words[1:], start=1):
        option, _, value = word.partition("=")
        server = _OWN_BROWSER.get(option.lower())
        if server is not None and value != "false" and any(server in other for other in line.words):
            yield _session(option, line.places[index])
        if option.lower() in _PROFILE_OPTIONS:
            inline = bool(value)
            path = value if inline else line.words[index + 1] if index + 1 < len(line.words) else ""
            if len(path) <= _LONGEST_PATH and re.search(_PROFILE_OF_PERSON, path, re.IGNORECASE):
                yield _session(option, line.places[index if inline else index + 1])


def _session(option: str, at: Place) -> Credential:
    return Credential(
        at=at,
        name=Known(option, at),
        source=Known("browser_session", at),
        principal=Known("human", at),
    )
