"""Whatever the style, a YAML value is found where it stands, and parts of it are found exactly."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from source_slices import cut, document, leaves

from nhilint.source.document import Syntax
from nhilint.source.yaml_shield import shielded, unshielded

LINE_TEXT = st.text(alphabet="ab:?#-é😀'\"\\{}[],&*! \t", max_size=10)
WORDS = st.lists(st.text(alphabet="abcé😀", min_size=1, max_size=4), min_size=1, max_size=6)
BLOCK_LINES = st.lists(st.text(alphabet="ab#:é '\"-", max_size=8).map(str.rstrip), min_size=1, max_size=4)


def single(text: str) -> tuple[str, str]:
    return "'" + text.replace("'", "''") + "'", text


def double(text: str) -> tuple[str, str]:
    return json.dumps(text, ensure_ascii=False), text


def plain(words: list[str]) -> tuple[str, str]:
    return "x" + " ".join(words), "x" + " ".join(words)


def folded_plain(words: list[str]) -> tuple[str, str]:
    return "x" + "\n    ".join(words), "x" + " ".join(words)


def folded_double(words: list[str]) -> tuple[str, str]:
    return '"' + " \\\n    ".join(words) + '"', " ".join(words)


def literal(lines: list[str]) -> tuple[str, str]:
    body = ["!", *lines, "."]
    return "|\n" + "\n".join("    " + line if line else "" for line in body), "\n".join(body) + "\n"


def folded_block(words: list[str]) -> tuple[str, str]:
    return ">\n    " + "\n    ".join(words), " ".join(words) + "\n"


STYLED = st.one_of(
    LINE_TEXT.map(single),
    LINE_TEXT.map(double),
    WORDS.map(plain),
    WORDS.map(folded_plain),
    WORDS.map(folded_double),
    BLOCK_LINES.map(literal),
    WORDS.map(folded_block),
)


def as_file(scalars: list[tuple[str, str]]) -> str:
    return "".join(f"k{number}:\n  - {source}\n" for number, (source, _) in enumerate(scalars))


@given(st.lists(STYLED, min_size=1, max_size=4))
def test_a_scalar_cut_out_of_the_text_is_the_scalar(scalars):
    doc = document(as_file(scalars), Syntax.YAML)
    for number, (source, text) in enumerate(scalars):
        assert doc.at((f"k{number}", 0)) == text
        found = cut(doc, doc.span((f"k{number}", 0), "value"))
        assert found.rstrip(" ") == source.rstrip(" ")
        back = document(f"- {found}\n", Syntax.YAML).value
        assert back == [text]


@given(st.lists(STYLED, min_size=1, max_size=3), st.data())
def test_a_part_of_a_scalar_starts_and_ends_with_its_own_characters(scalars, data):
    doc = document(as_file(scalars).replace("\n", data.draw(st.sampled_from(["\n", "\r\n"]))), Syntax.YAML)
    number = data.draw(st.integers(0, len(scalars) - 1))
    source, text = scalars[number]
    seen = [index for index, character in enumerate(text) if character not in " \n\t"]
    if not seen:
        return
    start = data.draw(st.sampled_from(seen))
    end = data.draw(st.sampled_from([index for index in seen if index >= start])) + 1
    found = cut(doc, doc.span((f"k{number}", 0), within=(start, end)))
    if source.startswith('"'):
        found = unescaped(found)
    assert [found[0], found[-1]] == [text[start], text[end - 1]]
    if "\n" not in found:
        assert found in (text[start:end], text[start:end].replace("'", "''"))


def unescaped(source: str) -> str:
    return source.replace("\\t", "\t").replace('\\"', '"').replace("\\\\", "\\")


FLOW = st.recursive(
    st.integers() | st.booleans() | st.none() | LINE_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LINE_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(FLOW)
def test_json_read_as_yaml_means_the_same_and_stands_in_the_same_place(value):
    text = json.dumps(value, ensure_ascii=False)
    as_yaml, as_json = document(text, Syntax.YAML), document(text, Syntax.JSON)
    assert as_yaml.value == as_json.value == value
    for route, leaf in leaves(value):
        if not isinstance(leaf, dict | list):
            assert as_yaml.span(route, "value") == as_json.span(route, "value")


@given(st.text(alphabet="ab:?,[]{}'\" \n%!\u2028\x85"))
def test_the_shield_keeps_lengths_and_can_be_taken_off(text):
    behind = shielded(text)
    assert len(behind) == len(text)
    assert unshielded(behind) == text
