"""What a run would say again and again becomes one finding that names the other places, each with its own words.

The same server in the settings of four clients of one project, the same package in six hooks of a file, the same action
in ten jobs of a workflow: one decision mends them all, and a reader wants it once. So is it with more than a handful of
findings of one check about one thing in one file, such as the rules of a long allow list, and with more than one about
the skills, commands and subagents that one client's folder or one folder of plug-ins holds, grave ones aside: that is
one habit. Files elsewhere are somebody else's decision, whatever their things are called, and so are two workflows or
two policies: those are told each by itself, unless several workflows become one role, take the whole token of one app,
sign in with one stored key, run one script in the same words, use one version of an action, stand on the project's own
machines, or more than a handful name actions by versions that can be moved, which is how the whole project does it. An
object of a cluster with the same name and the same words is the same one in another overlay, as is a policy's file in
another version's folder and a file that stands in more than a handful of folders beside each other, with the same line,
and as are small slips in the same words, copied from policy to policy. More than two handfuls of credentials below one
folder are a collection. What several jobs of a pipeline share by an alias or by `extends` stands in one place. It is
done last, when baseline, waivers and the comparison with an earlier state have looked at every place by itself, so that
each keeps its own identity and none can hide behind another one's exception.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Disposition, Note, Severity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.run import Located

HANDFUL = 5
"""So many findings of one check about one thing in one file are still told each by itself."""
_TWO_HANDFULS = 2 * HANDFUL
"""So many credentials below one folder, each in a file of its own, are still told each by itself."""
_SAME_WORDS = "the same here"

_KINDS_OF_CLIENTS = frozenset({"agent", "tool", "credential"})
"""Kinds of subjects that one project declares again for every client that its people use."""
_COLLECTIONS = frozenset({"skills", "commands", "agents"})
"""Folders in which a client or a plug-in keeps its definitions, each in a file of its own."""
_OPEN_CLIENT_FILES = frozenset({"opencode.json", "opencode.jsonc", "claude_desktop_config.json"})
"""Settings of clients that stand at a project's top without a dot in their name."""

_WORKFLOWS = ".github/"
"""Where workflows and the actions that they share stand; a chain that ends elsewhere ends in what they become."""
_OF_ACTIONS = ("/action.yml", "/action.yaml")
_OF_CLUSTERS = "kubernetes"
"""The format whose objects overlays and environments of one project repeat, with the same rules under the same name."""
_PARTS_OF_ONE_PRODUCT = frozenset({_OF_CLUSTERS, "nomad-job"})
_FEW_ACCOUNTS = 2
"""So many accounts of one file of a cluster, or tasks of a job, are told apart; more that may do the same are parts of
one product, set up by one hand."""

_OF_ONE_APP = frozenset({"app-id", "app_id", "client-id"})
"""Inputs of a step that say which app's token it takes."""
_NAMES_SECRET = "secrets."  # noqa: S105 - how an expression names one
"""What a line has that says itself which credential it is about; of another the words do."""
_VERSION = Deferred(r"v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?")
"""A folder that keeps what belongs to one version of a product."""
_ABOUT_ACTIONS = "unpinned-action-"
"""How the checks about versions of actions are called: what one says of a workflow, the other's cure mends too."""
_BEHIND_VERSION = Deferred(r" (?:runs in|is handed) ")
"""What comes after an action and its version, in the words of the checks about both."""

_Likeness = tuple[object, ...]


def said_once(
    findings: Iterable[Finding], positions: Mapping[Place, Located] | None = None, behind: Container[str] = frozenset()
) -> tuple[Finding, ...]:
    """The findings, those of a file in the order of its lines; of active ones about one thing that are alike the first,
    with the places of the others as related ones and the others themselves as copies.

    Alike are those in the same words in one file or project, those that point to the same text in one file (`positions`
    tell it), of one server or in one object of a cluster, those about one setting of a server in several clients, and
    those of a check that has more than a handful to say of one thing, of the servers or credentials of one file or of
    one step in as many workflows, or more than one of one collection or list. Files of `behind` come after others.
    """
    where = positions or {}
    kept = _folded(
        sorted(findings, key=lambda one: (one.place.path in behind, *_line(one, where))) if where else findings,
        lambda finding: (
            _words(finding),
            *_same_setting(finding),
            *_other_version(finding),
            *_same_text(finding, where),
            *_same_object(finding, where),
            *_same_holder(finding),
            *_same_line(finding, where),
            *_same_slip(finding),
        ),
    )
    kept = _gathered(kept, lambda finding: _wholes(finding) | _copied_folders(finding, where))
    shared = {_used(finding, where) for finding in kept if finding.place.path.endswith(_OF_ACTIONS)} - {()}
    kept = _gathered(kept, lambda finding: _habits(finding, where) | _as_in_action(finding, where, shared))
    told = [_with_each_line_once(finding, where) if finding.copies else finding for finding in kept]
    return tuple(sorted(told, key=lambda finding: _line(finding, where)) if where else told)


def _with_each_line_once(finding: Finding, positions: Mapping[Place, Located]) -> Finding:
    """The finding without notes that lead to a line shown already: an alias of YAML stands at its anchor's place."""
    shown = {_line_of(finding.place, positions)} - {None}
    notes: list[Note] = []
    for note in finding.related:
        line = _line_of(note.place, positions)
        if note.message != _SAME_WORDS or line not in shown:
            notes.append(note)
            shown |= {line} - {None}
    return finding if len(notes) == len(finding.related) else replace(finding, related=tuple(notes))


def _line_of(place: Place, positions: Mapping[Place, Located]) -> tuple[str, int] | None:
    located = positions.get(place)
    return (place.path, located.line) if located is not None else None


def _gathered(findings: tuple[Finding, ...], wholes: Callable[[Finding], dict[_Likeness, int]]) -> tuple[Finding, ...]:
    """The findings; of more active parts of one whole than are told apart, the first stands for all."""
    active = (finding for finding in findings if finding.disposition is Disposition.ACTIVE)
    counts = Counter(whole for finding in active for whole in wholes(finding))
    return _folded(findings, lambda finding: tuple(w for w, most in wholes(finding).items() if counts[w] > most))


def each_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with those that were folded into them, for a reader that keeps a record of every place."""
    return tuple(one for finding in findings for one in (finding, *finding.copies))


def _folded(findings: Iterable[Finding], likenesses: Callable[[Finding], tuple[_Likeness, ...]]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    first: dict[_Likeness, int] = {}
    copies: dict[int, list[Finding]] = {}
    for finding in findings:
        alike = likenesses(finding) if finding.disposition is Disposition.ACTIVE else ()
        position = next((first[likeness] for likeness in alike if likeness in first), None)
        if position is not None:
            copies.setdefault(position, []).append(finding)
            continue
        first.update(dict.fromkeys(alike, len(kept)))
        kept.append(finding)
    for position, others in copies.items():
        kept[position] = _with_copies(kept[position], others)
    return tuple(kept)


def _line(finding: Finding, positions: Mapping[Place, Located]) -> tuple[str, int]:
    located = positions.get(finding.place)
    return finding.place.path, located.line if located is not None else 0


def _words(finding: Finding) -> _Likeness:
    """What is said, and of what; steps of one job that run an agent alike are one thing, whatever they are called."""
    about = finding.subject
    name = about.name.partition(" / ")[0] if about.kind == "agent" else about.name
    return (
        "words",
        _where(finding),
        finding.check,
        finding.severity,
        about.kind,
        *_folded_case(about.kind, name, finding.message),
    )


def _folded_case(kind: str, *words: str) -> tuple[str, ...]:
    """The words; of a server without regard to capitals: `Serena` in one client's list is `serena` in another's."""
    return tuple(word.casefold() for word in words) if kind == "tool" else words


def _other_version(finding: Finding) -> tuple[_Likeness, ...]:
    """The same file, thing and words in the folder of another version of the same product (4.16, 4.17)."""
    about, folders = finding.subject, finding.place.path.split("/")
    named = [index for index, folder in enumerate(folders[:-1]) if _VERSION.fullmatch(folder)]
    if len(named) != 1:
        return ()
    rest = (*folders[: named[0]], "", *folders[named[0] + 1 :])
    return (("version", rest, finding.check, finding.severity, about.kind, about.name, finding.message),)


def _same_text(finding: Finding, positions: Mapping[Place, Located]) -> tuple[_Likeness, ...]:
    """What stands at the place, where that is known: the same action in another job is the same under the same key."""
    located = positions.get(finding.place)
    if located is None or not located.content or not finding.place.pointer or finding.place.within is not None:
        return ()
    found: tuple[_Likeness, ...] = (("text", *_thing(finding), finding.place.pointer[-1], located.content),)
    if finding.subject.kind == "tool":
        name = finding.subject.name.casefold()
        found = (*found, ("same text", _where(finding), finding.check, finding.severity, name, located.content))
    return found


def _same_object(finding: Finding, positions: Mapping[Place, Located]) -> tuple[_Likeness, ...]:
    """The line at which an object of a cluster is told and all that is said of it: the same one in another overlay, or
    the same role once more for the next namespace, whose account the words do not name. So do its name and the value
    at the place, which a tool that renders a file writes in other lines, and a key that the workloads
    of one account take from one Secret. A comment behind it changes nothing."""
    located, about = positions.get(finding.place), finding.subject
    if finding.product != _OF_CLUSTERS or located is None:
        return ()
    said = (finding.check, finding.severity, about.kind)
    words = (finding.message, *(note.message for note in finding.related))
    line = ("object", *said, located.text.partition(" #")[0].strip(), *words)
    _, takes, key = finding.message.partition(" takes ")
    keys: tuple[_Likeness, ...] = (("key", *said, about.name, key),) if takes else ()
    return (line, *keys, ("value", *said, about.name, located.content, *words)) if located.content else (line, *keys)


def _same_setting(finding: Finding) -> tuple[_Likeness, ...]:
    """What is said of a server before the colon: behind it each client's own cure may follow."""
    about, (said, colon, _) = finding.subject, finding.message.partition(": ")
    if about.kind != "tool" or not colon:
        return ()
    return (("setting", _where(finding), finding.check, finding.severity, about.name, said),)


def _same_holder(finding: Finding) -> tuple[_Likeness, ...]:
    """What somebody may do by the policies of one file, whichever of several roles (behind "with") gives it."""
    said, role, _ = finding.message.partition(" with ")
    if finding.subject.kind != "resource_policy" or not role:
        return ()
    return (("holder", finding.place.path, finding.check, finding.severity, said),)


def _same_slip(finding: Finding) -> tuple[_Likeness, ...]:
    """What is said of a statement, where little hangs on it: one that is copied from role to role is one habit."""
    about, statement = finding.subject, finding.message.removeprefix(finding.subject.name)
    if about.kind != "identity" or finding.severity > Severity.LOW or not statement.startswith(" ("):
        return ()
    return (("slip", finding.check, statement.partition(") ")[2]),)


def _same_line(finding: Finding, positions: Mapping[Place, Located]) -> tuple[_Likeness, ...]:
    """The characters that a finding of a pipeline points to: jobs that share a step by an alias or by `extends` have it
    there, each under the name with which its words begin."""
    located = positions.get(finding.place)
    if located is None or finding.subject.kind != "workflow" or located.line == located.end_line == 1:
        return ()
    span = (located.line, located.column, located.end_line, located.end_column)
    return (("line", *_thing(finding), span, finding.message.partition(" ")[2]),)


def _thing(finding: Finding) -> _Likeness:
    return (finding.place.path, finding.check, finding.severity, finding.subject.kind, finding.subject.name)


def _wholes(finding: Finding) -> dict[_Likeness, int]:
    """What a finding is a part of, with how many are still told apart: all about its thing (for an identity, grave
    statements aside, one), about the servers or the credentials of its file, about the accounts of one file of a
    cluster, about the definitions that are kept beside it, about one list of an agent's (the rules that it allows, the
    scopes of its token), about the steps that one event of a workflow opens to others, and about the versions of the
    actions that one workflow uses: whoever writes the commit of one of them writes those of all.
    """
    thing = _thing(finding)
    if finding.subject.kind in ("tool", "credential"):
        every = ("every one", finding.place.path, finding.check, finding.severity, finding.subject.kind)
        return {thing: HANDFUL, every: HANDFUL, **_same_cause(finding), **_keys_of_collection(finding)}
    if finding.subject.kind == "workflow":
        if finding.flow and finding.place.pointer and isinstance(finding.place.pointer[-1], int):
            return {thing: HANDFUL, (*thing, finding.flow[0].place): 1}
        if not _is_about_version(finding):
            return {thing: HANDFUL}
        is_pinned = finding.check.startswith(_ABOUT_ACTIONS)
        return {thing: 1, ("actions", finding.place.path) if is_pinned else thing: 1}
    is_identity = finding.subject.kind == "identity"
    found = {thing: 1 if is_identity and finding.severity <= Severity.MEDIUM else HANDFUL}
    if is_identity and finding.product in _PARTS_OF_ONE_PRODUCT:
        found["accounts", finding.place.path, finding.check, finding.severity] = _FEW_ACCOUNTS
    if finding.subject.kind == "agent":
        found |= _collection(finding)
    if finding.subject.kind in ("agent", "app") and len(finding.place.pointer) > 1:
        found["list", *thing, _list_of(finding)] = 1
    return found


def _copied_folders(finding: Finding, positions: Mapping[Place, Located]) -> dict[_Likeness, int]:
    """The same file, thing, line and words in folders beside each other, of which each is a copy of one template."""
    about, parts, located = finding.subject, finding.place.path.split("/"), positions.get(finding.place)
    if located is None or about.kind in _KINDS_OF_CLIENTS or not located.text.strip():
        return {}
    said = (finding.check, finding.severity, about.kind, about.name, finding.message, located.text.strip())
    return {("copied", *parts[:at], "", *parts[at + 1 :], *said): HANDFUL for at in range(len(parts) - 1)}


def _list_of(finding: Finding) -> tuple[str | int, ...]:
    """Where the list stands that holds the place; an app's entries may have parts of their own."""
    route = finding.place.pointer
    last = max((index for index, key in enumerate(route) if isinstance(key, int)), default=len(route) - 1)
    return route[: last if finding.subject.kind == "app" else -1]


def _same_cause(finding: Finding) -> dict[_Likeness, int]:
    """What several servers of one file have in common: the reason, where it stands between the setting and the cure."""
    reason, semicolon, _ = finding.message.partition(": ")[2].partition("; ")
    if finding.subject.kind != "tool" or not semicolon:
        return {}
    return {("cause", finding.place.path, finding.check, finding.severity, reason): 1}


def _keys_of_collection(finding: Finding) -> dict[_Likeness, int]:
    """The folder at the top below which a credential stands: one that holds many is a collection."""
    top, below, _ = finding.place.path.partition("/")
    if finding.subject.kind != "credential" or not below:
        return {}
    return {("collected", top, finding.check, finding.severity): _TWO_HANDFULS}


def _is_about_version(finding: Finding) -> bool:
    """Whether the place is what a step or a job uses."""
    return finding.subject.kind == "workflow" and finding.place.pointer[-1:] == ("uses",)


def _habits(finding: Finding, positions: Mapping[Place, Located]) -> dict[_Likeness, int]:
    """What a finding has in common with those of other workflows, and what is mended for all of them at once: the same
    step in more than a handful, versions that none fixes, an app, a role, machines that forks are kept from."""
    located = positions.get(finding.place)
    if finding.subject.kind != "workflow" or not finding.place.pointer:
        return {}
    if finding.place.pointer[-1] == "runs-on":
        return {("machines", finding.check): 1}
    if _is_about_version(finding):
        check = (finding.check, finding.severity)
        return {("versions", *check): HANDFUL, ("version", *check, _version_told(finding.message)): 1}
    end = finding.flow[-1].place if finding.flow else finding.place
    if end.path != finding.place.path and not end.path.startswith(_WORKFLOWS):
        return {("role", finding.check, finding.severity, end): 1}
    if located is None or not located.content:
        return {}
    key, alike = finding.place.pointer[-1], (finding.check, finding.severity, located.content)
    found: dict[_Likeness, int] = {("workflows", *alike, key): 1 if key in _OF_ONE_APP else HANDFUL}
    if key == "run":
        found["script", *alike, finding.message] = 1
    elif finding.place.pointer[-2:-1] in (("with",), ("env",)) and finding.severity <= Severity.MEDIUM:
        found["given", *alike, key, "" if _NAMES_SECRET in located.text else finding.message] = 1
    return found


def _version_told(message: str) -> str:
    """The action's repository and version: whoever writes its commit does so for all of its actions, wherever used."""
    name, _, version = _BEHIND_VERSION.split(message, maxsplit=1)[0].partition(" at ")
    return " at ".join(("/".join(name.split("/")[:2]), version))


def _used(finding: Finding, positions: Mapping[Place, Located]) -> _Likeness:
    """What a step uses, as written, for a finding about its version; empty for another."""
    located = positions.get(finding.place)
    if located is None or not located.content or not _is_about_version(finding):
        return ()
    return ("used", finding.check, finding.severity, located.content)


def _as_in_action(finding: Finding, positions: Mapping[Place, Located], shared: set[_Likeness]) -> dict[_Likeness, int]:
    """The version that an action of the repository uses: the jobs that call it have it too, in words of their own."""
    used = _used(finding, positions)
    return {used: 1} if used in shared else {}


def _collection(finding: Finding) -> dict[_Likeness, int]:
    """The folder of definitions that holds the file; of small matters the plug-ins beside it too."""
    folders = finding.place.path.split("/")[:-1]
    last = next((index for index in reversed(range(len(folders))) if folders[index] in _COLLECTIONS), None)
    if last is None:
        return {}
    is_grave = finding.severity > Severity.MEDIUM
    among = last - 1 if last > 1 and folders[last - 2] == "plugins" and not is_grave else last
    return {("collection", "/".join(folders[:among]), finding.check, finding.severity): HANDFUL if is_grave else 1}


def _where(finding: Finding) -> str:
    """The file; for an app the folder, where a second manifest is the same app's for another platform; for what clients
    are told, the folder that holds their settings, if its name or theirs has a dot."""
    path = finding.place.path
    if finding.subject.kind == "app":
        return path.rpartition("/")[0]
    parts = path.split("/")
    hidden = next((index for index, part in enumerate(parts) if part.startswith(".")), None)
    if hidden is None and parts[-1] in _OPEN_CLIENT_FILES:
        hidden = len(parts) - 1
    if hidden is None or finding.subject.kind not in _KINDS_OF_CLIENTS or parts[hidden].startswith(".env"):
        return path
    return "/".join((*parts[:hidden], "."))


def _with_copies(first: Finding, others: list[Finding]) -> Finding:
    """The surest of the gravest, with the others beside it."""
    found = (first, *others)
    finding = max(found, key=lambda one: (one.severity, one.confidence))
    every = each_place(one for one in found if one is not finding)
    shown = {finding.place, *(note.place for note in finding.related)}
    notes = {
        other.place: Note(_SAME_WORDS if other.message == finding.message else other.message, other.place)
        for other in every
        if other.place not in shown
    }
    return replace(finding, related=(*finding.related, *notes.values()), copies=(*finding.copies, *every))
