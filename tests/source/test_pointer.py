from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.source.pointer import parse_pointer, render_pointer


def test_keys_are_escaped_as_rfc_6901_says():
    assert render_pointer(("a/b", "m~n", "", 3)) == "/a~1b/m~0n//3"
    assert parse_pointer("/a~1b/m~0n//3") == ("a/b", "m~n", "", "3")
    assert parse_pointer("/~01") == ("~1",)


def test_the_root_is_the_empty_text():
    assert render_pointer(()) == ""
    assert parse_pointer("") == ()


@pytest.mark.parametrize("text", ["a", "a/b", "/~", "/~2", "/a~"])
def test_a_text_that_is_no_pointer_is_refused(text):
    with pytest.raises(ValueError, match="pointer"):
        parse_pointer(text)


@given(st.lists(st.text(max_size=5)))
def test_parsing_is_the_inverse_of_rendering(steps):
    assert parse_pointer(render_pointer(tuple(steps))) == tuple(steps)
