"""What several workflows have in common, which is mended for all of them at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.finding import Severity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.run import Located
    from nhilint.settle.said_twice.folding import Likeness

_FEW = 5
"""So many workflows with the same step are still told each by itself."""
_WORKFLOWS = ".github/"
"""Where workflows and the actions that they share stand; a chain that ends elsewhere ends in what they become."""
_OF_ONE_APP = frozenset({"app-id", "app_id", "client-id"})
"""Inputs of a step that say which app's token it takes."""
_NAMES_SECRET = Deferred(r"\bsecrets(?:\.|\s?\))", flags=re.IGNORECASE)
"""What a line has that says itself which credential it is about, or that all are; of another the words do."""
_OF_A_JOB = 3
"""The length of a route to a key of a job: `jobs`, its name, the key."""
_CALLED = Deferred(r" (?:calls|to) ([\w-]{1,39})/[\w.-]{1,100}/\.github/workflows/")
"""Whose workflow is called."""
_FETCHED = Deferred(r" runs whatever (\S{1,300}(?: (?:at|from) [^,]{1,200})?) is that day ")
"""What a step fetches and runs: fixing it, or its version, mends every step that does."""
_SLIP = Deferred(r" (?:holds nothing back|keeps nobody out): .{1,300}$")
"""Why a condition does nothing; conditions of one file that are written with the same slip are mended together."""
_BEHIND_VERSION = Deferred(r" (?:runs in|is handed) ")
"""What comes after an action and its version, in the words of the checks about both."""


def is_about_version(finding: Finding) -> bool:
    """Whether the place is what a step or a job uses."""
    return finding.subject.kind == "workflow" and finding.place.pointer[-1:] == ("uses",)


def habits(finding: Finding, positions: Mapping[Place, Located]) -> dict[Likeness, int]:
    """What a finding has in common with those of other workflows, and what is mended for all of them at once: the same
    step in more than a handful, versions that none fixes, an app, a role, machines that forks are kept from."""
    located = positions.get(finding.place)
    if finding.subject.kind != "workflow" or not finding.place.pointer:
        return {}
    if finding.place.pointer[-1] == "runs-on":
        return {("machines", finding.check): 1}
    of_version = _of_version(finding)
    if of_version:
        return of_version
    end = finding.flow[-1].place if finding.flow else finding.place
    if end.path != finding.place.path and not end.path.startswith(_WORKFLOWS):
        return {("role", finding.check, finding.severity, end): 1}
    if located is None or not located.content:
        return {}
    key, alike = finding.place.pointer[-1], (finding.check, finding.severity, located.content)
    found: dict[Likeness, int] = {("workflows", *alike, key): 1 if key in _OF_ONE_APP else _FEW}
    fetched, slip = _FETCHED.search(finding.message), _SLIP.search(finding.message)
    if fetched is not None:
        found["fetched", finding.check, finding.severity, fetched[1]] = 1
    elif key == "if" and slip is not None:
        found["slip", finding.check, finding.severity, finding.place.path, slip[0]] = 1
    elif key == "run":
        found["script", *alike, _without_job(finding.message)] = 1
    elif finding.place.pointer[-2:-1] in (("with",), ("env",)) and finding.severity <= Severity.MEDIUM:
        found["given", *alike, key, "" if _NAMES_SECRET.search(located.text) else finding.message] = 1
    return found


def _without_job(message: str) -> str:
    """What is said of a script, without the name of the job that some words begin with."""
    return message.partition(" ")[2] or message


def _of_version(finding: Finding) -> dict[Likeness, int]:
    """What a finding about whose code at which version is used has in common with others; nothing for another one."""
    check, supplier = (finding.check, finding.severity), _supplier_told(finding)
    if supplier:
        return {("supplier", *check, supplier): 1}
    if not is_about_version(finding):
        return {}
    return {("versions", *check): _FEW, ("version", *check, _version_told(finding.message)): 1}


def _version_told(message: str) -> str:
    """The action's repository and version: whoever writes its commit does so for all of its actions, wherever used."""
    name, _, version = _BEHIND_VERSION.split(message, maxsplit=1)[0].partition(" at ")
    return " at ".join(("/".join(name.split("/")[:2]), version))


def _supplier_told(finding: Finding) -> str:
    """The owner whose workflow a job calls, in the words of the checks about such a call; empty for another finding.

    Whether all of an owner's workflows are trusted, at the versions that they are called by, is one decision.
    """
    if len(finding.place.pointer) != _OF_A_JOB or finding.place.pointer[-1] not in ("uses", "secrets"):
        return ""
    called = _CALLED.search(finding.message)
    return called[1].lower() if called is not None else ""


def used_in_step(finding: Finding, positions: Mapping[Place, Located]) -> Likeness:
    """What a step uses, as written, for a finding about its version; empty for another."""
    located = positions.get(finding.place)
    if located is None or not located.content or not is_about_version(finding):
        return ()
    return ("used", finding.check, finding.severity, located.content)


def as_in_action(finding: Finding, positions: Mapping[Place, Located], shared: set[Likeness]) -> dict[Likeness, int]:
    """The version that an action of the repository uses: the jobs that call it have it too, in words of their own."""
    used = used_in_step(finding, positions)
    return {used: 1} if used in shared else {}
