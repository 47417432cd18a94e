from __future__ import annotations

import pytest
from source_slices import document

from nhilint.source.document import Comment, Syntax


def comments(text, syntax):
    return document(text, syntax).comments()


def texts(text, syntax):
    return [comment.text for comment in comments(text, syntax)]


def test_a_comment_has_text_place_and_company():
    assert comments("# one\na: 1  # two\n  # three\n", Syntax.YAML) == (
        Comment("one", 1, 1, own_line=True),
        Comment("two", 2, 7, own_line=False),
        Comment("three", 3, 3, own_line=True),
    )


def test_in_yaml_only_outside_of_scalars():
    text = """a: "x # 1" # 2
b: 'y # 3'
c: z#4 # 5
d: | # 6
  # 7
  text # 8
# 9
e: [1, # 10
  2]
f: >-
  # 11

# 12
"""
    assert texts(text, Syntax.YAML) == ["2", "5", "6", "9", "10", "12"]


def test_in_a_yaml_file_without_values():
    assert texts("# a\n# b", Syntax.YAML) == ["a", "b"]


def test_in_jsonc():
    text = '{ // one\n "a//b": "/* no */", /* two\n lines */ "c": "\\"// no" }'
    assert texts(text, Syntax.JSONC) == ["one", "two\n lines"]
    assert texts('{"a": "http://x"}', Syntax.JSON) == []


def test_in_toml():
    assert texts('# é\na = "# no" # two\nb = [ # three\n1]\n', Syntax.TOML) == ["é", "two", "three"]


def test_in_hcl():
    text = '# one\n// two\na = "# no" # three\n/* four */ b = <<E\n# no\nE\n'
    assert texts(text, Syntax.HCL) == ["one", "two", "three", "four"]


def test_in_markdown():
    text = """---
a: b # front
---
<!-- one --> x `<!-- no -->` <!-- two
lines -->
```
<!-- no -->
```
~~~ x
<!-- no -->
~~~
    <!-- three -->
"""
    assert texts(text, Syntax.MARKDOWN) == ["front", "one", "two\nlines", "three"]


def test_in_markdown_places_count_from_the_start_of_the_file():
    assert comments("---\na: b\n---\n\n<!-- x -->\n", Syntax.MARKDOWN) == (Comment("x", 5, 1, own_line=True),)


@pytest.mark.parametrize("text", ["# x", "// x", "<!-- x -->"])
def test_plain_text_has_none(text):
    assert comments(text, Syntax.TEXT) == ()


def test_in_front_matter_that_is_no_yaml_only_those_with_a_line_to_themselves():
    text = "---\n# one\na: b: c # d\n  # two\n---\n<!-- three -->\n"
    assert texts(text, Syntax.MARKDOWN) == ["one", "two", "three"]


def test_they_are_looked_for_once():
    doc = document("a: 1 # x\n", Syntax.YAML)
    assert doc.comments() is doc.comments()
