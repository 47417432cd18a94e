"""Which SQL scripts may hold a grant that is judged: those with a word that such a grant cannot do without."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_WORDS = (
    b"superuser",
    b"bypassrls",
    b"createrole",
    b"accountadmin",
    b"securityadmin",
    b"sysadmin",
    b"*.*",
    b"to public",
)
_OF_ROWS = (b"create policy", b"drop policy", b"alter policy", b"drop table", b"revoke ")
_DOCS = "https://www.postgresql.org/docs/current/sql-grant.html"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="sql-grants",
        title="SQL grants and roles (PostgreSQL, MySQL, Snowflake)",
        syntax=Syntax.TEXT,
        reads="sql.grants",
        suffixes=(".sql",),
        probe=(*_WORDS, *(word.upper() for word in _WORDS), b"TO public"),
        docs=_DOCS,
    ),
    Claim(
        format="sql-grants",
        title="Scripts of Supabase that make and drop rules about rows",
        syntax=Syntax.TEXT,
        reads="sql.grants",
        paths=("**/supabase/**/*.sql", "supabase/**/*.sql"),
        probe=(*_OF_ROWS, *(word.upper() for word in _OF_ROWS)),
        docs="https://supabase.com/docs/guides/database/postgres/row-level-security",
    ),
)
