"""The statements of a SQL script that hand out rights without bounds become the rules of one policy.

Read: roles made or changed with SUPERUSER, BYPASSRLS or CREATEROLE (PostgreSQL and its kin), `GRANT ALL … ON *.*`
(MySQL), ACCOUNTADMIN and SECURITYADMIN given away (Snowflake), sysadmin and securityadmin (SQL Server), and everything
on all tables given to PUBLIC. Grants with bounds are not kept; a script without any of these is left alone. Roles that
databases make themselves are left out. Rules about rows in scripts of Supabase are read by `row_rules`. Sources:
www.postgresql.org/docs/current/sql-createrole.html and …/sql-grant.html, dev.mysql.com/doc/refman/8.4/en/grant.html,
docs.snowflake.com/en/user-guide/security-access-control-overview, read 2026-11-22; learn.microsoft.com/sql/
relational-databases/security/authentication-access/server-level-roles (not re-read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.sql.row_rules import is_of_supabase, row_rules
from nhilint.formats.sql.words import Word, statements
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_BUILT_IN = frozenset(
    {"postgres", "root", "rdsadmin", "cloudsqladmin", "azure_superuser", "supabase_admin", "pg_database_owner",
     "enterprisedb", "mysql.sys", "mysql.session", "crdb_internal", "admin", "accountadmin", "securityadmin",
     "sysadmin"}
)  # fmt: skip
_POWERS = frozenset({"SUPERUSER", "BYPASSRLS", "CREATEROLE"})
_NOT = ["=", "FALSE"]
_FIRST = frozenset({"CREATE", "ALTER", "GRANT"})
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a script."""
    found = [rule for words in statements(document.text, _FIRST) for rule in _rules(document.path, words)][:_MOST]
    rows, removed = row_rules(document.path, document.text) if is_of_supabase(document.path) else ((), ())
    if not found and not rows and not removed:
        return Extraction(recognised=False)
    name, at = document.path.rpartition("/")[2].removesuffix(".sql"), Place(document.path)
    giving = [rule for rule in found if rule.gives]
    facts = Policy(
        at=at,
        name=Known(name, at),
        engine=Known("sql", at),
        rules=(*(rule.facts for rule in found if not rule.gives), *rows[:_MOST]),
        removes=Known(removed, at) if removed else None,
        gives_rights=Known(tuple(rule.said for rule in giving), giving[0].facts.at if giving else at),
    )
    return Extraction((Resource("policy", name, claim.format, facts),))


class _Rule:
    """One statement: what it says in short, its facts, and whether it lets somebody hand out rights."""

    __slots__ = ("facts", "gives", "said")

    def __init__(self, said: str, facts: PolicyRule, *, gives: bool = False) -> None:
        self.said = said
        self.facts = facts
        self.gives = gives


def _rules(path: str, words: list[Word]) -> Iterator[_Rule]:
    at = Place(path, (), "source", (words[0].start, words[-1].end))
    upper = [word.upper for word in words]
    rule = _grant(words, upper, at) if upper[0] == "GRANT" else _role(words, upper, at)
    if rule is not None:
        yield rule


def _role(words: list[Word], upper: list[str], at: Place) -> _Rule | None:
    """`CREATE ROLE name … SUPERUSER`."""
    if upper[:3] == ["ALTER", "SERVER", "ROLE"] and upper[4:6] == ["ADD", "MEMBER"] and len(words) > 6:
        return _server_role_given(upper[3].strip("[]"), _plain(words[6].text), at)
    kind = 3 if upper[1:3] == ["OR", "REPLACE"] else 1
    if upper[kind : kind + 1] not in (["ROLE"], ["USER"]):
        return None
    start = kind + 4 if upper[kind + 1 : kind + 4] == ["IF", "NOT", "EXISTS"] else kind + 1
    name = _plain(words[start].text) if start < len(words) else ""
    given = {word for i, word in enumerate(upper) if i > start and word in _POWERS and upper[i + 1 : i + 3] != _NOT}
    if not given or name.lower() in _BUILT_IN or "." in upper[start + 1 : start + 2]:
        return None
    said = f"{name} {' '.join(sorted(given))}"
    if "SUPERUSER" in given:
        return _Rule(said, _everything(said, name, ("SUPERUSER",), ("everything",), at))
    if "CREATEROLE" in given:
        return _Rule(said, _everything(said, name, ("CREATEROLE",), (), at), gives=True)
    facts = PolicyRule(
        at=at,
        name=Known(said, at),
        effect=Known("allow", at),
        callers=Known((name,), at),
        exempt_from_rules=Known(value=True, at=at),
        every_action=Known(value=False, at=at),
        every_resource=Known(value=False, at=at),
    )
    return _Rule(said, facts)


def _grant(words: list[Word], upper: list[str], at: Place) -> _Rule | None:
    to = len(upper) - 1 - upper[::-1].index("TO") if "TO" in upper else 0
    who = [word for word in words[to + 1 :] if word.upper not in ("USER", "ROLE", "GROUP")]
    grantee = _plain(who[0].text) if to and who else ""
    if not grantee or grantee.lower() in _BUILT_IN:
        return None
    if upper[1] == "ROLE" and to >= 3:
        return _role_given(_plain(words[2].text), grantee, at)
    return _all_given(upper[upper.index("ON") + 1 : to], grantee, at) if upper[1] == "ALL" and "ON" in upper else None


def _all_given(what: list[str], grantee: str, at: Place) -> _Rule | None:
    """`GRANT ALL … ON` something; only all there is, or all tables for everybody, is without bounds."""
    if grantee.upper() == "PUBLIC":
        said = "ALL TABLES TO PUBLIC"
        facts = _everything(said, "PUBLIC", ("ALL",), ("ALL TABLES",), at, everyone=True)
        return _Rule(said, facts) if what[:2] == ["ALL", "TABLES"] else None
    said = f"{grantee} ALL ON *.*"
    return _Rule(said, _everything(said, grantee, ("ALL",), ("*.*",), at)) if what == ["*", ".", "*"] else None


def _role_given(role: str, grantee: str, at: Place) -> _Rule | None:
    """A role of Snowflake's own that administers the account or its rights."""
    said = f"{grantee} {role.upper()}"
    if role.upper() == "ACCOUNTADMIN":
        return _Rule(said, _everything(said, grantee, ("ACCOUNTADMIN",), ("everything",), at))
    if role.upper() == "SECURITYADMIN":
        return _Rule(said, _everything(said, grantee, ("SECURITYADMIN",), (), at), gives=True)
    return None


def _server_role_given(role: str, grantee: str, at: Place) -> _Rule | None:
    """A fixed role of a SQL Server that administers the server or its rights."""
    said = f"{grantee} {role.lower()}"
    if role == "SYSADMIN" and grantee.lower() not in ("sa", *_BUILT_IN):
        return _Rule(said, _everything(said, grantee, ("sysadmin",), ("everything",), at))
    if role == "SECURITYADMIN":
        return _Rule(said, _everything(said, grantee, ("securityadmin",), (), at), gives=True)
    return None


def _everything(
    said: str, caller: str, actions: tuple[str, ...], resources: tuple[str, ...], at: Place, *, everyone: bool = False
) -> PolicyRule:
    return PolicyRule(
        at=at,
        name=Known(said, at),
        effect=Known("allow", at),
        callers=Known((caller,), at),
        actions=Known(actions, at),
        resources=Known(resources, at),
        everyone=Known(value=True, at=at) if everyone else None,
        every_action=Known(value=True, at=at),
        every_resource=Known(value=bool(resources), at=at),
        conditioned=Known(value=False, at=at),
    )


def _plain(text: str) -> str:
    return text.strip("'\"`")
