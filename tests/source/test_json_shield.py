"""Bare template expressions in JSON are read as texts, and nothing else changes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.source.document import Syntax, read
from nhilint.source.json_reader import read_json
from nhilint.source.json_shield import shielded
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ${x}}',
        '{"a": ${ab}}',
        '{"a": [${jsonencode(["x", "y"])}, 1]}',
        '{"a": ${join(",", [for k in {b = 1} : "${k}"])}}',
        '{"a": ${x\n}}',
    ],
)
def test_an_expression_becomes_a_text_of_its_length(text):
    quiet = shielded(text)
    assert len(quiet) == len(text)
    value = json.loads(quiet)["a"]
    assert str(value[0] if isinstance(value, list) else value).startswith("$")


@pytest.mark.parametrize(
    "text", ['{"a": "k: ${x}"}', '{"a": "b"}', '{"a": "\\"${x}"}', '{"a": ${}}', '{"a": ${x', "// ${x}\n{}"]
)
def test_everything_else_stays(text):
    assert shielded(text) == text


def test_places_after_an_expression_are_true():
    text = '{"Resource": ${arn}, "Action": "s3:*"}'
    document = read("p.json", text.encode(), Syntax.JSON)
    start, end = document.span(("Action",), "value")
    assert text[start.column - 1 : end.column - 1] == '"s3:*"'
    assert [remark.kind for remark in read_json(text, DEFAULT_LIMITS).remarks] == ["lenient-json"]


def test_a_directive_is_still_malformed():
    with pytest.raises(Unreadable):
        read("p.json", b'{"a": %{ if x }1%{ endif }}', Syntax.JSON)


@given(st.text(alphabet='${}" \\a,:[]\n/*', max_size=60))
def test_no_text_changes_its_length(text):
    assert len(shielded(text)) == len(text)


def test_strict_json_is_never_touched_by_the_reader():
    value = {"a": "x ${b} y", "c": ["${d}"]}
    reading = read_json(json.dumps(value), DEFAULT_LIMITS)
    assert reading.value == value
    assert not reading.remarks
