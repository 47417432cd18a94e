from __future__ import annotations

import pytest
from source_slices import cut, document

from nhilint.source.document import Limits, Syntax, Tagged, Unreadable, read
from nhilint.source.span import Position, Span

TEXT = """servers:
  github:
    command: npx
    args: [-y, "pkg"]
    env: {}
    empty:
steps:
  - name: one
    run: |
      echo a
      echo b
  - - x
"""


@pytest.fixture
def doc():
    return document(TEXT, Syntax.YAML)


@pytest.mark.parametrize(
    ("route", "part", "source"),
    [
        (("servers", "github", "command"), "auto", "npx"),
        (("servers", "github", "command"), "key", "command"),
        (("servers", "github"), "auto", "github"),
        (("servers", "github", "args"), "auto", "args"),
        (("servers", "github", "args"), "value", '[-y, "pkg"]'),
        (("servers", "github", "args", 1), "auto", '"pkg"'),
        (("servers", "github", "args", 1), "key", '"'),
        (("servers", "github", "env"), "auto", "env"),
        (("servers", "github", "empty"), "auto", "empty"),
        (("steps", 0), "auto", "n"),
        (("steps", 1), "auto", "-"),
        (("steps", 1, 0), "auto", "x"),
        (("steps", 0, "run"), "value", "|\n      echo a\n      echo b"),
    ],
)
def test_what_is_shown_of_a_value(doc, route, part, source):
    assert cut(doc, doc.span(route, part)) == source


def test_the_root_is_the_start_of_the_file(doc):
    assert doc.span(()) == Span(Position(1, 1), Position(1, 1))


@pytest.mark.parametrize(
    ("route", "source"),
    [
        (("servers", "github", "nothing", "deeper"), "github"),
        (("servers", "github", "args", 9), "args"),
        (("servers", "github", "command", "x"), "command"),
        (("steps", 0, "uses"), "steps"),
        (("nothing",), ""),
    ],
)
def test_a_pointer_to_nothing_shows_the_nearest_key_above(doc, route, source):
    assert cut(doc, doc.span(route)) == source


def test_a_part_of_a_block_scalar(doc):
    start = doc.at(("steps", 0, "run")).index("echo b")
    span = doc.span(("steps", 0, "run"), within=(start, start + 4))
    assert (span.start, cut(doc, span)) == (Position(11, 7), "echo")


@pytest.mark.parametrize("within", [(-1, 2), (2, 1), (0, 99)])
def test_a_part_that_cannot_be_gives_the_whole(doc, within):
    assert cut(doc, doc.span(("servers", "github", "command"), within=within)) == "npx"


def test_an_empty_part_is_a_point(doc):
    span = doc.span(("servers", "github", "command"), within=(1, 1))
    assert span == Span(Position(3, 15), Position(3, 15))


def test_digits_lead_into_lists_and_stay_keys_elsewhere():
    doc = document('{"a": [{"1": "x"}]}', Syntax.JSON)
    assert doc.resolve(("a", "0", "1")) == ("a", 0, "1")
    assert doc.resolve(("a", "0", "2", "0")) == ("a", 0, "2", "0")
    assert doc.at(("a", "0", "1")) == "x"
    assert cut(doc, doc.span(("a", "0", "1"))) == '"x"'


@pytest.mark.parametrize("route", [("b",), ("a", 1), ("a", "-1"), ("a", -1), ("a", "x"), ("a", 0, "1", 0)])
def test_there_is_nothing_at_a_wrong_pointer(route):
    with pytest.raises(KeyError):
        document('{"a": [{"1": "x"}]}', Syntax.JSON).at(route)


def test_pointers_pass_through_tags():
    doc = document("a: !Sub\n  - x\n  - {k: !Ref v}\n", Syntax.YAML)
    assert doc.at(("a", 1, "k")) == Tagged("!Ref", "v")
    assert cut(doc, doc.span(("a", 1, "k"))) == "!Ref v"
    assert cut(doc, doc.span(("a", 1, "k"), within=(0, 1))) == "v"
    assert cut(doc, doc.span(("a",))) == "a"


def test_lines_are_given_without_their_ends():
    doc = document("a: 1\r\nb: 2\n", Syntax.YAML)
    assert [doc.line(1), doc.line(2)] == ["a: 1", "b: 2"]


def test_text_is_its_own_value():
    doc = document("FROM x\nRUN y\n", Syntax.TEXT)
    assert doc.value == doc.text
    assert doc.span((), within=(7, 10)) == Span(Position(2, 1), Position(2, 4))


def test_the_path_is_only_carried_along():
    assert read("no/such/file.yaml", b"a: 1", Syntax.YAML).path == "no/such/file.yaml"


@pytest.mark.parametrize("syntax", list(Syntax))
def test_a_file_that_is_too_large_is_not_looked_into(syntax):
    with pytest.raises(Unreadable) as caught:
        read("x", b"\x00" * 11, syntax, Limits(bytes=10))
    assert caught.value.kind == "too-large"


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        (Syntax.YAML, "a: {b: [c]}"),
        (Syntax.YAML, "{a: &x {}, b: [*x]}"),
        (Syntax.JSON, '{"a": {"b": [1]}}'),
        (Syntax.JSONC, '{"a": {"b": [1,],},}'),
        (Syntax.TOML, "a.b = [1]"),
        (Syntax.HCL, "a = { b = [1] }"),
        (Syntax.HCL, "a = f(g(1))"),
    ],
)
def test_the_depth_limit_is_the_same_everywhere(syntax, text):
    assert read("x", text.encode(), syntax, Limits(depth=3)).value
    with pytest.raises(Unreadable) as caught:
        read("x", text.encode(), syntax, Limits(depth=2))
    assert caught.value.kind == "too-deep"


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        (Syntax.YAML, "[1, 2, 3, 4]"),
        (Syntax.JSON, "[1, 2, 3, 4]"),
        (Syntax.TOML, "a = [1, 2, 3]"),
        (Syntax.HCL, "a = [1, 2, 3]"),
    ],
)
def test_the_node_limit_is_the_same_everywhere(syntax, text):
    assert read("x", text.encode(), syntax, Limits(nodes=5)).value
    with pytest.raises(Unreadable) as caught:
        read("x", text.encode(), syntax, Limits(nodes=4))
    assert caught.value.kind == "too-many-nodes"
