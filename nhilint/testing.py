"""The examples inside checks are run as tests: by our own suite, by `nhilint checks test`, by users' packs.

An example is a tiny repository. The whole pipeline reads it; then only the check in question judges, and what it says
must be exactly what the example states. A secret-looking value is written `<<secret shape-id>>` and made on the spot,
so that no file of a pack looks like a leak.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nhilint.app_code import with_code
from nhilint.app_code.function_callers import with_callers_asked
from nhilint.catalogue.load import with_conditions
from nhilint.change import Before, changes_between
from nhilint.config import FILE as CONFIGURATION
from nhilint.config import load_config_of
from nhilint.errors import UsageError
from nhilint.evaluate.engine import Judgement, judge
from nhilint.evaluate.expression import compile_expression
from nhilint.gather import gather
from nhilint.link import link
from nhilint.pipeline import settle
from nhilint.settings import Settings
from nhilint.source.deferred import Deferred
from nhilint.source.pointer import render_pointer
from nhilint.tree import MemoryTree

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from nhilint.catalogue.check import Check, Example, Pack
    from nhilint.model.finding import Problem
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

_SECRET = Deferred(r"<<secret ([a-z0-9-]+)(?: (\d+))?>>")
_GATE = Deferred(r"^\.nhilint/|nhilint:\s*ignore")
_AUTHORS = frozenset({"author"})
"""Who makes the change of an example: `@author`."""
WHEN = datetime(2026, 11, 22, tzinfo=UTC)
"""The day on which every example is judged."""


def mistakes(check: Check, example: Example, pack: Pack) -> tuple[str, ...]:
    """What is wrong with an example, as sentences; empty when the check says just what the example states."""
    resources, problems = _subjects(example, pack)
    said = judge((check,), resources)
    return (
        *(f"{p.path}: {p.message}" for p in (*problems, *said.problems) if p.incomplete),
        *_verdict_mistakes(example, said),
        *(_strangers(check, example, pack, resources) if example.expect == "pass" else ()),
    )


def idle_clauses(check: Check, examples: Sequence[Example], pack: Pack) -> tuple[str, ...]:
    """The clauses that no example needs: leaving one out changes what no example says."""
    read = [_subjects(example, pack)[0] for example in examples]
    usual = [_outcome(judge((check,), resources)) for resources in read]
    idle: list[str] = []
    for index, clause in enumerate(check.when):
        rest = [*check.when[:index], *check.when[index + 1 :]] or ["true"]
        weaker = with_conditions(check, rest, compile_expression)
        if all(_outcome(judge((weaker,), r)) == u for r, u in zip(read, usual, strict=True)):
            idle.append(clause)
    return tuple(idle)


def rendered(place: Place) -> str:
    """A place as examples write it: the path, `#`, and the route of keys."""
    return f"{place.path}#{render_pointer(place.pointer)}"


def _verdict_mistakes(example: Example, said: Judgement) -> Iterator[str]:
    found = sorted(rendered(f.place) for f in said.findings)
    if example.expect == "fail":
        if not found:
            yield "expected a finding, but the check says nothing" + _undecided_hint(said)
        elif found != sorted(example.at):
            yield f"expected findings at {', '.join(sorted(example.at)) or '(not stated)'}; found {', '.join(found)}"
    elif found:
        messages = "; ".join(f"{rendered(f.place)}: {f.message}" for f in said.findings)
        yield f"expected no finding, but it says {messages}"
    elif example.expect == "undecided" and not said.undecided:
        yield "expected an undecided condition, but the check is sure that all is well"
    elif example.expect == "pass" and said.undecided:
        yield f"expected a pass, but the check is undecided{_undecided_hint(said)}"


def _undecided_hint(said: Judgement) -> str:
    return "".join(f" (undecided: {u.missing} at {rendered(u.place)})" for u in said.undecided[:1])


def _strangers(check: Check, example: Example, pack: Pack, resources: Sequence[Resource]) -> Iterator[str]:
    """A passing example is a model to copy: no other check may object to it unless the example says so."""
    others = [c for c in pack.checks if c.id != check.id and c.status != "deprecated" and c.id not in example.also]
    for finding in judge(others, resources).findings:
        yield f"another check objects: {finding.check} at {rendered(finding.place)}: {finding.message}"


def _outcome(said: Judgement) -> tuple[object, ...]:
    return tuple(f.place for f in said.findings), tuple(u.place for u in said.undecided)


def _subjects(example: Example, pack: Pack) -> tuple[tuple[Resource, ...], tuple[Problem, ...]]:
    """What checks judge in an example: what its files declare, and what the gate has to say of itself."""
    resources, problems = _read(example.name, tuple(sorted(example.files.items())))
    speaks_of_the_gate = example.before is not None or any(
        _GATE.search(f) for f in (*example.files, *example.files.values())
    )
    return (*resources, *(_about_the_gate(example, pack) if speaks_of_the_gate else ())), problems


def _about_the_gate(example: Example, pack: Pack) -> tuple[Resource, ...]:
    tree = tree_of(tuple(sorted(example.files.items())))
    older = tree_of(tuple(sorted(example.before.items()))) if example.before is not None else None
    before = None
    if older is not None:
        settings, packs = load_config_of(older, Path(), CONFIGURATION, WHEN)
        before = Before(tree=older, changes=changes_between(older, tree), authors=_AUTHORS, packs=packs)
    else:
        settings, _ = load_config_of(tree, Path(), CONFIGURATION, WHEN)
    return settle(tree, settings, pack.checks, before=before).outcome.about_the_gate


def tree_of(files: tuple[tuple[str, str], ...]) -> MemoryTree:
    """The tiny repository of an example's files, (path, text) each, with its secrets made up."""
    return MemoryTree({path: _SECRET.sub(_assemble, text) for path, text in files})


@lru_cache(maxsize=512)
def _read(_name: str, files: tuple[tuple[str, str], ...]) -> tuple[tuple[Resource, ...], tuple[Problem, ...]]:
    tree = tree_of(files)
    gathered = gather(tree, Settings(root=Path(), now=WHEN))
    return with_callers_asked(link(with_code(gathered.resources, tree), now=WHEN), tree), gathered.problems


def _assemble(match: re.Match[str]) -> str:
    from nhilint.knowledge.credentials.sample import sample

    try:
        return sample(match.group(1), int(match.group(2) or 0))
    except (KeyError, ValueError):
        msg = f"an example asks for {match.group()}, which is no shape of a credential that can be made up"
        raise UsageError(msg) from None
