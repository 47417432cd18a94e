"""What is kept so that somebody gets in when nothing else does ("break glass"), known by what it is called.

Such an account or policy holds the power that takes. Microsoft calls them "emergency access" or "break glass" accounts
(learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access), AWS "break-glass" and
"emergency access" (docs.aws.amazon.com/wellarchitected/latest/security-pillar/
sec_permissions_emergency_process.html), both from a survey, pages not re-read. The word "emergency" alone stands in
the names of other things as well, such as what a hospital runs.
"""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_LONGEST = 200
_BREAK_GLASS = r"(?i:break[-_ ]?glass)"
_CALLED = Deferred(rf"{_BREAK_GLASS}|(?<![A-Za-z])(?i:emergency[-_ ]?(?:access|admin))(?![a-z])")
_CALLED_BY_ONE_WORD = Deferred(r"(?<![A-Za-z])(?i:emergency)(?![A-Za-z])")
_SAID = Deferred(rf"{_BREAK_GLASS}|(?<![A-Za-z])(?i:emergency[-_ ]?(?:access|admin|only|use|writes?))(?![a-z])")


def is_called_after_emergencies(name: str, *, only_people_enter: bool = False) -> bool:
    """Whether a name says so. Where `only_people_enter`, the word "emergency" by itself is enough."""
    told = name[:_LONGEST]
    return _CALLED.search(told) is not None or (only_people_enter and _CALLED_BY_ONE_WORD.search(told) is not None)


def is_said_to_be_for_emergencies(words: str) -> bool:
    """Whether a name, or a comment at the head of a file, says that what stands there is for emergencies only."""
    return _SAID.search(words) is not None
