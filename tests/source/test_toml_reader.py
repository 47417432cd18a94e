from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_slices import cut, document, leaves

from nhilint.source.document import Syntax, Unreadable

SAMPLE = '''# head
a.b."c d" = 1
list = [1, "two", { k = 'v', m.n = 2 }] # tail
[mcp_servers.github]
command = """
npx \\
  run"""
args = ["-y",
  "é/x",
]
[[steps]]
name = 1
[[steps]]
name = 2020-01-01
[steps.deep.er]
z = 1e5
[[steps.inner]]
"y\\u0020" = true
'''


def toml(text):
    return document(text, Syntax.TOML)


def refusal(text) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        toml(text)
    return caught.value


def test_values_are_those_of_the_standard_library_with_dates_as_text():
    expected = tomllib.loads(SAMPLE)
    expected["steps"][1]["name"] = "2020-01-01"
    assert toml(SAMPLE).value == expected


@pytest.mark.parametrize(
    ("route", "key", "source"),
    [
        (("a", "b", "c d"), '"c d"', "1"),
        (("list", 2, "k"), "k", "'v'"),
        (("list", 2, "m", "n"), "n", "2"),
        (("mcp_servers", "github", "args", 1), None, '"é/x"'),
        (("steps", 0, "name"), "name", "1"),
        (("steps", 1, "name"), "name", "2020-01-01"),
        (("steps", 1, "deep", "er", "z"), "z", "1e5"),
        (("steps", 1, "inner", 0, "y "), '"y\\u0020"', "true"),
    ],
)
def test_keys_and_values_are_found(route, key, source):
    doc = toml(SAMPLE)
    assert cut(doc, doc.span(route)) == source
    if key:
        assert cut(doc, doc.span(route, "key")) == key


def test_tables_are_shown_by_their_key():
    doc = toml(SAMPLE)
    assert doc.span(("mcp_servers", "github")).start == (4, 14)
    assert cut(doc, doc.span(("steps",))) == "steps"
    assert doc.span(("steps", 1)).start == (13, 3)
    assert cut(doc, doc.span(("a", "b"))) == "b"


def test_a_part_of_a_text_is_found_in_every_notation():
    doc = toml("""a = "x\\ty z"\nb = 'x y'\nc = '''\nx\ny'''\nd = \"\"\"\\\n   x y\"\"\"\n""")
    assert doc.value == {"a": "x\ty z", "b": "x y", "c": "x\ny", "d": "x y"}
    assert cut(doc, doc.span(("a",), within=(1, 3))) == "\\ty"
    assert cut(doc, doc.span(("b",), within=(2, 3))) == "y"
    assert cut(doc, doc.span(("c",), within=(2, 3))) == "y"
    assert cut(doc, doc.span(("d",), within=(2, 3))) == "y"


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("a = \n", "malformed", 1, 5),
        ("a = 1\nb = [1,\n", "malformed", 3, 1),
        ("a = 1\na = 2\n", "duplicate-key", 2, 6),
        ("[a]\n[a]\n", "duplicate-key", 2, 3),
        ("a = 1 b = 2", "malformed", 1, 7),
    ],
)
def test_faults_have_a_kind_and_a_place(text, kind, line, column):
    error = refusal(text)
    assert (error.kind, error.line, error.column) == (kind, line, column)


def test_windows_line_ends():
    doc = toml('a = 1\r\nb = """\r\nx"""\r\n[t]\r\nc = 2\r\n')
    assert doc.value == {"a": 1, "b": "x", "t": {"c": 2}}
    assert doc.span(("t", "c")).start == (5, 5)


@pytest.mark.parametrize("text", ['k = "' + "a." * 200 + '"', "k = [" + '"a.b", ' * 200 + "]"])
def test_many_dots_in_one_line_are_no_deep_key(text):
    assert toml(text).value == tomllib.loads(text)


KEYS = st.text(alphabet="ab_-1", min_size=1, max_size=3)
SCALARS = st.integers(-(2**40), 2**40) | st.booleans() | st.text(alphabet='ab é😀"\\\t', max_size=6)


def source_of(value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(source_of, value)) + "]"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


@given(st.dictionaries(KEYS, st.dictionaries(KEYS, SCALARS | st.lists(SCALARS, max_size=3), max_size=3), max_size=3))
def test_a_scalar_cut_out_of_the_text_is_the_scalar(tables):
    text = "".join(
        f"[{name}]\n" + "".join(f"{key} = {source_of(item)} # n\n" for key, item in table.items())
        for name, table in tables.items()
    )
    doc = toml(text)
    assert doc.value == tables
    for route, leaf in leaves(tables):
        if not isinstance(leaf, dict):
            assert tomllib.loads("x = " + cut(doc, doc.span(route, "value")))["x"] == leaf
