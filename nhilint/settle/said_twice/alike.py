"""What makes one finding another one once more: its words, the text, object, setting or line that it is about.

Within one file, or within one project's settings of several clients. Elsewhere the same words are another decision,
unless they are about the same object of a cluster, one credential, or the same file in another version's folder.
"""

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

KINDS_OF_CLIENTS = frozenset({"agent", "tool", "credential"})
"""Kinds of subjects that one project declares again for every client that its people use."""
_OPEN_CLIENT_FILES = frozenset({"opencode.json", "opencode.jsonc", "claude_desktop_config.json"})
"""Settings of clients that stand at a project's top without a dot in their name."""
_OF_CLUSTERS = frozenset({"kubernetes", "vault-settings"})
"""The format whose objects overlays and environments of one project repeat, with the same rules under the same name."""
_OF_ONE_NAME = frozenset({"keycloak-realm", "slack-manifest"})
"""Formats of apps that one project writes down again under the same name: for a realm of each environment, for Slack as
JSON and as YAML."""
_MENDED_BY_RESOURCES = frozenset({"identity-can-escalate", "whole-service-wildcard"})
"""Checks whose findings on one statement ask for the same: resources instead of a star, or fewer actions."""
_ADDRESS = Deferred(r"\b(https?://[^/\s]{1,300})/\S*")
"""An address of which only the host counts."""
_VERSION = Deferred(r"v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?")
"""A folder that keeps what belongs to one version of a product."""


def likenesses(finding: Finding, positions: Mapping[Place, Located]) -> tuple[Likeness, ...]:
    """All that makes another finding the same as this one; `positions` tell the text at each place."""
    return (
        _words(finding),
        *_same_setting(finding),
        *_other_version(finding),
        *_same_text(finding, positions),
        *_same_object(finding, positions),
        *_same_holder(finding),
        *_same_line(finding, positions),
        *_same_slip(finding),
        *_same_client(finding),
        *_same_statement(finding),
        *_same_credential(finding),
    )


def thing_of(finding: Finding) -> Likeness:
    """What one check says of one thing in one file."""
    return (finding.place.path, finding.check, finding.severity, finding.subject.kind, finding.subject.name)


def _words(finding: Finding) -> Likeness:
    """What is said, and of what; steps of one job that run an agent alike are one thing, whatever they are called."""
    about = finding.subject
    name = about.name.partition(" / ")[0] if about.kind == "agent" else about.name
    return (
        "words",
        project_of(finding),
        finding.check,
        finding.severity,
        about.kind,
        *_folded_case(about.kind, name, finding.message),
    )


def _folded_case(kind: str, *words: str) -> tuple[str, ...]:
    """The words; of a server without regard to capitals: `Serena` in one client's list is `serena` in another's."""
    return tuple(word.casefold() for word in words) if kind == "tool" else words


def _other_version(finding: Finding) -> tuple[Likeness, ...]:
    """The same file, thing and words in the folder of another version of the same product (4.16, 4.17)."""
    about, folders = finding.subject, finding.place.path.split("/")
    named = [index for index, folder in enumerate(folders[:-1]) if _VERSION.fullmatch(folder)]
    if len(named) != 1:
        return ()
    rest = (*folders[: named[0]], "", *folders[named[0] + 1 :])
    return (("version", rest, finding.check, finding.severity, about.kind, about.name, finding.message),)


def _same_text(finding: Finding, positions: Mapping[Place, Located]) -> tuple[Likeness, ...]:
    """What stands at the place, where that is known: the same action in another job is the same under the same key."""
    located = positions.get(finding.place)
    if located is None or not located.content or not finding.place.pointer or finding.place.within is not None:
        return ()
    found: tuple[Likeness, ...] = (("text", *thing_of(finding), finding.place.pointer[-1], located.content),)
    if finding.subject.kind == "tool":
        name = finding.subject.name.casefold()
        found = (*found, ("same text", project_of(finding), finding.check, finding.severity, name, located.content))
    return found


def _same_object(finding: Finding, positions: Mapping[Place, Located]) -> tuple[Likeness, ...]:
    """The line at which an object of a cluster is told and all that is said of it: the same one in another overlay, or
    the same role once more for the next namespace, whose account the words do not name. So do its name and the value
    at the place, which a tool that renders a file writes in other lines, and a key that the workloads
    of one account take from one Secret. A comment behind it changes nothing."""
    located, about = positions.get(finding.place), finding.subject
    if finding.product not in _OF_CLUSTERS or located is None:
        return ()
    said = (finding.check, finding.severity, about.kind)
    words = (finding.message, *(note.message for note in finding.related))
    line = ("object", *said, located.text.partition(" #")[0].strip(), *words)
    _, takes, key = finding.message.partition(" takes ")
    keys: tuple[Likeness, ...] = (("key", *said, about.name, key),) if takes else ()
    return (line, *keys, ("value", *said, about.name, located.content, *words)) if located.content else (line, *keys)


def _same_setting(finding: Finding) -> tuple[Likeness, ...]:
    """What is said of a server before the colon: behind it each client's own cure may follow."""
    about, (said, colon, _) = finding.subject, finding.message.partition(": ")
    if about.kind != "tool" or not colon:
        return ()
    return (("setting", project_of(finding), finding.check, finding.severity, about.name, said),)


def _same_holder(finding: Finding) -> tuple[Likeness, ...]:
    """What somebody may do by the policies of one file, whichever of several roles (behind "with") gives it."""
    said, role, _ = finding.message.partition(" with ")
    if finding.subject.kind != "resource_policy" or not role:
        return ()
    return (("holder", finding.place.path, finding.check, finding.severity, said),)


def _same_slip(finding: Finding) -> tuple[Likeness, ...]:
    """What is said of a statement, where little hangs on it: one that is copied from role to role is one habit."""
    about, statement = finding.subject, finding.message.removeprefix(finding.subject.name)
    if about.kind != "identity" or finding.severity > Severity.LOW or not statement.startswith(" ("):
        return ()
    return (("slip", finding.check, statement.partition(") ")[2]),)


def _same_client(finding: Finding) -> tuple[Likeness, ...]:
    """A client in several realms, copies of one for each environment, or the manifests of one app; several addresses of
    one host are one."""
    about = finding.subject
    if about.kind != "app" or finding.product not in _OF_ONE_NAME:
        return ()
    said = _ADDRESS.sub(r"\1", finding.message)
    return (("client", finding.check, finding.severity, about.name, said),)


def _same_statement(finding: Finding) -> tuple[Likeness, ...]:
    """The statement that opens whole services and leads to more by it: who names resources in it mends both."""
    if finding.check not in _MENDED_BY_RESOURCES or finding.subject.kind != "identity":
        return ()
    route = finding.place.pointer
    at = next((at for at, step in enumerate(route[:-1]) if str(step).lower() == "statement"), None)
    if at is None or not isinstance(route[at + 1], int):
        return ()
    return (("statement", finding.place.path, finding.subject.name, route[: at + 2]),)


def _same_credential(finding: Finding) -> tuple[Likeness, ...]:
    """One credential of a known provider, wherever it stands again: it is revoked once."""
    return (("credential", finding.check, finding.credential),) if finding.credential else ()


def _same_line(finding: Finding, positions: Mapping[Place, Located]) -> tuple[Likeness, ...]:
    """The characters that a finding of a pipeline points to: jobs that share a step by an alias or by `extends` have it
    there, each under the name with which its words begin."""
    located = positions.get(finding.place)
    if located is None or finding.subject.kind != "workflow" or located.line == located.end_line == 1:
        return ()
    span = (located.line, located.column, located.end_line, located.end_column)
    return (("line", *thing_of(finding), span, finding.message.partition(" ")[2]),)


def project_of(finding: Finding) -> str:
    """The file; for an app the folder, where a second manifest is the same app's for another platform; for what clients
    are told, the folder that holds their settings, if its name or theirs has a dot."""
    path = finding.place.path
    if finding.subject.kind == "app":
        return path.rpartition("/")[0]
    parts = path.split("/")
    hidden = next((index for index, part in enumerate(parts) if part.startswith(".")), None)
    if hidden is None and parts[-1] in _OPEN_CLIENT_FILES:
        hidden = len(parts) - 1
    if hidden is None or finding.subject.kind not in KINDS_OF_CLIENTS or parts[hidden].startswith(".env"):
        return path
    return "/".join((*parts[:hidden], "."))
