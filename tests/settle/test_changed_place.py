"""Which lines a change touches, whatever it moves."""

from __future__ import annotations

from nhilint.settle.changed_place import changed_lines, place_of_line


def test_lines_that_are_new_or_other():
    assert changed_lines("a\nb\nc\n", "a\nx\nc\nd\n") == {2, 4}
    assert changed_lines("a\nb\n", "b\na\n") == frozenset()
    assert changed_lines("a\n", "a\na\n") == {2}
    assert changed_lines(None, "a\nb\n") == {1, 2}


def test_a_line_as_a_place():
    place = place_of_line("a\n  bc  \n", "x", 2)
    assert (place.part, place.within) == ("source", (4, 6))
