from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.source.lines import Lines, position_in
from nhilint.source.span import Position


def test_every_kind_of_line_end_ends_one_line():
    lines = Lines("a\nb\r\nc\rd")
    assert [lines.text(number) for number in range(1, 5)] == ["a", "b", "c", "d"]
    assert len(lines) == 4


def test_other_separators_end_none():
    assert len(Lines("a\x85b\u2028c\u2029d\x0be\x0cf")) == 1


def test_columns_count_code_points():
    assert position_in("é😀x", 2) == Position(1, 3)
    assert position_in("a\n😀x", 3) == Position(2, 2)


@pytest.mark.parametrize("number", [0, -1, 3])
def test_lines_that_are_not_there(number):
    with pytest.raises(IndexError):
        Lines("a\nb").text(number)


def test_a_final_line_end_opens_an_empty_line():
    assert Lines("a\n").text(2) == ""


@given(st.text(alphabet="ab\r\n😀"), st.data())
def test_an_offset_is_its_line_start_plus_its_column(text, data):
    offset = data.draw(st.integers(0, len(text)))
    lines = Lines(text)
    line, column = lines.position(offset)
    assert lines.start(line) + column - 1 == offset
