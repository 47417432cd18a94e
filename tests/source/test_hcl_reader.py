from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_slices import cut, document

from nhilint.source.document import Expression, Syntax, Unreadable

SAMPLE = r"""# head
resource "aws_iam_role" "app" {
  name  = "app-${var.stage}"
  plain = "a \"q\" $${x} %%{y} é \t"
  count = -1
  ratio = 2.5
  on    = true
  none  = null
  list  = ["a", 1, var.x[0], [], ]
  map   = { a = 1, "b" : 2, (var.k) = 3
    c = { d = 4 } }
  policy = jsonencode({ Version = "1", Statement = [{ Action = "s3:*" }] })
  doc = <<-EOT
    line one

      line $${two}
    EOT
  live = <<EOT
${var.x}
EOT
  sum    = 1 + 2
  choice = a ? b : c
  paren  = ("x")
  each   = [for s in var.l : s]
  access = data.x.y.json
  statement {
    actions = ["*"]
  }
  statement {}
}

provider "aws" {}
locals {
  a = 1
}
locals {
  b = 2
}
"""


def hcl(text):
    return document(text, Syntax.HCL)


def body():
    return hcl(SAMPLE).value["resource"]["aws_iam_role"]["app"][0]


def test_literals_are_values():
    found = body()
    assert found["plain"] == 'a "q" ${x} %{y} é \t'
    assert (found["count"], found["ratio"], found["on"], found["none"]) == (-1, 2.5, True, None)
    assert found["map"] == {"a": 1, "b": 2, "(var.k)": 3, "c": {"d": 4}}
    assert found["paren"] == "x"
    assert found["list"] == ["a", 1, Expression("var.x[0]"), []]


def test_heredocs_without_interpolation_are_text():
    assert body()["doc"] == "line one\n\n  line ${two}\n"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("name", '"app-${var.stage}"'),
        ("live", "<<EOT\n${var.x}\nEOT"),
        ("sum", "1 + 2"),
        ("choice", "a ? b : c"),
        ("each", "[for s in var.l : s]"),
        ("access", "data.x.y.json"),
    ],
)
def test_what_is_no_literal_is_kept_as_source(name, source):
    assert body()[name] == Expression(source)


def test_a_call_holds_its_arguments():
    call = body()["policy"]
    assert call.function == "jsonencode"
    assert call.arguments == ({"Version": "1", "Statement": [{"Action": "s3:*"}]},)
    doc = hcl(SAMPLE)
    route = ("resource", "aws_iam_role", "app", 0, "policy", 0, "Statement", 0, "Action")
    assert doc.at(route) == "s3:*"
    assert cut(doc, doc.span(route)) == '"s3:*"'


def test_an_indexed_call_is_no_call():
    assert hcl("a = f(1)[0]").value == {"a": Expression("f(1)[0]")}


def test_blocks_end_in_lists_of_bodies():
    found = hcl(SAMPLE).value
    assert found["provider"] == {"aws": [{}]}
    assert found["locals"] == [{"a": 1}, {"b": 2}]
    assert body()["statement"] == [{"actions": ["*"]}, {}]


def test_blocks_of_one_type_with_and_without_labels():
    doc = hcl('a "x" {\n k = 1\n}\na {\n k = 2\n}\n')
    assert doc.value == {"a": {"x": [{"k": 1}], "": [{"k": 2}]}}
    assert [remark.kind for remark in doc.warnings] == ["mixed-labels"]
    assert doc.span(("a", "", 0, "k")).start == (5, 6)


def test_names_given_twice_are_remarked():
    doc = hcl("a = 1\na = 2\nb = { c = 1, c = 2 }\nd = 1\nd {}\n")
    assert doc.value == {"a": 2, "b": {"c": 2}, "d": [{}]}
    assert sorted((remark.kind, remark.line) for remark in doc.warnings) == [
        ("duplicate-key", 2),
        ("duplicate-key", 3),
        ("duplicate-key", 5),
    ]


@pytest.mark.parametrize(
    ("route", "part", "source"),
    [
        (("resource",), "auto", "resource"),
        (("resource", "aws_iam_role"), "auto", '"aws_iam_role"'),
        (("resource", "aws_iam_role", "app", 0), "auto", 'resource "aws_iam_role" "app"'),
        (("resource", "aws_iam_role", "app", 0, "count"), "auto", "-1"),
        (("resource", "aws_iam_role", "app", 0, "map", "b"), "key", '"b"'),
        (("resource", "aws_iam_role", "app", 0, "list"), "auto", "list"),
        (("resource", "aws_iam_role", "app", 0, "live"), "auto", "live"),
        (("resource", "aws_iam_role", "app", 0, "statement", 1), "auto", "statement"),
        (("locals", 1, "b"), "value", "2"),
    ],
)
def test_spans(route, part, source):
    doc = hcl(SAMPLE)
    assert cut(doc, doc.span(route, part)) == source


def test_parts_of_texts():
    doc = hcl(SAMPLE)
    role = ("resource", "aws_iam_role", "app", 0)
    text = doc.at((*role, "doc"))
    start = text.index("${two}")
    assert cut(doc, doc.span((*role, "doc"), within=(start, start + 6))) == "$${two}"
    assert cut(doc, doc.span((*role, "plain"), within=(2, 5))) == r"\"q\""
    assert cut(doc, doc.span((*role, "name"), within=(5, 8))) == "${v"
    assert cut(doc, doc.span((*role, "access"), within=(0, 4))) == "data"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = {", 1), ("a = 1\nb = \nc = 3", 2), ("a {\n b = 1\n", 2), ('a = "x\n', 1), ("}", 1), ('a = "é" "x"\n', 1)],
)
def test_a_faulty_text_is_refused_with_a_place(text, line):
    with pytest.raises(Unreadable) as caught:
        hcl(text)
    assert caught.value.kind == "malformed"
    assert caught.value.line in {line, line + 1}
    assert caught.value.column is not None


@pytest.mark.parametrize("text", ["", "\n", "# only\n"])
def test_nothing_is_an_empty_body(text):
    assert hcl(text).value == {}


def test_windows_line_ends():
    doc = hcl('a {\r\n  b = "x"\r\n}\r\n')
    assert doc.value == {"a": [{"b": "x"}]}
    assert doc.span(("a", 0, "b")).start == (2, 7)


def escaped(text: str) -> str:
    for plain, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("${", "$${"), ("%{", "%%{")):
        text = text.replace(plain, escape)
    return f'"{text}"'


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text('ab é😀"\\\n\t{}', max_size=8), max_size=4))
def test_a_quoted_text_cut_out_of_the_file_is_the_text(entries):
    text = "".join(f"{name} = {escaped(item)} # note\n" for name, item in entries.items())
    doc = hcl(text)
    assert doc.value == entries
    for name, item in entries.items():
        assert cut(doc, doc.span((name,), "value")) == escaped(item)
        for index in range(len(item)):
            assert cut(doc, doc.span((name,), within=(index, index + 1))) == escaped(item[index])[1:-1]
