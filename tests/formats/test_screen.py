"""The screen may only ever say "none of these", and only where that is so."""

from __future__ import annotations

import pytest

from nhilint.formats.format import Claim
from nhilint.formats.registry import Recogniser, claims
from nhilint.formats.screen import Screen
from nhilint.source.document import Syntax

MANY = 100


def claim(name, *probe):
    return Claim(format=name, title=name, syntax=Syntax.JSON, reads="aws.policy", suffixes=(".json",), probe=probe)


WORDS = tuple(f'"word-{number:02}"'.encode() for number in range(20))


@pytest.mark.parametrize("word", [*WORDS, b'\xff"word-', b"word"], ids=str)
def test_a_file_with_a_word_is_never_ruled_out(word):
    screen = Screen([claim("a", *WORDS[:10]), claim("b", *WORDS[10:], b'\xff"word-', b"word")])
    for _ in range(MANY):
        assert not screen.rules_out(b"\x00\xfe {" + word + b": 1}")


def test_many_files_without_a_word_are_ruled_out():
    screen = Screen([claim("a", *WORDS)])
    assert [screen.rules_out(b'{"word-": 1}') for _ in range(MANY)].count(True) > MANY / 2


def test_a_claim_without_a_probe_is_always_asked():
    screen = Screen([claim("a", *WORDS), claim("b")])
    assert not any(screen.rules_out(b"{}") for _ in range(MANY))


@pytest.mark.parametrize("ending", ["json", "yaml", "yml", "tf", "xml"])
def test_the_hundredth_file_is_recognised_as_the_first_is(ending):
    recogniser = Recogniser(claims())
    path = f"a/b.{ending}"
    probes = [word for c in recogniser.candidates(path) for word in c.probe]
    texts = [b"no word at all", *(b"x" + word + b"y" for word in probes)]
    first = [tuple(Recogniser(claims()).recognise(path, text)) for text in texts]
    for _ in range(3):
        assert [tuple(recogniser.recognise(path, text)) for text in texts] == first


@pytest.mark.parametrize(
    ("glob", "path", "fits"),
    [
        ("*mcp*.json", "A/My-MCP.Config.JSON", True),
        ("*mcp*.json", "mcp/other.json", False),
        ("**/slack/*.json", "x/Slack/a.json", True),
        ("**/slack/*.json", "x/slack/y/a.json", False),
        ("**/slack/*.json", "x/\u017flack/a.json", True),
        ("a/**/*.md", "a/b.md", True),
        ("a/**/*.md", "ba/b.md", False),
        ("*.json", "a/.json", True),
        ("*.json", "a.json/b", False),
    ],
)
def test_a_glob_holds_in_any_case_and_folder(glob, path, fits):
    one = Claim(format="a", title="a", syntax=Syntax.JSON, reads="aws.policy", paths=(glob,))
    assert bool(Recogniser([one]).candidates(path)) is fits
