"""One job as its steps see it: who gets to it, what its token may do, which secrets it names, where it runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.github.actions import package_of, read_uses
from nhilint.formats.github.agent_flags import literals, spelled_out
from nhilint.formats.github.expression import Call, Context, Operation, embedded, parse
from nhilint.formats.github.injection import passed_inputs
from nhilint.formats.github.input_conditions import conditions_on_inputs, inputs_given
from nhilint.formats.github.permissions import permissions_of
from nhilint.formats.github.secrets import credential_of
from nhilint.formats.github.untrusted import flows
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.workflow import Job

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.github.admission import Opening, Passage
    from nhilint.formats.github.events import Start
    from nhilint.formats.github.expression import Term
    from nhilint.formats.github.injection import Surroundings
    from nhilint.formats.github.origins import Scope
    from nhilint.formats.github.permissions import Permissions
    from nhilint.formats.github.rights import Rights
    from nhilint.formats.github.secrets import JobSecrets
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import OpenTo, Trigger
    from nhilint.model.vocabulary.workflow import GivenInput


class JobFacts(NamedTuple):
    """What the steps of a job need to know of it."""

    name: str
    node: Node
    passage: Passage
    admits: tuple[Trigger, ...]
    otherwise: Fact[OpenTo]
    opening: Opening
    permissions: Permissions | None
    secrets: JobSecrets
    rights: Rights
    around: Surroundings
    scope: Scope
    starts: tuple[Start, ...]
    home: Known[tuple[str, ...]] | None
    proves_identity: bool
    inputs: Mapping[str, str]


def job_of(facts: JobFacts) -> Job:
    """The job as a record."""
    node, at = facts.node, facts.node.at
    permissions = facts.permissions
    called = node["uses"].value
    inherits = node["secrets"]
    return Job(
        at=at,
        name=Known(facts.name, at),
        permissions=permissions.entries if permissions is not None else (),
        permissions_stated=Known(permissions is not None, permissions.at if permissions is not None else at),
        writes=_writes(facts),
        environment=_environment(node),
        self_hosted=_self_hosted(node),
        runner=_own_label(node),
        open_to=facts.opening.open_to,
        inherits_secrets=Known(value=True, at=inherits.at) if inherits.value == "inherit" else None,
        called=package_of(read_uses(called), node["uses"].at) if isinstance(called, str) else None,
        secrets=tuple(credential_of(name, place) for name, place in facts.secrets.places),
        admits=facts.admits,
        rights=facts.rights.level,
        held=facts.rights.held,
        passes=passed_inputs(node["with"], facts.scope, facts.around) if isinstance(called, str) else (),
        only_in=facts.home,
        asks_inputs=conditions_on_inputs(node, facts.inputs),
        gives=_gives(node) if isinstance(called, str) and called.startswith(("./", "$/")) else (),
        unmasked_part=facts.secrets.unmasked,
    )


def _gives(node: Node) -> tuple[GivenInput, ...]:
    return inputs_given(node["with"], node["strategy"]["matrix"])


def job_permissions(job: Node, workflow: Permissions | None) -> Permissions | None:
    """The job's own statement, else the workflow's."""
    own = permissions_of(job)
    return own if own is not None else workflow


def _writes(facts: JobFacts) -> Fact[tuple[str, ...]]:
    permissions = facts.permissions
    if permissions is None:
        return facts.node.unknown("up to the repository's default for tokens")
    if permissions.unclear:
        return facts.node.unknown("not readable as permissions")
    return Known(tuple(scope for scope, _ in permissions.writes), permissions.at)


def _environment(node: Node) -> Fact[str]:
    environment = node["environment"]
    return environment["name"].text() if environment.is_mapping else environment.text()


def _self_hosted(node: Node) -> Fact[bool]:
    """Whether a label says so, after the matrix has been looked up. A group may hold machines of either kind, and so
    may a name that the organisation has chosen: for a set of its own, for larger hosted ones, for a service's.
    """
    runs_on = node["runs-on"]
    if not runs_on.exists:
        return None
    labels = _all_labels(node)
    if any(label is not None and label.lower() == "self-hosted" for label in labels):
        return Known(value=True, at=runs_on.at)
    if runs_on.is_mapping or None in labels:
        return runs_on.unknown("an expression or a group of runners")
    if any(map(_is_chosen, labels)):
        return runs_on.unknown("a name that the organisation has chosen")
    return Known(value=False, at=runs_on.at)


_HOSTED = ("ubuntu-", "windows-", "macos-")
"""How the names of hosted machines begin, of the larger ones as their creation suggests it
(https://docs.github.com/en/actions/reference/runners/github-hosted-runners, read 2026-11-22)."""


def _is_chosen(label: str | None) -> bool:
    return label is not None and label.lower() != "self-hosted" and not label.lower().startswith(_HOSTED)


def _own_label(node: Node) -> Fact[str]:
    found = next((label for label in _all_labels(node) if label and _is_chosen(label)), None)
    return Known(found, node["runs-on"].at) if found is not None else None


def _all_labels(node: Node) -> list[str | None]:
    runs_on = node["runs-on"]
    stated = runs_on["labels"] if runs_on.is_mapping else runs_on
    return [label for item in stated.items() for label in _labels(item.value, node["strategy"]["matrix"])]


def _labels(value: object, matrix: Node) -> Iterator[str | None]:
    """The labels that a text can stand for; None for one that the file does not tell."""
    if not isinstance(value, str):
        return
    parts = embedded(value)
    if not parts:
        yield value
        return
    term = parse(parts[0].source)
    if len(parts) > 1 or term is None or _hangs_on_the_run(term):
        yield None
        return
    for flow in flows(term):
        yield from _of_matrix(flow.context.path, matrix)
    listed = _of_json(term)
    if listed is not None:
        yield from listed
        return
    text, complete = spelled_out(value)
    yield from text.split()
    if not complete and not any(True for _ in flows(term)):
        yield None


def _hangs_on_the_run(term: Term) -> bool:
    """Whether who or what started the run decides: outsiders' runs may well be those that go elsewhere."""
    if isinstance(term, Context):
        return term.path[0] == "github" and not term.path[-1].startswith("repository")
    parts = term.operands if isinstance(term, Operation) else term.arguments if isinstance(term, Call) else ()
    return any(_hangs_on_the_run(part) for part in parts)


def _of_json(term: Term) -> list[str] | None:
    """The labels of `fromJSON('["self-hosted", "linux"]')`, of a choice between such lists too; None otherwise."""
    if not isinstance(term, Call) or term.name != "fromjson" or len(term.arguments) != 1:
        return None
    found: list[str] = []
    for text in literals(term.arguments[0]):
        try:
            value = json.loads(text or "")
        except (ValueError, RecursionError):
            return None
        found += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    return found


def _of_matrix(path: tuple[str, ...], matrix: Node) -> Iterator[str | None]:
    """Every value that a variable of the matrix takes, in its list and in what is included."""
    if path[0] != "matrix" or len(path) < 2 or not matrix.is_mapping:
        yield None
        return
    rows = [*matrix[path[1]].items(), *(row[path[1]] for row in matrix["include"].items())]
    if matrix["include"].is_text or matrix[path[1]].is_text:
        yield None
    for row in rows:
        cell = row.at_path(*path[2:]) if len(path) > 2 else row
        for item in cell.items():
            yield item.value if isinstance(item.value, str) and "${{" not in item.value else None
