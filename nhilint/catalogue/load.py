"""Check files become checks: validated, their conditions compiled, every error with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import msgspec

from nhilint.catalogue.check import Check, Condition, Example, Pack, Shown
from nhilint.catalogue.conditions import ConditionError, check_routes, clauses_by_lists, names_what_is_its_own
from nhilint.catalogue.schema import CHECK_SCHEMA
from nhilint.catalogue.strict_yaml import read_strict
from nhilint.errors import CatalogueError
from nhilint.model.finding import Confidence, Severity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from nhilint.catalogue.framework import Frameworks
    from nhilint.model.vocabulary import Kind
    from nhilint.source.document import Document

Compile = Callable[[str], bytes]
"""Compiles a condition or raises an exception whose text says what is wrong; given by the layer above."""

_NAMES_ITEM = Deferred(r"\bitem\b")


def check_files(folder: Path) -> list[Path]:
    """The check files of a policy folder, in the order of their paths."""
    return sorted(p for p in (folder / "checks").rglob("*.yaml") if p.is_file())


def load_pack(folders: Iterable[Path], frameworks: Frameworks, compile_condition: Compile) -> Pack:
    """The checks of several policy folders; raises CatalogueError at the first that is wrong."""
    found: dict[str, Path] = {}
    checks: list[Check] = []
    for folder in folders:
        for path in check_files(folder):
            check = load_check(path, folder, frameworks, compile_condition)
            for name in (check.id, *check.aliases):
                if name in found:
                    msg = f"the id {name!r} is already used by {found[name]}"
                    raise CatalogueError(_display(path, folder), 1, 1, msg)
                found[name] = path
            checks.append(check)
    return Pack(tuple(sorted(checks, key=lambda check: check.id)))


def load_check(path: Path, folder: Path, frameworks: Frameworks, compile_condition: Compile) -> Check:
    """One check of the policy folder `folder`."""
    document, value = read_strict(path, CHECK_SCHEMA, _display(path, folder))
    assert isinstance(value, dict)
    check = _build(value, topic=path.parent.name)
    for pointer, message in _mistakes(check, path, frameworks, compile_condition):
        position = document.span(pointer, "auto").start
        raise CatalogueError(document.path, position.line, position.column, message)
    return with_conditions(check, check.when, compile_condition)


def load_examples(path: Path, folder: Path) -> tuple[Example, ...]:
    """The examples of one check file, each knowing its line."""
    document, value = read_strict(path, CHECK_SCHEMA, _display(path, folder))
    assert isinstance(value, dict)
    return tuple(_examples(document, cast("list[dict[str, Any]]", value["examples"])))


def with_conditions(check: Check, clauses: Iterable[str], compile_condition: Compile) -> Check:
    """The check with other clauses, ready to run."""
    when = tuple(clauses)
    of_item = tuple(clause for clause in when if check.each and _NAMES_ITEM.search(clause))
    of_subject = tuple(clause for clause in when if clause not in of_item)
    at_first, whole = _conditions(of_subject, check.subject, compile_condition)
    item_at_first, whole_item = _conditions(of_item, check.subject, compile_condition)
    return msgspec.structs.replace(
        check, when=when, at_first=at_first, of_subject=whole, item_at_first=item_at_first, of_item=whole_item
    )


def _conditions(clauses: tuple[str, ...], kind: Kind, compile_condition: Compile) -> tuple[Condition, Condition]:
    """The clauses that name only what many have in common, and all of them."""
    common = tuple(clause for clause in clauses if not names_what_is_its_own(clause, kind))
    own = clauses_by_lists((clause for clause in clauses if clause not in common), kind)
    first, *others = (Condition(part, compile_condition(joined(part)) if part else b"") for part in (common, *own))
    parts = (first, *others) if common else tuple(others)
    return first, Condition(clauses, parts=parts) if len(parts) > 1 else next(iter(parts), Condition())


def joined(clauses: Iterable[str]) -> str:
    """Several clauses as one condition that holds when all of them do."""
    return " && ".join(f"({clause.strip()})" for clause in clauses)


def _display(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _build(value: dict[str, Any], topic: str) -> Check:
    plain = {key: entry for key, entry in value.items() if key != "examples"}
    for key in ("when", "cwe", "references", "aliases"):
        if key in plain:
            plain[key] = tuple(plain[key])
    for key in ("related", "flow"):
        shown = plain.get(key, ())
        plain[key] = tuple(Shown(s) if isinstance(s, str) else Shown(s["place"], s.get("say", "")) for s in shown)
    plain["frameworks"] = {framework: tuple(ids) for framework, ids in plain["frameworks"].items()}
    plain["severity"] = Severity.named(plain["severity"])
    plain["confidence"] = Confidence.named(plain["confidence"])
    return Check(topic=topic, **plain)


def _examples(document: Document, examples: list[dict[str, Any]]) -> Iterator[Example]:
    for index, example in enumerate(examples):
        plain = {**example, "at": tuple(example.get("at", ())), "also": tuple(example.get("also", ()))}
        yield Example(**plain, line=document.span(("examples", index), "auto").start.line)


def _mistakes(
    check: Check, path: Path, frameworks: Frameworks, compile_condition: Compile
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What the schema cannot say, with the place of each."""
    if check.id != path.stem:
        yield ("id",), f"the id must be the file's name, {path.stem!r}"
    for framework_id, controls in check.frameworks.items():
        framework = frameworks.get(framework_id)
        if framework is None:
            known = ", ".join(f.id for f in frameworks)
            yield ("frameworks", framework_id), f"unknown framework {framework_id!r}; known: {known}"
            continue
        for index, control in enumerate(controls):
            if framework.control(control) is None:
                message = f"{framework.title} has no control {control!r}"
                yield ("frameworks", framework_id, index), message
    try:
        check_routes(check)
    except ConditionError as error:
        yield ("when",), str(error)
    for index, clause in enumerate(check.when):
        try:
            compile_condition(clause)
        except Exception as error:  # noqa: BLE001 - whatever the runtime refuses is the author's to mend
            yield ("when", index), f"this condition does not compile: {error}"
