"""Tests that a value and its places, read in one walk, are those of two walks."""

from __future__ import annotations

import pytest

from nhilint.source.document import Syntax, read, read_placed
from nhilint.source.unreadable import Unreadable

TEXTS = (
    "a: 1\nb: [x, 'y', {c: d}]\n",
    "base: &base {x: 1, y: 2}\nall:\n  <<: *base\n  y: 3\nalso: *base\n",
    "list:\n  - <<: [{a: 1}, {b: 2}]\n    c: 3\n",
    "<<: text\nk: !Ref v\nm: !If [a, b]\n",
    "a: 1\n---\nb: 2\n",
    "",
    "k: |\n  one\n  two\nk: twice\n",
)


def _shape(place):
    inside = place.children
    inner = None
    if isinstance(inside, dict):
        inner = {key: _shape(one) for key, one in inside.items()}
    elif inside is not None:
        inner = [_shape(one) for one in inside]
    return place.start, place.end, place.key, place.content, place.style, inner


@pytest.mark.parametrize("text", TEXTS)
def test_one_walk_finds_what_two_find(text):
    apart, together = (one("x.yaml", text.encode(), Syntax.YAML) for one in (read, read_placed))
    assert together.value == apart.value
    assert together.warnings == apart.warnings
    assert together.span(("a",)) == apart.span(("a",))
    together.span(()), apart.span(())
    assert _shape(together._places) == _shape(apart._places)


def test_another_syntax_is_read_as_ever():
    document = read_placed("x.json", b'{"a": 1}', Syntax.JSON)
    assert document.value == {"a": 1}
    assert document.span(("a",)).start.column == 7


def test_a_fault_is_a_fault():
    with pytest.raises(Unreadable):
        read_placed("x.yaml", b"a: [1\n", Syntax.YAML)
