"""What a finding is a part of, and how many parts of it are still told apart.

Grave findings keep more of their own places than small ones: a long list of slips is one habit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Severity
from nhilint.settle.said_twice.across_workflows import is_about_version
from nhilint.settle.said_twice.alike import KINDS_OF_CLIENTS, thing_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.run import Located
    from nhilint.settle.said_twice.folding import Likeness

HANDFUL = 5
"""So many findings of one check about one thing in one file are still told each by itself."""
_TWO_HANDFULS = 2 * HANDFUL
"""So many credentials below one folder, each in a file of its own, are still told each by itself."""
_COLLECTIONS = frozenset({"skills", "commands", "agents"})
"""Folders in which a client or a plug-in keeps its definitions, each in a file of its own."""
_PARTS_OF_ONE_PRODUCT = frozenset({"kubernetes", "nomad-job", "vault-settings"})
_FEW_ACCOUNTS = 2
"""So many accounts of one file of a cluster, or tasks of a job, are told apart; more that may do the same are parts of
one product, set up by one hand."""
_STATE = "terraform-state"
"""A file that is wrong as a whole, whatever stands in it; what was there before lies beside it as `….backup`."""
_ONE_OF_SEVERAL = Deferred(r"[-_.]\d{1,2}(?=\.json$)")
"""How the parts of one role's permissions are called that are too long for one policy."""
_UNENCRYPTED = Deferred(r" is reached at \w{2,5}://([\w.-]{1,253})\S{0,2000} without encryption$")
_ABOUT_ACTIONS = "unpinned-action-"
"""How the checks about versions of actions are called: what one says of a workflow, the other's cure mends too."""


def wholes(finding: Finding) -> dict[Likeness, int]:
    """What a finding is a part of, with how many are still told apart: all about its thing (for an identity, grave
    statements aside, one), about the servers or the credentials of its file, about the accounts of one file of a
    cluster, about the definitions that are kept beside it, about one list of an agent's (the rules that it allows, the
    scopes of its token), about the steps that one event of a workflow opens to others, and about the versions of the
    actions that one workflow uses: whoever writes the commit of one of them writes those of all. A state of Terraform
    is told once, whatever the checks are.
    """
    thing = thing_of(finding)
    if finding.product == _STATE:
        return {(_STATE, finding.place.path.removesuffix(".backup")): 1}
    if finding.subject.kind in ("tool", "credential"):
        every = ("every one", finding.place.path, finding.check, finding.severity, finding.subject.kind)
        causes = _same_cause(finding) | _same_domain(finding)
        return {thing: HANDFUL, every: HANDFUL, **causes, **_keys_of_collection(finding)}
    if finding.subject.kind == "workflow":
        if finding.flow and finding.place.pointer and isinstance(finding.place.pointer[-1], int):
            return {thing: HANDFUL, (*thing, finding.flow[0].place): 1}
        if not is_about_version(finding):
            return {thing: HANDFUL}
        is_pinned = finding.check.startswith(_ABOUT_ACTIONS)
        return {thing: 1, ("actions", finding.place.path) if is_pinned else thing: 1}
    is_identity = finding.subject.kind == "identity"
    found = {thing: 1 if is_identity and finding.severity <= Severity.MEDIUM else HANDFUL, **_parts_of_one(finding)}
    if is_identity and finding.product in _PARTS_OF_ONE_PRODUCT:
        found["accounts", finding.place.path, finding.check, finding.severity] = _FEW_ACCOUNTS
    if finding.subject.kind == "agent":
        found |= _collection(finding)
    if finding.subject.kind in ("agent", "app") and len(finding.place.pointer) > 1:
        found["list", *thing, _list_of(finding)] = 1
    return found


def copied_folders(finding: Finding, positions: Mapping[Place, Located]) -> dict[Likeness, int]:
    """The same file, thing, line and words in folders beside each other, of which each is a copy of one template."""
    about, parts, located = finding.subject, finding.place.path.split("/"), positions.get(finding.place)
    if located is None or about.kind in KINDS_OF_CLIENTS or not located.text.strip():
        return {}
    said = (finding.check, finding.severity, about.kind, about.name, finding.message, located.text.strip())
    return {("copied", *parts[:at], "", *parts[at + 1 :], *said): HANDFUL for at in range(len(parts) - 1)}


def _parts_of_one(finding: Finding) -> dict[Likeness, int]:
    """The numbered files that a policy of AWS stands in: `bootstrap-0.json`, `bootstrap-1.json`."""
    path = finding.place.path
    if finding.product != "aws-iam-policy" or not _ONE_OF_SEVERAL.search(path):
        return {}
    return {("parts", _ONE_OF_SEVERAL.sub("", path), finding.check): 1}


def _list_of(finding: Finding) -> tuple[str | int, ...]:
    """Where the list stands that holds the place; an app's entries may have parts of their own."""
    route = finding.place.pointer
    last = max((index for index, key in enumerate(route) if isinstance(key, int)), default=len(route) - 1)
    return route[: last if finding.subject.kind == "app" else -1]


def _same_cause(finding: Finding) -> dict[Likeness, int]:
    """What several servers of one file have in common: the reason, where it stands between the setting and the cure."""
    reason, semicolon, _ = finding.message.partition(": ")[2].partition("; ")
    if finding.subject.kind != "tool" or not semicolon:
        return {}
    return {("cause", finding.place.path, finding.check, finding.severity, reason): 1}


def _same_domain(finding: Finding) -> dict[Likeness, int]:
    """The domain below which servers of one file are reached without encryption: one proxy's certificate mends all."""
    match = _UNENCRYPTED.search(finding.message) if finding.subject.kind == "tool" else None
    if match is None:
        return {}
    host = match[1].lower()
    _, _, above = host.partition(".")
    domain = above if "." in above and not host[-1].isdigit() else host
    return {("domain", finding.place.path, finding.check, finding.severity, domain): 1}


def _keys_of_collection(finding: Finding) -> dict[Likeness, int]:
    """The folder at the top below which a credential stands: one that holds many is a collection."""
    top, below, _ = finding.place.path.partition("/")
    if finding.subject.kind != "credential" or not below:
        return {}
    return {("collected", top, finding.check, finding.severity): _TWO_HANDFULS}


def _collection(finding: Finding) -> dict[Likeness, int]:
    """The folder of definitions that holds the file; of small matters the plug-ins beside it too."""
    folders = finding.place.path.split("/")[:-1]
    last = next((index for index in reversed(range(len(folders))) if folders[index] in _COLLECTIONS), None)
    if last is None:
        return {}
    is_grave = finding.severity > Severity.MEDIUM
    among = last - 1 if last > 1 and folders[last - 2] == "plugins" and not is_grave else last
    return {("collection", "/".join(folders[:among]), finding.check, finding.severity): HANDFUL if is_grave else 1}
