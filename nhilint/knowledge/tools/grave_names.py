"""Which tools of a server cannot be taken back, by the verbs in their names, the worst first.

The names are the server's own, so this is a reading of words: `delete_dashboard` removes something, `execute_sql` runs
what it is told; what is asked of a page (`browser_evaluate`) or in SPARQL (whose changes are another operation), a task
that a planner hands out to its caller, and labels that anybody puts back are no such things.
Checked against the tool names of the servers in `servers` and of public repositories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEFORE = r"(?:^|[_./-])"
_AFTER = r"(?=[_./A-Z-]|$)"
_VERBS = (
    r"(?i:execute|exec|eval|evaluate)(?![_-]?(?i:task|sparql|search))",
    r"(?i:delete|remove(?![_-]?(?:annotation|label|tag))|drop|destroy|purge|truncate|terminate|revoke|uninstall)",
    r"(?i:transfer|pay|refund|grant|invite)",
    r"(?i:merge(?![_-]?request)|push|deploy|apply[_-](?:migration|manifest)|patch[_-]resource)",
    r"(?i:send|post|publish|reply)",
)
_RUNS = Deferred(_BEFORE + r"(?i:run)[_-]?(?i:command|shell|script|code|query|sql|terminal|background|process|bash)")
_SHELLS = Deferred(_BEFORE + r"(?i:bash|shell|powershell|terminal)$")
"""A tool that is called after a shell runs what it is told: cipher_bash, bash."""
_EXECUTES = Deferred(
    _BEFORE + r"(?i:execute|exec|eval|evaluate)[_-]?(?i:command|shell|script|code|sql|python|bash|javascript|js)"
)
_GRADES = (_RUNS, _SHELLS, *(Deferred(_BEFORE + verbs + _AFTER) for verbs in _VERBS))
_OTHER_VERB = Deferred(
    _BEFORE + r"(?i:get|list|read|search|fetch|find|view|show|describe|count|create|update|check)[_./-]$"
)
_WRITES = Deferred(
    r"(?i:write|edit|move|create|append|copy|rename|overwrite)[_-]?(?i:text|multiple)?[_-]?(?i:files?|block)"
)
_IN_A_PAGE = Deferred(r"(?i:browser|page|playwright|puppeteer)[_-](?i:eval|evaluate)$|^(?i:evaluate[_-]script)$")
"""A script that is evaluated in a page runs in the browser, not on the machine that started it."""
_LONGEST = 200


def grave_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that say run, remove, pay or grant, put into force, or send; in that order."""
    graded = ((_grade(name), name) for name in names)
    found = sorted(((grade, number, name) for number, (grade, name) in enumerate(graded) if grade is not None))
    return tuple(name for _, _, name in found)


def runs_anything(name: str) -> bool:
    """Whether a tool's name says that it runs a command, a program text or a statement that its caller writes."""
    return any(_says(verbs, name[:_LONGEST]) for verbs in (_RUNS, _SHELLS, _EXECUTES))


def file_writing_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that say that a file is written: grave where the server may write more than the project."""
    return tuple(name for name in names if _WRITES.fullmatch(name[:_LONGEST]))


def _grade(name: str) -> int | None:
    if _IN_A_PAGE.search(name[:_LONGEST]):
        return None
    return next((grade for grade, verbs in enumerate(_GRADES) if _says(verbs, name[:_LONGEST])), None)


def _says(verbs: Deferred, name: str) -> bool:
    """Whether one of the verbs stands in a name as a verb: the thing that is got in `get_post` is none."""
    return any(not _OTHER_VERB.search(name[: found.start() + 1]) for found in verbs.finditer(name))
