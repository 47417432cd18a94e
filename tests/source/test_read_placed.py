"""Tests that a value and its places, read in one go, are those of two."""

from __future__ import annotations

import pytest

from nhilint.source import hcl_reader
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


HCL_TEXTS = (
    'a = 1\nb = [var.x, "y", {c = "d"}]\n',
    'resource "r" "one" {\n  a = 1\n  b = jsonencode({ k = "v" })\n}\nresource "r" "two" {}\n',
    'a = "${var.x}-y"\na = 2\n',
    "a = <<EOT\n  ü\nEOT\n",
    'variable "a" { type = string }\nmodule m { source = "./m" }\n',
)


@pytest.mark.parametrize(
    ("text", "syntax"), [*((text, Syntax.YAML) for text in TEXTS), *((text, Syntax.HCL) for text in HCL_TEXTS)]
)
def test_one_look_finds_what_two_find(text, syntax):
    apart, together = (one("x", text.encode(), syntax) for one in (read, read_placed))
    assert together.value == apart.value
    assert together.warnings == apart.warnings
    assert together.span(("a",)) == apart.span(("a",))
    together.span(()), apart.span(())
    assert _shape(together._places) == _shape(apart._places)


def test_another_syntax_is_read_as_ever():
    document = read_placed("x.json", b'{"a": 1}', Syntax.JSON)
    assert document.value == {"a": 1}
    assert document.span(("a",)).start.column == 7


@pytest.mark.parametrize(("text", "syntax"), [(b"a: [1\n", Syntax.YAML), (b"a = [1\n", Syntax.HCL)])
def test_a_fault_is_a_fault(text, syntax):
    with pytest.raises(Unreadable):
        read_placed("x", text, syntax)


def test_a_text_of_terraform_is_parsed_once(monkeypatch):
    parsed = []
    real = hcl_reader.parse
    monkeypatch.setattr(hcl_reader, "parse", lambda *given: parsed.append(given) or real(*given))
    assert read_placed("x.tf", b"a = 1\n", Syntax.HCL).span(("a",)).start.column == 5
    assert len(parsed) == 1
