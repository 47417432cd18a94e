"""Expressions: what is read, what is refused, and that nothing is read twice or by accident."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.github.expression import Call, Context, Literal, Operation, contexts, embedded, parse


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("github.Actor", Context(("github", "actor"))),
        ("github['event'].x", Context(("github", "event", "x"))),
        ("a.*.b", Context(("a", "*", "b"))),
        ("a[0].b", Context(("a", "?", "b"))),
        ("'it''s'", Literal("it's")),
        ("0xff", Literal(255.0)),
        ("TRUE", Literal(True)),
        ("!a", Operation("!", (Context(("a",)),))),
        ("a || b || c", Operation("||", tuple(Context((n,)) for n in "abc"))),
        ("a == b && c", Operation("&&", (Operation("==", (Context(("a",)), Context(("b",)))), Context(("c",))))),
        ("contains(a, 'x')", Call("contains", (Context(("a",)), Literal("x")))),
        ("fromJSON(a).b.c", Call("?", (Call("fromjson", (Context(("a",)),)),), ("b", "c"))),
    ],
)
def test_a_tree_has_the_shape_of_its_source(source, tree):
    assert parse(source) == tree


@pytest.mark.parametrize(
    "source", ["", "a ==", "((a)", "a b", "f(a", "'open", "a ? b : c", "(" * 100 + "a" + ")" * 100]
)
def test_what_is_no_expression_is_refused(source):
    assert parse(source) is None


def test_brackets_inside_a_text_do_not_close_it():
    text = "x ${{ format('}}', a) }} y ${{ b }} ${{ open"
    assert [(text[e.start : e.end], e.source) for e in embedded(text)] == [
        ("${{ format('}}', a) }}", "format('}}', a)"),
        ("${{ b }}", "b"),
    ]


def test_a_long_chain_is_wide_and_not_deep():
    term = parse(" && ".join(["a"] * 1_000))
    assert isinstance(term, Operation)
    assert len(contexts(term)) == 1_000


@given(st.text(alphabet="abc.*[]()'!=<>&|,0 {}$", max_size=60))
def test_no_text_breaks_the_reader(text):
    parse(text)
    for part in embedded(text):
        assert text[part.start : part.start + 3] == "${{"
