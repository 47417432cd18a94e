"""Whether a rule that does nothing is said once more by one that is in force: then nothing is lost with it.

People write a denial in every spelling they can think of (`Write(x)` beside `Edit(x)`, `Bash(rm:*)` beside
`Bash(rm *)`), and one that works is enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.claude.command_patterns import covers, read_pattern
from nhilint.formats.claude.rules import CURRENT_TOOLS, EDITORS, READERS, RETIRED_TOOLS, SHELLS, Rule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

_ANYWHERE = Deferred(r"^(?:\./|/+|\*\*/)+")
_BELOW = Deferred(r"(?:/\*{1,2})+$")
_HOST = Deferred(r"^(?:[a-z][a-z+.-]*://)?([^/:]+)", flags=re.IGNORECASE)


def is_said_again(rule: Rule, live: Iterable[Rule]) -> bool:
    """Whether one of the rules in force covers what the dead one is about."""
    return any(_covers(other, rule) for other in live)


def _covers(live: Rule, dead: Rule) -> bool:
    if dead.tool in SHELLS:
        return live.tool in SHELLS and covers(read_pattern(live.argument), read_pattern(_repaired(dead.argument)))
    if dead.tool == "WebFetch":
        return live.tool == "WebFetch" and _is_host_of(live, dead)
    if dead.tool in EDITORS:
        return live.tool in ("Edit", "Read") and _covers_path(live.argument, dead.argument)
    if dead.tool in READERS:
        return live.tool == "Read" and _covers_path(live.argument, dead.argument)
    is_name = dead.tool in CURRENT_TOOLS or dead.tool in RETIRED_TOOLS
    return not is_name and dead.argument is not None and _covers_path(live.argument, dead.argument)


def _repaired(argument: str | None) -> str | None:
    """The command that the author means: `:*` within a rule as the ` *` that works there."""
    return argument.removeprefix("command:").replace(":*", " *").replace("  ", " ") if argument else argument


def _is_host_of(live: Rule, dead: Rule) -> bool:
    if live.is_for_every_use:
        return True
    found = _HOST.match(dead.argument or "")
    return found is not None and live.argument == f"domain:{found[1].lower()}"


def _covers_path(live: str | None, dead: str | None) -> bool:
    if live is None or live in ("*", "**", "**/*"):
        return True
    if dead is None:
        return False
    wide, narrow = _plain(live), _plain(dead)
    return wide == narrow or (_BELOW.search(live) is not None and narrow.startswith(f"{wide}/"))


def _plain(path: str) -> str:
    """A path without what only says from where on and how deep."""
    return _BELOW.sub("", _ANYWHERE.sub("", path.removeprefix("file_path:").strip()))
