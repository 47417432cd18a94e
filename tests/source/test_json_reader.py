from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_slices import cut, document, leaves

from nhilint.source.document import Syntax, Unreadable
from nhilint.source.json_text import strict_text

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def refusal(text, syntax=Syntax.JSON) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        document(text, syntax)
    return caught.value


COMMENTED = '{ // one\n  "a": [1, 2, /* two */ ], "b//": "/* no */",\n}\n'


def test_comments_and_trailing_commas_are_read():
    doc = document(COMMENTED, Syntax.JSONC)
    assert doc.value == {"a": [1, 2], "b//": "/* no */"}
    assert doc.warnings == ()
    assert cut(doc, doc.span(("b//",))) == '"/* no */"'


def test_in_strict_json_they_are_remarked():
    doc = document(COMMENTED, Syntax.JSON)
    assert doc.value == {"a": [1, 2], "b//": "/* no */"}
    assert [(remark.kind, remark.line) for remark in doc.warnings] == [("lenient-json", 1)]


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("", "empty", 1, 1),
        (" \n\t", "empty", 1, 1),
        ('{"a": 1', "malformed", 1, 8),
        ('{"a": 1} x', "malformed", 1, 10),
        ('["a\nb"]', "malformed", 1, 4),
        ("[1,\n NaN]", "malformed", 2, 2),
        ('["NaN", -Infinity]', "malformed", 1, 9),
        ("{'a': 1}", "malformed", 1, 2),
        ("[1 /* open", "malformed", 1, 11),
        ("[" + "9" * 5000 + "]", "malformed", 1, 2),
    ],
)
def test_faults_have_a_kind_and_a_place(text, kind, line, column):
    error = refusal(text)
    assert (error.kind, error.line, error.column) == (kind, line, column)


def test_duplicate_keys_are_remarked_and_the_last_counts():
    doc = document('{"a": 1, "b": {"c": 1,\n "\\u0063": 2}, "a": 3}', Syntax.JSON)
    assert doc.value == {"a": 3, "b": {"c": 2}}
    assert [(remark.kind, remark.line, remark.column) for remark in doc.warnings] == [
        ("duplicate-key", 2, 2),
        ("duplicate-key", 2, 16),
    ]
    assert cut(doc, doc.span(("a",))) == "3"


def test_half_surrogate_pairs_are_replaced():
    doc = document(r'{"\ud800k": ["\udc00", "\ud83d\ude00"]}', Syntax.JSON)
    assert doc.value == {"\ufffdk": ["\ufffd", "😀"]}
    assert [remark.kind for remark in doc.warnings] == ["lone-surrogate"]
    assert cut(doc, doc.span(("\ufffdk", 1))) == r'"\ud83d\ude00"'


def test_an_escaped_backslash_is_no_surrogate():
    doc = document(r'["\\ud800"]', Syntax.JSON)
    assert doc.value == [r"\ud800"]
    assert doc.warnings == ()


def test_a_byte_order_mark_is_no_fault():
    assert document("\ufeff[1]", Syntax.JSON).value == [1]


@given(JSON_VALUES, st.sampled_from([None, 2]), st.booleans())
def test_strict_text_passes_the_lenient_route_unchanged(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert strict_text(text) == text


@given(JSON_VALUES)
def test_added_comments_and_commas_change_no_value(value):
    text = json.dumps(value, indent=1)
    lines = [line + " // note" for line in text.split("\n")]
    loose = "/* head */" + "\n".join(lines)
    for closing in "]}":
        loose = loose.replace(f" // note\n{closing}", f", // note\n{closing}")
    expected = json.loads(text)
    doc = document(loose, Syntax.JSONC)
    assert doc.value == expected


@given(JSON_VALUES, st.sampled_from([None, 1]), st.booleans())
def test_a_scalar_cut_out_of_the_text_is_the_scalar(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    doc = document(text, Syntax.JSON)
    assert doc.value == value
    for route, leaf in leaves(value):
        assert json.loads(cut(doc, doc.span(route, "value"))) == leaf


@given(st.text(min_size=1), st.booleans(), st.data())
def test_a_part_of_a_string_is_found_exactly(text, ascii_only, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    doc = document(json.dumps({"k": text}, ensure_ascii=ascii_only), Syntax.JSON)
    part = cut(doc, doc.span(("k",), within=(start, end)))
    assert json.loads(f'"{part}"') == text[start:end]
