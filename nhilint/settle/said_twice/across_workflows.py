"""What several workflows have in common, which is mended for all of them at once."""

from __future__ import annotations

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
_NAMES_SECRET = "secrets."  # noqa: S105 - how an expression names one
"""What a line has that says itself which credential it is about; of another the words do."""
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
    if is_about_version(finding):
        check = (finding.check, finding.severity)
        return {("versions", *check): _FEW, ("version", *check, _version_told(finding.message)): 1}
    end = finding.flow[-1].place if finding.flow else finding.place
    if end.path != finding.place.path and not end.path.startswith(_WORKFLOWS):
        return {("role", finding.check, finding.severity, end): 1}
    if located is None or not located.content:
        return {}
    key, alike = finding.place.pointer[-1], (finding.check, finding.severity, located.content)
    found: dict[Likeness, int] = {("workflows", *alike, key): 1 if key in _OF_ONE_APP else _FEW}
    if key == "run":
        found["script", *alike, finding.message] = 1
    elif finding.place.pointer[-2:-1] in (("with",), ("env",)) and finding.severity <= Severity.MEDIUM:
        found["given", *alike, key, "" if _NAMES_SECRET in located.text else finding.message] = 1
    return found


def _version_told(message: str) -> str:
    """The action's repository and version: whoever writes its commit does so for all of its actions, wherever used."""
    name, _, version = _BEHIND_VERSION.split(message, maxsplit=1)[0].partition(" at ")
    return " at ".join(("/".join(name.split("/")[:2]), version))


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
