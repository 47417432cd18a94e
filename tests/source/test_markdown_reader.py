from __future__ import annotations

import pytest
from source_slices import cut, document

from nhilint.source.document import Syntax, Unreadable

SOUND = """---
name: helper # the name
tools:
  - Read
  - Bash
description: >-
  Does
  things
---
# Title

Body text.
"""
LOOSE = """---
name: helper
description: Use when: asked
  and also: then
globs: *.ts, **/*.js
tools: [Read, Bash]
---
Body
"""


def markdown(text):
    return document(text, Syntax.MARKDOWN)


def kinds(doc):
    return [remark.kind for remark in doc.warnings]


def test_front_matter_and_body_are_parted():
    doc = markdown(SOUND)
    assert doc.value == {
        "frontmatter": {"name": "helper", "tools": ["Read", "Bash"], "description": "Does things"},
        "body": "# Title\n\nBody text.\n",
    }
    assert doc.warnings == ()


def test_places_count_from_the_start_of_the_file():
    doc = markdown(SOUND)
    assert doc.span(("frontmatter", "tools")).start == (3, 1)
    assert cut(doc, doc.span(("frontmatter", "tools", "1"))) == "Bash"
    assert cut(doc, doc.span(("frontmatter", "description"), within=(5, 8))) == "thi"
    start = doc.value["body"].index("text")
    span = doc.span(("body",), within=(start, start + 4))
    assert (span.start, cut(doc, span)) == ((12, 6), "text")


def test_front_matter_that_is_no_yaml_is_read_line_by_line():
    doc = markdown(LOOSE)
    assert doc.value["frontmatter"] == {
        "name": "helper",
        "description": "Use when: asked and also: then",
        "globs": "*.ts, **/*.js",
        "tools": ["Read", "Bash"],
    }
    assert [(remark.kind, remark.line) for remark in doc.warnings] == [("lenient-frontmatter", 3)]


def test_its_places_are_true_as_well():
    doc = markdown(LOOSE)
    assert cut(doc, doc.span(("frontmatter", "globs"))) == "*.ts, **/*.js"
    assert cut(doc, doc.span(("frontmatter", "tools", 1))) == "Bash"
    assert doc.span(("frontmatter", "tools"), "key").start == (6, 1)
    assert cut(doc, doc.span(("frontmatter", "description"), within=(10, 15))) == "asked"
    assert cut(doc, doc.span(("frontmatter", "description"), within=(16, 24))) == "and also"


def test_keys_given_twice_in_it_are_remarked():
    doc = markdown("---\na: b: c\na: d\n---\n")
    assert doc.value["frontmatter"] == {"a": "d"}
    assert kinds(doc) == ["duplicate-key", "lenient-frontmatter"]


@pytest.mark.parametrize("front", ["- a: b: c\n", ": :\n", "]\n", "prose\nname: b: c\n"])
def test_front_matter_that_is_nothing_is_unreadable(front):
    with pytest.raises(Unreadable) as caught:
        markdown(f"---\n{front}---\nbody")
    assert caught.value.kind == "malformed"
    assert caught.value.line in {2, 3}


def test_a_bomb_in_front_matter_is_no_matter_of_leniency():
    with pytest.raises(Unreadable) as caught:
        markdown("---\na: &a [*a]\n---\n")
    assert caught.value.kind == "alias-bomb"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("# Title\n---\na: b\n---\n", "# Title\n---\na: b\n---\n"),
        ("", ""),
        ("---\n---\nx", "x"),
        ("---\n# only a comment\n---\nx", "x"),
    ],
)
def test_without_front_matter(text, body):
    doc = markdown(text)
    assert doc.value == {"frontmatter": None, "body": body}
    assert doc.warnings == ()


@pytest.mark.parametrize("text", ["---\nname: a\nno end", "---\njust prose\n---\nmore", "---\n- a\n- b\n---\n"])
def test_what_only_looks_like_front_matter_is_body(text):
    doc = markdown(text)
    assert doc.value == {"frontmatter": None, "body": text}
    assert kinds(doc) == ["no-frontmatter"]


def test_blank_lines_windows_line_ends_and_marks():
    doc = markdown("\ufeff\r\n---\r\nname: x\r\n---\r\nbody\r\n")
    assert doc.value == {"frontmatter": {"name": "x"}, "body": "body\r\n"}
    assert doc.span(("frontmatter", "name")).start == (3, 7)
    assert doc.span(("body",), within=(0, 4)).start == (5, 1)


def test_a_pointer_to_a_key_that_is_not_there():
    doc = markdown(SOUND)
    assert cut(doc, doc.span(("frontmatter", "model"))) == ""
    assert doc.span(("frontmatter", "tools", 7)).start == (3, 1)
