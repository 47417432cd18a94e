"""The screen finds the claims that fit, in their order, however it looks for their words."""

from __future__ import annotations

import pytest

from nhilint.formats.format import Claim
from nhilint.formats.registry import Recogniser, claims
from nhilint.formats.screen import Screen
from nhilint.source.document import Syntax


def claim(name, *probe):
    return Claim(format=name, title=name, syntax=Syntax.JSON, reads="aws.policy", suffixes=(".json",), probe=probe)


LARGE = b" " * 1_000_000
WORDS = tuple(f'"word-{number:02}"'.encode() for number in range(20))


def fitting(screen, data):
    return [claim.format for claim in screen.fitting(data)]


@pytest.mark.parametrize("word", [*WORDS, b'\xff"word-', b"word"], ids=str)
def test_a_file_with_a_word_is_found_the_first_time_and_among_many(word):
    screen = Screen([claim("a", *WORDS[:10]), claim("b", *WORDS[10:], b'\xff"word-', b"word")])
    data = b"\x00\xfe {" + word + b": 1}"
    first = fitting(screen, data)
    assert first
    fitting(screen, LARGE)
    assert fitting(screen, data) == first


def test_the_stronger_claim_comes_first_wherever_its_word_stands():
    screen = Screen([claim("a", *WORDS[:10]), claim("b", *WORDS[10:18]), claim("c", *WORDS[18:])])
    fitting(screen, LARGE)
    assert fitting(screen, WORDS[19] + WORDS[12] + WORDS[19] + WORDS[3]) == ["a", "b", "c"]
    assert fitting(screen, WORDS[19] + WORDS[3]) == ["a", "c"]


def test_after_many_bytes_no_word_is_looked_for_by_itself():
    screen = Screen([claim("a", *WORDS)])
    fitting(screen, LARGE)
    asked = Unsearchable(b'{"word-": 1}')
    assert fitting(screen, asked) == []


class Unsearchable(bytes):
    def __contains__(self, word):
        raise AssertionError(word)


def test_a_claim_without_a_probe_always_fits():
    screen = Screen([claim("a", *WORDS), claim("b")])
    assert all(fitting(screen, data) == ["b"] for data in (b"{}", LARGE, b"{}"))


@pytest.mark.parametrize("ending", ["json", "yaml", "yml", "tf", "xml"])
def test_the_hundredth_file_is_recognised_as_the_first_is(ending):
    recogniser = Recogniser(claims())
    path = f"a/b.{ending}"
    probes = [word for c in recogniser.candidates(path) for word in c.probe]
    texts = [b"no word at all", *(b"x" + word + b"y" for word in probes)]
    first = [tuple(Recogniser(claims()).recognise(path, text)) for text in texts]
    for _ in range(3):
        tuple(recogniser.recognise(path, LARGE))
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
