"""Comments that ask for an exception, in every notation that has comments."""

from __future__ import annotations

import pytest

from nhilint.settle.inline_waivers import inline_waivers
from nhilint.source.document import Syntax, read

SIGNED = "nhilint: ignore[some-check] made by hand (by @octo/security, until 2027-01-31, ticket SEC-1)"


def waivers(text, syntax):
    return inline_waivers(read("a", text.encode(), syntax))


@pytest.mark.parametrize(
    ("text", "syntax", "line"),
    [
        (f"a: 1 # {SIGNED}\n", Syntax.YAML, 1),
        (f"# {SIGNED}\na: 1\n", Syntax.YAML, 2),
        (f"# {SIGNED}\n# more\n\na: 1\n", Syntax.YAML, 4),
        (f'{{"a": 1}} // {SIGNED}\n', Syntax.JSONC, 1),
        (f'{{\n/* {SIGNED} */\n"a": 1}}', Syntax.JSONC, 3),
        (f"a = 1 # {SIGNED}\n", Syntax.TOML, 1),
        (f"# {SIGNED}\na = 1\n", Syntax.HCL, 2),
        (f"// {SIGNED}\na = 1\n", Syntax.HCL, 2),
        (f"<!-- {SIGNED} -->\ntext\n", Syntax.MARKDOWN, 2),
    ],
)
def test_every_notation(text, syntax, line):
    (waiver,) = waivers(text, syntax)
    assert (waiver.check, waiver.line, waiver.inline) == ("some-check", line, True)
    assert (waiver.reason, waiver.approver) == ("made by hand", "@octo/security")
    assert (waiver.expires, waiver.ticket) == ("2027-01-31", "SEC-1")
    assert waiver.missing == ()


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("nhilint: ignore[a]", ("reason", "approver", "expires")),
        ("nhilint: ignore[a] because", ("approver", "expires")),
        ("nhilint: ignore[a] because (by @me)", ("expires",)),
        ("nhilint: ignore[a] because (until 2027-01-31)", ("approver",)),
        ("nhilint: ignore[a] because (by @x[bot], until 2027-01-31)", ("approver",)),
        ("nhilint: ignore[a] because (by @me, until 2027-02-31)", ("expires",)),
        ("nhilint: ignore[a] because of (something) else", ("approver", "expires")),
    ],
)
def test_what_is_missing(said, missing):
    (waiver,) = waivers(f"a: 1 # {said}\n", Syntax.YAML)
    assert waiver.missing == missing


def test_several_checks_in_one_comment():
    assert [w.check for w in waivers("a: 1 # nhilint: ignore[x, y] z\n", Syntax.YAML)] == ["x", "y"]


@pytest.mark.parametrize(
    "text", ["a: 'nhilint: ignore[x]'\n", "a: 1 # see nhilint: ignore[x]\n", "# nhilint ignore\na: 1\n"]
)
def test_what_is_no_waiver(text):
    assert waivers(text, Syntax.YAML) == ()


def test_the_place_is_the_comment():
    text = f"a: 1\nb: 2  # {SIGNED}\n"
    document = read("a", text.encode(), Syntax.YAML)
    (waiver,) = inline_waivers(document)
    start, _ = document.span(waiver.at.pointer, waiver.at.part, waiver.at.within)
    assert (start.line, start.column) == (2, 7)
