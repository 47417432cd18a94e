"""Which statements of a SQL script hand out rights without bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.sql import grants
from nhilint.formats.sql.claims import CLAIMS
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax


def read(text):
    found = grants.extract(Document("db/init.sql", Syntax.TEXT, text, text), CLAIMS[0])
    return found.resources[0].facts if found.recognised else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("create user bot with login superuser password 'x';", "bot SUPERUSER"),
        ('ALTER ROLE "my bot" SUPERUSER', "my bot SUPERUSER"),
        ("CREATE ROLE IF NOT EXISTS bot SUPERUSER;", "bot SUPERUSER"),
        ("DO $$ BEGIN IF x THEN CREATE ROLE bot SUPERUSER; END IF; END $$;", "bot SUPERUSER"),
        ("SELECT 1; /* a */ CREATE ROLE bot SUPERUSER = true", "bot SUPERUSER"),
        ("CREATE ROLE bot BYPASSRLS;", "bot BYPASSRLS"),
        ("GRANT ALL ON *.* TO `bot`@`%`;", "bot ALL ON *.*"),
        ("grant role accountadmin to user bot;", "bot ACCOUNTADMIN"),
        ("ALTER SERVER ROLE sysadmin ADD MEMBER bot;", "bot sysadmin"),
        ("GRANT ALL ON ALL TABLES IN SCHEMA a TO public;", "ALL TABLES TO PUBLIC"),
    ],
)
def test_rules_without_bounds(text, name):
    (rule,) = read(text).rules
    assert value_of(rule.name) == name


@pytest.mark.parametrize(
    "text",
    [
        "CREATE ROLE bot CREATEROLE;",
        "ALTER SERVER ROLE securityadmin ADD MEMBER bot",
        "GRANT ROLE SECURITYADMIN TO ROLE bot;",
    ],
)
def test_ways_to_hand_out_rights(text):
    found = read(text)
    assert found.rules == ()
    assert len(value_of(found.gives_rights)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "-- CREATE ROLE bot SUPERUSER;",
        "/* CREATE ROLE bot SUPERUSER; */",
        "INSERT INTO t VALUES ('CREATE ROLE bot SUPERUSER');",
        "CREATE ROLE bot NOSUPERUSER NOCREATEROLE;",
        "CREATE ROLE bot WITH SUPERUSER = false;",
        "ALTER ROLE postgres WITH SUPERUSER CREATEROLE;",
        "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%';",
        "GRANT ALL ON shop.* TO 'bot'@'%';",
        "GRANT SELECT ON *.* TO 'bot'@'%';",
        "GRANT ALL ON SCHEMA public TO PUBLIC;",
        "GRANT SELECT ON ALL TABLES IN SCHEMA a TO PUBLIC;",
        "GRANT ROLE bot TO ROLE accountadmin;",
        "GRANT bot TO superuser;",
        "CREATE TABLE user (superuser bool);",
        "GRANT",
    ],
)
def test_everything_else_is_left(text):
    assert read(text) is None


def test_places_are_those_of_the_statement():
    text = "SELECT 1;\nCREATE ROLE bot\n  SUPERUSER;\n"
    (rule,) = read(text).rules
    assert text[slice(*rule.at.within)] == "CREATE ROLE bot\n  SUPERUSER"


@given(st.lists(st.sampled_from(["CREATE", "ROLE", "USER", "GRANT", "ALL", "ON", "*", ".", "TO", "PUBLIC", "SUPERUSER", ";",
       "'", '"', "$$", "--", "/*", "*/", "\n", "bot", "TABLES", "=", "é"]), max_size=40))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_left(words):
    found = read(" ".join(words))
    if found is not None:
        activate(found)


def test_large_files_end():
    assert len(read("CREATE ROLE bot SUPERUSER;\n" * 20_000).rules) == 500
    assert read("GRANT " + "x " * 500_000) is None
    assert read("/*" * 500_000) is None
    assert read("'" + "\\'" * 500_000) is None
