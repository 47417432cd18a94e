from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_slices import cut, document

from nhilint.source.document import Limits, Syntax, Unreadable, read

SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<App xmlns="http://example.com/ns">
    <label>Ünïcode &amp; more</label>
    <scopes>Api</scopes>
    <scopes> Web </scopes>
    <policy><ip>BYPASS</ip><empty/></policy><!-- tail -->
</App>
"""


def xml(text):
    return document(text, Syntax.XML)


def refusal(text, limits=None):
    with pytest.raises(Unreadable) as caught:
        read("x.xml", text.encode(), Syntax.XML, *([limits] if limits else []))
    return caught.value


def test_elements_become_names_and_texts():
    assert xml(SAMPLE).value == {
        "App": {"label": "Ünïcode & more", "scopes": ["Api", "Web"], "policy": {"ip": "BYPASS", "empty": ""}}
    }


@pytest.mark.parametrize(
    ("pointer", "part", "shown"),
    [
        (("App", "scopes", 0), "auto", "Api"),
        (("App", "scopes", 1), "auto", "Web"),
        (("App", "policy", "ip"), "auto", "BYPASS"),
        (("App", "policy"), "auto", "policy"),
        (("App", "scopes"), "key", "scopes"),
        (("App", "label"), "value", "Ünïcode &amp; more"),
        (("App", "policy", "empty"), "key", "empty"),
    ],
)
def test_places_are_those_of_the_text_also_behind_other_letters(pointer, part, shown):
    doc = xml(SAMPLE)
    assert cut(doc, doc.span(pointer, part)) == shown


def test_a_part_of_a_text_is_found():
    doc = xml("<a><b>Api, Web</b></a>")
    assert cut(doc, doc.span(("a", "b"), within=(5, 8))) == "Web"


def test_comments():
    assert [(c.text, c.line, c.own_line) for c in xml(SAMPLE).comments()] == [
        ("made by hand", 2, True),
        ("tail", 7, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "ccc">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://example.com/b">%b;]><a/>',
    ],
)
def test_a_document_type_is_refused_before_it_is_looked_into(text):
    assert "document type" in refusal(text).message


@pytest.mark.parametrize("text", ["<a>", "<a></b>", "<a>&nbsp;</a>", "text", "<a/><b/>"])
def test_what_is_no_xml_is_refused_with_its_place(text):
    assert refusal(text).line == 1


def test_limits():
    assert refusal("<a>" * 200 + "</a>" * 200).kind == "too-deep"
    assert refusal("<a>" + "<b/>" * 50 + "</a>", Limits(nodes=20)).kind == "too-many-nodes"
    assert refusal("  \n").kind == "empty"


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
        max_size=20,
    )
)
def test_any_text_inside_an_element_comes_back(text):
    from xml.sax.saxutils import escape

    value = xml(f"<a><b>{escape(text)}</b></a>").value
    assert value == {"a": {"b": text.strip()}}


@given(st.text(alphabet="<>/ab&;!-[]=\"' é\n", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        doc = read("x.xml", text.encode(), Syntax.XML)
    except Unreadable:
        return
    doc.span(("a",))
    doc.comments()
