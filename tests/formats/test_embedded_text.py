"""YAML inside a text of another file, as nodes that point into the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.embedded_yaml import embedded_yaml
from nhilint.model.place import Place

AT = Place("main.tf", ("resource", "x"))
TEXT = "kind: Role\nrules:\n  - verbs: [get]\n"


def test_every_part_points_into_the_text():
    root = embedded_yaml(TEXT, AT, 7)
    assert root is not None
    kind, verb = root["kind"], root.at_path("rules", 0, "verbs", 0)
    assert (kind.value, verb.value) == ("Role", "get")
    for node in (kind, verb):
        start, end = node.at.within or (0, 0)
        assert TEXT[start - 7 : end - 7] == node.value


def test_what_stands_for_an_expression_is_filled_in():
    root = embedded_yaml("a: xxx\nxxx: b\n", AT, fill=lambda part: part.replace("xxx", "told"))
    assert root is not None
    assert {key: node.value for key, node in root.entries()} == {"a": "told", "told": "b"}


@pytest.mark.parametrize("text", ["", "- a", "a", "a: [", "a: 1\n---\nb: 2\n", "x" * 200_001])
def test_what_is_no_lone_mapping_is_none(text):
    assert embedded_yaml(text, AT) is None


def test_depth_has_an_end():
    root = embedded_yaml("a: " + "{a: " * 90 + "1" + "}" * 90, AT)
    while root is not None and root["a"].exists:
        root = root["a"]
    assert root is None or root.value == "${too deep}"


@settings(max_examples=80, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["a", ":", " ", "\n", "- ", "&x", "*x", "{", "[", "!t", "|", "<<"])).map("".join)
)
def test_any_text_is_read_or_left(text):
    embedded_yaml(text, AT)
