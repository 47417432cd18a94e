"""Rules about rows that a script of Supabase makes and takes away become rules of the database's policy.

Whoever has an app's public key calls its database as the role `anon`; only the rules of each table stand between. Read:
`CREATE POLICY … FOR ALL` on a table of the schema that is published, for `anon` or for everybody, whose condition is
plainly true. Rules with any other condition, and those for reading or adding alone, are not kept. What a script drops,
changes or revokes is told in `removes`, by table and name.
Sources, excerpts of 2026-11-22: CREATE POLICY of PostgreSQL 18 (a rule is for all commands and for PUBLIC where it does
not say), supabase.com/docs/guides/api/api-keys and /guides/database/postgres/row-level-security.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.sql.words import Word, statements
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.vocabulary.policy import PolicyRule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST = frozenset({"CREATE", "DROP", "ALTER", "REVOKE"})
_EVERYBODY = frozenset({"anon", "public"})
_CLAUSES = ("AS", "FOR", "TO", "USING", "WITH")
_PUBLISHED = "public"
_OF_PROJECT = Deferred(r"(?:^|/)supabase/(?:migrations/\d+_[^/]+|schemas/.+|[^/]+)\.sql$")
_NOT_OF_PROJECT = Deferred(r"(?i)(?:^|[/_-])(?:seeds?|tests?|template|example|sample|local|dev)(?:[/_.-]|$)")
_DROP_OF_SOME = Deferred(r"(?i)\bdrop\s{1,9}policy\s{1,9}(?:if\s{1,9}exists\s{1,9})?(?:%|\"?'\s{0,9}\|\|)")
_CATALOGUE = Deferred(r"(?i)\bpg_polic(?:ies|y)\b|\bpg_tables\b|\binformation_schema\.tables\b")
_QUOTED = Deferred(r"'(\w{1,63})'")
_MOST = 500
_TRUE = frozenset({"TRUE", "( TRUE )"})


def is_of_supabase(path: str) -> bool:
    """Whether a script is one that makes a project of Supabase, whose tables an app calls by itself.

    The program runs migrations whose names begin with a number, and keeps the state to reach under `schemas`; a script
    beside them is one to be run by hand. Seeds and tests make no project.
    """
    return _OF_PROJECT.search(path) is not None and _NOT_OF_PROJECT.search(path) is None


def row_rules(path: str, text: str) -> tuple[tuple[PolicyRule, ...], tuple[str, ...]]:
    """The rules that open a table to everybody after the whole script, and what it takes away of earlier scripts."""
    open_rules: dict[str, PolicyRule] = {}
    removed: dict[str, None] = {}
    for words in statements(text, _FIRST):
        upper = [word.upper for word in words]
        if upper[:2] == ["CREATE", "POLICY"]:
            key, rule = _created(path, words, upper)
            if rule is not None:
                open_rules[key] = rule
            continue
        for key in _taken_away(words, upper):
            removed[key] = None
            for one in [one for one in open_rules if one.startswith(key.removesuffix("*")) and _ends(key, one)]:
                del open_rules[one]
    return tuple(open_rules.values()), (*removed, *_dropped_in_a_loop(text))


def _created(path: str, words: Sequence[Word], upper: Sequence[str]) -> tuple[str, PolicyRule | None]:
    """`CREATE POLICY name ON table [AS …] [FOR …] [TO …] [USING (…)] [WITH CHECK (…)]`."""
    if "ON" not in upper or upper[2:4] == ["IF", "NOT"]:  # which PostgreSQL does not know
        return "", None
    on = upper.index("ON")
    name = "".join(_plain(word.text) for word in words[2:on])
    table, rest = _table(words, on + 1)
    said = _clauses(upper, rest)
    roles = {word.lower().strip('"') for word in said.get("TO", ("PUBLIC",))}
    key = f"{table}: {name}"
    is_open = (
        " ".join(said.get("FOR", ("ALL",))) == "ALL"
        and "RESTRICTIVE" not in said.get("AS", ())
        and not _EVERYBODY.isdisjoint(roles)
        and _condition(said.get("USING")) in _TRUE
        and _condition(said.get("WITH")) in (*_TRUE, "")
    )
    if not is_open or not table.startswith(f"{_PUBLISHED}."):
        return key, None
    at = Place(path, (), "source", (words[0].start, words[-1].end))
    return key, PolicyRule(
        at=at,
        name=Known(key, at),
        effect=Known("allow", at),
        callers=Known(tuple(sorted(roles)), at),
        resources=Known((table,), at),
        everyone=Known(value=True, at=at),
        every_action=Known(value=True, at=at),
        every_resource=Known(value=False, at=at),
        conditioned=Known(value=False, at=at),
    )


def _clauses(upper: Sequence[str], start: int) -> dict[str, tuple[str, ...]]:
    """The words of each clause behind the table, by its keyword; a word in brackets begins none."""
    found: dict[str, list[str]] = {}
    depth, current = 0, ""
    for word in upper[start:]:
        if depth == 0 and word in _CLAUSES:
            current = word
            found[current] = []
        elif current:
            found[current].append(word)
        depth += (word == "(") - (word == ")")
    return {keyword: tuple(word for word in said if word != ",") for keyword, said in found.items()}


def _condition(words: tuple[str, ...] | None) -> str:
    """What stands in the outer brackets of a condition; the empty text where there is none."""
    told = [word for word in words or () if word != "CHECK"]
    return " ".join(told[1:-1]) if told[:1] == ["("] and told[-1] == ")" else " ".join(told)


def _taken_away(words: Sequence[Word], upper: Sequence[str]) -> tuple[str, ...]:
    """What a statement drops, changes or revokes: `table: name`, or `table: *` for all of a table."""
    if upper[1:2] == ["POLICY"] and "ON" in upper:
        on = upper.index("ON")
        start = 4 if upper[2:4] == ["IF", "EXISTS"] else 2
        return (f"{_table(words, on + 1)[0]}: {''.join(_plain(word.text) for word in words[start:on])}",)
    if upper[:2] == ["DROP", "TABLE"]:
        start = 4 if upper[2:4] == ["IF", "EXISTS"] else 2
        return (f"{_table(words, start)[0]}: *",)
    if upper[:2] == ["ALTER", "TABLE"] and (upper[-3:-1] == ["SET", "SCHEMA"] or upper[-3:-1] == ["RENAME", "TO"]):
        return (f"{_table(words, 4 if upper[2:4] == ['IF', 'EXISTS'] else 2)[0]}: *",)
    if upper[0] == "REVOKE" and "ON" in upper and "ANON" in upper:
        on = upper.index("ON")
        if upper[on + 1 : on + 3] == ["ALL", "TABLES"]:
            return ("*",)
        return (f"{_table(words, on + (2 if upper[on + 1 : on + 2] == ['TABLE'] else 1))[0]}: *",)
    return ()


def _ends(key: str, rule: str) -> bool:
    return key.endswith("*") or key == rule


def _dropped_in_a_loop(text: str) -> tuple[str, ...]:
    """What a script drops by statements that it puts together: rules of every table, or of those in quotes."""
    if _DROP_OF_SOME.search(text) is None:
        return ()
    if _CATALOGUE.search(text) is not None:
        return ("*",)
    named = dict.fromkeys(found[1].lower() for found in _QUOTED.finditer(text))
    return tuple(f"{_PUBLISHED}.{name}: *" for name in tuple(named)[:_MOST])


def _table(words: Sequence[Word], start: int) -> tuple[str, int]:
    """A table with its schema, and where the words behind it begin."""
    first = _plain(words[start].text).lower() if start < len(words) else ""
    if start + 2 < len(words) and words[start + 1].text == ".":
        return f"{first}.{_plain(words[start + 2].text).lower()}", start + 3
    return f"{_PUBLISHED}.{first}", start + 1


def _plain(text: str) -> str:
    return text.strip('"')
