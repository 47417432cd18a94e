"""On which machine a job runs, as far as its labels tell: hosted, somebody's own, or a service's.

Source of the labels of `runs-on`:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idruns-on, read 2026-11-22.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nhilint.formats.github.agent_flags import literals, spelled_out
from nhilint.formats.github.expression import Call, Context, Literal, Operation, contexts, embedded, parse
from nhilint.formats.github.input_conditions import conditions_in
from nhilint.formats.github.untrusted import flows
from nhilint.model.fact import Fact, Known, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.github.expression import Term
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.workflow import InputCondition

_SERVICES = {"depot": "depot-", "namespacelabs": "namespace-profile-"}
"""How the labels of a service's machines begin, by the account that publishes the service's actions. Sources, read
2026-11-22: https://skills.sh/depot/skills/depot-github-runners (by the vendor) and
https://github.com/settlemint/docs/pull/37."""


def runs_machine(owner: str, node: Node) -> bool:
    """Whether all machines of a job are those of the service whose account is `owner`: it has the job anyway."""
    begins = _SERVICES.get(owner)
    return begins is not None and all(label and label.lower().startswith(begins) for label in _all_labels(node) or [""])


def self_hosted(node: Node, asked: tuple[InputCondition, ...] = (), *, by_itself: bool = True) -> Fact[bool]:
    """Whether a label says so, after the matrix has been looked up. A group may hold machines of either kind, and so
    may a name that the organisation has chosen: for a set of its own, for larger hosted ones, for a service's.

    `asked` is what the label hangs on. Inputs are empty where the workflow starts `by_itself`; what callers fill them
    with, no single file tells.
    """
    runs_on = node["runs-on"]
    if not runs_on.exists:
        return None
    labels = _all_labels(node)
    if any(label is not None and label.lower() == _OWN for label in labels):
        if asked and not (by_itself and all(map(_holds_of_nothing, asked))):
            return runs_on.unknown("up to the inputs")
        return Known(value=True, at=runs_on.at)
    if runs_on.is_mapping or None in labels:
        return runs_on.unknown("an expression or a group of runners")
    if any(map(_is_chosen, labels)):
        return runs_on.unknown("a name that the organisation has chosen")
    return Known(value=False, at=runs_on.at)


def self_hosted_if(node: Node, types: Mapping[str, str]) -> tuple[InputCondition, ...]:
    """What an expression asks of inputs before a label says `self-hosted`; nothing where one says so anyway.

    `types` are those of the declared inputs; others are taken for texts. Of several such branches the first is told.
    """
    runs_on = node["runs-on"]
    stated = runs_on["labels"] if runs_on.is_mapping else runs_on
    found: list[tuple[InputCondition, ...]] = []
    for item in stated.items():
        parts = embedded(item.value) if isinstance(item.value, str) else []
        term = parse(parts[0].source) if len(parts) == 1 else None
        if term is None or not _mentions_inputs(term):
            found += [()] if str(item.value).lower() == _OWN else []
            continue
        known = {one.path[1]: "string" for one in contexts(term) if one.path[0] == "inputs" and len(one.path) == 2}
        found += _ways(term, {**known, **types}, item, ())
    return found[0] if found and all(found) else ()


def _mentions_inputs(term: Term) -> bool:
    return any(one.path[0] == "inputs" for one in contexts(term))


def _ways(
    term: Term, types: Mapping[str, str], at: Node, asked: tuple[InputCondition, ...]
) -> Iterator[tuple[InputCondition, ...]]:
    """What is asked on each way through a choice that ends in a text with the label."""
    if isinstance(term, Literal) and _OWN in str(term.value).lower():
        yield asked
    elif isinstance(term, Call) and term.name == "fromjson" and term.arguments:
        yield from _ways(term.arguments[0], types, at, asked)
    elif isinstance(term, Operation) and term.sign == "&&":
        first = [one for part in term.operands[:-1] for one in conditions_in(part, types, at.at)]
        yield from _ways(term.operands[-1], types, at, (*asked, *first))
    elif isinstance(term, Operation) and term.sign == "||":
        for part in term.operands:
            yield from _ways(part, types, at, asked)
            asked = (*asked, *conditions_in(Operation("!", (part,)), types, at.at))


def _holds_of_nothing(condition: InputCondition) -> bool:
    return ("" in (value_of(condition.values) or ())) != bool(value_of(condition.excluded))


_OWN = "self-hosted"
_HOSTED = ("ubuntu-", "windows-", "macos-")
"""How the names of hosted machines begin, of the larger ones as their creation suggests it
(https://docs.github.com/en/actions/reference/runners/github-hosted-runners, read 2026-11-22)."""


_WITHDRAWN = frozenset({"ubuntu-18.04", "ubuntu-20.04", "windows-2019", "macos-11", "macos-12", "macos-13"})
"""Images that are no more: since April 2023, 2025-04-15, 2025-06-30, 2024-06-28, 2024-12-03 and December 2025. Source:
https://github.com/actions/runner-images/issues (6002 by memory; 11101, 12045, 9255, 10721, 13046), read 2026-11-22."""


def withdrawn(node: Node) -> Fact[bool]:
    """Whether all labels of a job are of images that are no more; no machine takes it then, unless one of the
    organisation's own is called so."""
    labels = _all_labels(node)
    if not labels or None in labels:
        return None
    return Known(all(label is not None and label.lower() in _WITHDRAWN for label in labels), node["runs-on"].at)


def _is_chosen(label: str | None) -> bool:
    return label is not None and label.lower() != _OWN and not label.lower().startswith(_HOSTED)


def own_label(node: Node) -> Fact[str]:
    """The first label that is neither a hosted machine's nor the one for self-hosted ones in general."""
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
