"""Whatever a file holds, reading it ends in a document whose places can be asked for, or in Unreadable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.source.document import Document, Expression, Syntax, Tagged, Unreadable, Value, read

if TYPE_CHECKING:
    from nhilint.source.pointer import Pointer

SOUND = {
    Syntax.YAML: "a: &x [1, {b: 'c'}] # n\nd: |\n  e\n  f\n<<: {g: *x}\nh: !Ref \"i\\tj\"\n? [k]\n: ~\n---\nl: m:n\n",
    Syntax.JSON: '{"a": [1, -2.5e3, "b\\n\\ud83d\\ude00", {"c": null}], "d": true, "d": "é"}',
    Syntax.JSONC: '{ // n\n "a": [1, /* m */ "//",], }',
    Syntax.TOML: 'a.b = 1 # n\n[[t]]\nc = [1, {d = \'e\'}]\n[t.u]\nv = """\nw\\\n x"""\ny = 2020-01-01\n',
    Syntax.HCL: 'a "b" {\n c = "d${e}" # n\n f = [1, -2, g(h)]\n i = <<-J\n  k\n J\n}\nl = { m = "\\n", (n) = 1 }\n',
    Syntax.MARKDOWN: "---\na: b: c\nd:\n - e # n\n---\n# T\n<!-- f -->\n```\ng\n```\n",
    Syntax.TEXT: "a\r\nb",
}
PIECES = [
    *"[]{}()<>:,.#\"'`&*!?|-=$%\\/~@\n\r\t \x00\x85\u2028\ufeff\ue03aé😀01ax",
    "---\n", '"""', "'''", "${", "%{", "<<", "<<E\n", "/*", "*/", "//", "<!--", "&a ", "*a ", "!!", "[[", "\\u", "\\ud800", "? ",
]  # fmt: skip


@st.composite
def damaged(draw) -> tuple[Syntax, str]:
    syntax = draw(st.sampled_from(list(SOUND)))
    text = SOUND[draw(st.sampled_from([syntax, syntax, syntax, *SOUND]))]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        text = text[:start] + draw(st.sampled_from(["", *PIECES])) + text[end:]
    return syntax, text


def routes(value: Value, route: Pointer = ()) -> list[Pointer]:
    inner = value.value if isinstance(value, Tagged) else value
    steps: list[tuple[str | int, Value]] = []
    if isinstance(inner, dict):
        steps = list(inner.items())
    elif isinstance(inner, list):
        steps = list(enumerate(inner))
    elif isinstance(inner, Expression):
        steps = list(enumerate(inner.arguments))
    return [route, *(found for step, item in steps for found in routes(item, (*route, step)))]


def read_or_refuse(text: str, syntax: Syntax) -> Document | Unreadable:
    try:
        return read("x", text.encode(), syntax)
    except Unreadable as error:
        return error


@settings(max_examples=400, deadline=None)
@given(damaged())
def test_a_damaged_file_is_read_or_refused(case):
    syntax, text = case
    found = read_or_refuse(text, syntax)
    if isinstance(found, Unreadable):
        assert found.message
        assert (found.line is None) == (found.column is None)
        assert found.line is None or 1 <= found.line <= len(text) + 2
        return
    for route in routes(found.value):
        assert_places_lie_within(found, route)
    for comment in found.comments():
        assert found.line(comment.line)


def assert_places_lie_within(doc: Document, route: Pointer) -> None:
    value = doc.at(route)
    if isinstance(value, Tagged):
        value = value.value
    decoded = value.text if isinstance(value, Expression) else value
    places = [doc.span(route), doc.span(route, "key"), doc.span(route, "value"), doc.span((*route, "none"))]
    if isinstance(decoded, str):
        places += [doc.span(route, within=(at, at + 1)) for at in range(min(len(decoded), 9))]
    for start, end in places:
        assert start <= end
        assert 1 <= start.line <= len(doc.lines)
        assert end.column <= len(doc.line(end.line)) + 2
