"""Says whether an output is the commit of a pull request that an `actions/github-script` has asked the platform for.

The payload of a comment names no commit, so that workflows ask for the pull request and hand on `pr.data.head.sha`:
whoever opened it chooses what stands there. It is followed through the outputs of jobs.

Source: https://github.com/actions/github-script (section on reading step results) and
https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request (`head`), named from a survey, the pages not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.actions import read_uses
from nhilint.formats.github.expression import embedded, parse
from nhilint.formats.github.untrusted import flows
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.github.origins import Scope
    from nhilint.formats.node import Node

_MOST_JOBS = 4
_LONGEST = 20_000
_HEAD = r"[\w$]{1,60}(?:\??\.[\w$]{1,60}){0,6}\??\.head\??\.sha\b"
_GIVEN = rf"(?:(?P<head>{_HEAD})|(?P<name>[A-Za-z_$]\w{{0,60}}))"
_ASSIGNED = Deferred(rf"\b(?:const|let|var)\s{{1,9}}([A-Za-z_$]\w{{0,60}})\s{{0,9}}=\s{{0,9}}{_HEAD}")
_RETURNED = Deferred(rf"\breturn[ \t]{{1,9}}{_GIVEN}[ \t]{{0,9}}(?=[;\n}}]|$)")
_SET = Deferred(rf"setOutput\(\s{{0,9}}['\"`](?P<output>[\w-]{{1,80}})['\"`]\s{{0,9}},\s{{0,9}}{_GIVEN}\s{{0,9}}\)")


def is_head_asked_for(path: tuple[str, ...], scope: Scope) -> bool:
    """Whether `steps.<id>.outputs.<name>` or `needs.<job>.outputs.<name>` is the head commit of a pull request."""
    for _ in range(_MOST_JOBS):
        if len(path) != 4 or path[2] != "outputs":
            return False
        if path[0] == "steps":
            return _hands_on_head(scope.steps.get(path[1]), path[3])
        output = scope.jobs.written_output(path[1], path[3]) if path[0] == "needs" else None
        if output is None:
            return False
        scope, path = scope.jobs.of_job(path[1]), _only_context(output.value)
    return False


def _only_context(text: object) -> tuple[str, ...]:
    """The context of which a text consists; empty where it is composed of several or of none."""
    found: list[tuple[str, ...]] = []
    for part in embedded(text) if isinstance(text, str) else ():
        term = parse(part.source)
        found += [flow.context.path for flow in flows(term)] if term is not None else []
    return found[0] if len(found) == 1 else ()


def _hands_on_head(step: Node | None, output: str) -> bool:
    uses = step.value_under("uses") if step is not None else None
    script = step["with"].value_under("script") if step is not None else None
    if not isinstance(uses, str) or not isinstance(script, str) or "head" not in script:
        return False
    if read_uses(uses).repository != "actions/github-script":
        return False
    script = script[:_LONGEST]
    named = set(_ASSIGNED.findall(script))
    given = [match for match in _SET.finditer(script) if match["output"].lower() == output]
    given += _RETURNED.finditer(script) if output == "result" else ()
    return any(match["head"] is not None or match["name"] in named for match in given)
