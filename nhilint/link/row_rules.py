"""Rules about rows meet the later scripts of the same project, which may take them away; each is told in one script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary import Policy

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_PROJECT = "supabase"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources without the rules that a later script of their project drops or makes anew."""
    scripts = sorted((r for r in resources if r.format == "sql-grants"), key=lambda r: _order(r.at.path), reverse=True)
    settled: dict[str, set[str]] = {}
    left: dict[str, Policy] = {}
    for script in scripts:
        if not isinstance(script.facts, Policy):
            continue
        gone = settled.setdefault(_project(script.at.path), set())
        kept = tuple(rule for rule in known_records(script.facts.rules) if not _is_gone(value_of(rule.name), gone))
        gone.update(value_of(rule.name) or "" for rule in kept if value_of(rule.everyone))
        gone.update(value_of(script.facts.removes) or ())
        left[script.at.path] = replace(script.facts, rules=kept)
    return tuple(
        replace(r, facts=left[r.at.path]) if r.format == "sql-grants" and r.at.path in left else r for r in resources
    )


def _order(path: str) -> tuple[bool, str]:
    """Migrations run in the order of their names; what lies beside them is of the past."""
    return "/migrations/" in path, path


def _project(path: str) -> str:
    before, found, _ = path.partition(f"{_PROJECT}/")
    return before if found else path


def _is_gone(name: str | None, gone: set[str]) -> bool:
    return name is not None and not gone.isdisjoint((name, f"{name.partition(': ')[0]}: *", "*"))
