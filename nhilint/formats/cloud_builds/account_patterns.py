"""Says whether a pattern for account numbers also matches numbers that only contain one of them.

AWS CodeBuild looks for the pattern of an ACTOR_ACCOUNT_ID filter anywhere in the number of the account. GitHub and
GitLab count their accounts, so that a longer number sooner or later contains a shorter one and whoever registers at
that moment passes. Source: docs.aws.amazon.com/codebuild/latest/userguide/webhooks.html and what was published about
CodeBreach in January 2026, read 2026-11-23.
"""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_NUMBERS = Deferred(r"\^?\(?(?:\?:)?\^?\d{1,20}\$?(?:\|\^?\d{1,20}\$?){0,500}\)?\$?")
"""A list of numbers joined by bars, with or without brackets and anchors: no other pattern is judged."""
_GROUPED = Deferred(r"(\^?)\((?:\?:)?([^()]+)\)(\$?)")


def bound_to_whole(pattern: str) -> str | None:
    """The same list of numbers bound to the whole number; None where it is already, or the pattern is no such list."""
    text = pattern.strip()
    if not _NUMBERS.fullmatch(text) or text.count("(") != text.count(")"):
        return None
    grouped = _GROUPED.fullmatch(text)
    begin, inner, end = grouped.groups() if grouped is not None else ("", text, "")
    numbers = inner.split("|")
    if all((begin or one.startswith("^")) and (end or one.endswith("$")) for one in numbers):
        return None
    plain = [one.strip("^$") for one in numbers]
    return f"^{plain[0]}$" if len(plain) == 1 else f"^({'|'.join(plain)})$"
