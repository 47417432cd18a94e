"""Command lines of the Azure CLI become principals of Azure with their roles.

Sources, excerpts read 2026-11-22:
https://learn.microsoft.com/cli/azure/role/assignment (`--role`, `--scope`, `--assignee`,
`--assignee-object-id`, `--assignee-principal-type`, `--condition`) and https://learn.microsoft.com/cli/azure/ad/sp
(`create-for-rbac` with `--name`, `--role`, `--scopes`). Who is meant is told by the type that the line states, or by
the command of the same script that made or found the principal; where neither says it, nothing is concluded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.aws.assembled import Assembled
from nhilint.formats.azure.identities import identities
from nhilint.formats.azure.scope import level_of
from nhilint.formats.azure.stated import Assignment, Principal, Stated
from nhilint.formats.shell_grants.options import Arguments
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.azure.stated import PrincipalKind, ScopeLevel
    from nhilint.formats.shell_grants.running import Call, Running, Value
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.identity import Identity

PROGRAM = "az"
_SWITCHES = frozenset({"--only-show-errors", "--verbose", "--debug", "--create-cert", "--sdk-auth", "--json-auth"})
_ASSIGNEES = ("--assignee", "--assignee-object-id")
_TYPES: dict[str, PrincipalKind] = {"serviceprincipal": "service_account", "user": "user", "group": "group"}
_APP = Deferred(r"\baz\s+ad\s+(?:sp|app)\s+(?:create|create-for-rbac|show|list)\b")
_WORKLOAD = Deferred(
    r"\baz\s+identity\s+(?:create|show|list)\b|\bidentity\.principalId\b|\bidentity\s+(?:show|assign)\b|"
    r"--assign-identity\b|\bprincipalId\b"
)
_PERSON = Deferred(r"\baz\s+ad\s+(?:signed-in-user|user)\b|\buser\.name\b")
_TEAM = Deferred(r"\baz\s+ad\s+group\b")
_NAMES = Deferred(r"\$\{\s?([^{}]*?)\s?\}")


class _Who(NamedTuple):
    key: str
    name: str
    kind: Fact[PrincipalKind]


def principals(running: Running, calls: Iterable[Call]) -> Iterator[tuple[str, Identity]]:
    """The name and the facts of every principal that command lines give a role over resources."""
    lines = [Arguments(running, call, _SWITCHES) for call in calls]
    taken = {key: number for number, line in enumerate(lines) for key in _taken(line)}
    people: dict[str, Principal] = {}
    given: list[Assignment] = []
    for number, line in enumerate(lines):
        for principal, assignment, key in _assignments(running, line):
            if taken.get(key, -1) < number:
                people.setdefault(principal.key, principal)
                given.append(assignment)
    yield from identities(Stated(principals=tuple(people.values()), assignments=tuple(given)))


def _taken(line: Arguments) -> Iterator[tuple[str, str]]:
    if line.path[:3] == ["role", "assignment", "delete"] and line.takes_for_sure:
        for who in line.all(*_ASSIGNEES):
            for role in line.all("--role"):
                yield who.text, role.text


def _assignments(running: Running, line: Arguments) -> Iterator[tuple[Principal, Assignment, tuple[str, str]]]:
    """The roles that a line assigns, one for each role, receiver and scope that its words stand for."""
    for who in _receivers(running, line):
        principal = Principal(key=who.key, name=who.name, at=line.at, kind=who.kind)
        for role in line.all("--role"):
            for scope in line.all("--scope", "--scopes"):
                given = Assignment(
                    principal=who.key,
                    at=line.at,
                    role=Assembled(role.text, role.at),
                    level=_level(scope),
                    condition=_condition(line),
                )
                yield principal, given, (who.key, role.text)


def _receivers(running: Running, line: Arguments) -> Iterator[_Who]:
    if line.path[:3] == ["ad", "sp", "create-for-rbac"]:
        for name in line.all("--name", "-n", "--display-name"):
            yield _Who(name.text, _shown(name.text), Known("app", name.at))
    elif line.path[:3] == ["role", "assignment", "create"]:
        for who in line.all(*_ASSIGNEES):
            yield _Who(who.text, _shown(who.text), _kind(running, line, who))


def _kind(running: Running, line: Arguments, who: Value) -> Fact[PrincipalKind]:
    """What sort of principal is meant, as the line or the command that found it says."""
    stated = line.one("--assignee-principal-type")
    if stated is not None and stated.text.lower() in _TYPES:
        return Known(_TYPES[stated.text.lower()], stated.at)
    if "@" in who.text:
        return Known("user", who.at)
    texts = [running.script.text[start:end] for start, end in line.told_by(*_ASSIGNEES)]
    kinds = {kind for text in texts if (kind := _made_by(text)) is not None}
    return Known(kinds.pop(), who.at) if len(kinds) == 1 else Unknown("somebody whom another command names", who.at)


def _made_by(text: str) -> PrincipalKind | None:
    if _PERSON.search(text):
        return "user"
    if _TEAM.search(text):
        return "group"
    if _APP.search(text):
        return "app"
    return "service_account" if _WORKLOAD.search(text) else None


def _level(scope: Value) -> Fact[ScopeLevel]:
    found = level_of(scope.text)
    return Known(found, scope.at) if found else Unknown("a template", scope.at)


def _condition(line: Arguments) -> Fact[str]:
    if not line.has("--condition"):
        return None
    stated = line.one("--condition")
    if stated is None or not stated.is_known:
        return Unknown("a template", line.at)
    return Known(stated.text, stated.at)


def _shown(text: str) -> str:
    return _NAMES.sub(r"<\1>", text)
