"""Which SQL scripts may hold a grant that is judged: those with a word that such a grant cannot do without."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_WORDS = (b"superuser", b"bypassrls", b"createrole", b"accountadmin", b"securityadmin", b"*.*", b"to public")

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="sql-grants",
        title="SQL grants and roles (PostgreSQL, MySQL, Snowflake)",
        syntax=Syntax.TEXT,
        reads="sql.grants",
        suffixes=(".sql",),
        probe=(*_WORDS, *(word.upper() for word in _WORDS), b"TO public"),
        docs="https://www.postgresql.org/docs/current/sql-grant.html",
    ),
)
