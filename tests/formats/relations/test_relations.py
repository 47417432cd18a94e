"""Models of OpenFGA and schemas of SpiceDB: which relations everybody may be given, and files that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.relations import openfga, openfga_json, spicedb
from nhilint.formats.relations.claims import CLAIMS
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values


def rules(module, document):
    result = module.extract(document, CLAIMS[0])
    return [rule for resource in result.resources for rule in known_records(resource.facts.rules)]


def of(module, text, syntax=Syntax.TEXT):
    return {value_of(rule.name): rule for rule in rules(module, read("x.fga", text.encode(), syntax))}


MODEL = """
type user
extend type document
  relations
    define owner: [user, user:*]
    define writer: [user:* with soon] or owner
    define viewer: [user:*]
    define can_edit: [user:*] or writer
    # define admin: [user:*]
    define everything: owner or writer
"""


@pytest.mark.parametrize(
    ("name", "opened", "conditioned"),
    [
        ("document#owner", True, False),
        ("document#writer", True, True),
        ("document#viewer", False, False),
        ("document#can_edit", True, False),
    ],
)
def test_a_model(name, opened, conditioned):
    rule = of(openfga, MODEL)[name]
    assert value_of(rule.opened_by_data) is opened
    assert value_of(rule.conditioned) is conditioned or not opened


@pytest.mark.parametrize(
    ("definition", "conditioned"),
    [
        ("[user:*] and member", True),
        ("([user:*] or owner) and member", True),
        ("[user:*] or (owner and member)", False),
        ("[user:*] or owner", False),
        ("[\n      user,\n      user:*\n    ] or owner", False),
    ],
)
def test_a_list_that_counts_only_with_another_relation(definition, conditioned):
    rule = of(openfga, f"type user\ntype app/doc.v2\n  relations\n    define writer: {definition}\n")[
        "app/doc.v2#writer"
    ]
    assert value_of(rule.opened_by_data) is True
    assert value_of(rule.conditioned) is conditioned


def test_the_same_in_json():
    child = [{"this": {}}, {"computedUserset": {"relation": "member"}}]
    body = {
        "type": "d",
        "relations": {"writer": {"intersection": {"child": child}}},
        "metadata": {"relations": {"writer": {"directly_related_user_types": [{"type": "user", "wildcard": {}}]}}},
    }
    document = Document("x.json", Syntax.JSON, "", {"schema_version": "1.1", "type_definitions": [body]})
    (rule,) = rules(openfga_json, document)
    assert value_of(rule.conditioned) is True


def test_a_list_that_goes_on_in_the_next_line():
    found = of(spicedb, "definition d {\n  relation writer: user |\n    user:*\n  relation reader: user\n}")
    assert value_of(found["d#writer"].opened_by_data) is True
    assert value_of(found["d#reader"].callers) == ("user",)


def test_comments_say_nothing():
    assert "document#admin" not in of(openfga, MODEL)


def test_the_place_is_the_list_of_subjects():
    document = read("x.fga", MODEL.encode(), Syntax.TEXT)
    rule = next(rule for rule in rules(openfga, document) if value_of(rule.name) == "document#owner")
    assert document.text[slice(*rule.at.within)] == "[user, user:*]"


SCHEMA = """
definition user {}
/* definition old { relation writer: user:* } */
definition org/doc {
  relation owner: user | user:* with soon
  relation writer: user:*
  relation editor: user:*
  relation reader: user | user:*
  permission edit = (editor & reader)
  permission write = writer + owner
}
"""


@pytest.mark.parametrize(
    ("name", "opened", "conditioned"),
    [("writer", True, False), ("owner", True, True), ("editor", True, True), ("reader", False, True)],
)
def test_a_schema(name, opened, conditioned):
    rule = of(spicedb, SCHEMA)[f"org/doc#{name}"]
    assert (value_of(rule.opened_by_data), value_of(rule.conditioned) or not opened) == (opened, conditioned)


@pytest.mark.parametrize(
    "text", ["/*" * 200_000, "//" * 200_000, "a-" * 200_000, "definition a {" + "/* x */" * 50_000]
)
def test_a_long_text_is_read_in_a_blink(text):
    of(spicedb, text)
    of(openfga, text)


def test_a_comment_that_begins_within_another():
    text = "definition d { // see /* this\n relation writer: user:* /* relation owner: user:* */\n}"
    assert list(of(spicedb, text)) == ["d#writer"]


def test_a_schema_in_yaml():
    found = of(spicedb, "schema: |\n  definition d {\n    relation writer: user:*\n  }\n", Syntax.YAML)
    assert value_of(found["d#writer"].opened_by_data)


@pytest.mark.parametrize(("condition", "conditioned"), [({}, False), ({"condition": "soon"}, True)])
def test_a_model_as_json(condition, conditioned):
    users = [{"type": "user"}, {"type": "user", "wildcard": {}, **condition}]
    types = [{"type": "d", "metadata": {"relations": {"owner": {"directly_related_user_types": users}}}}]
    document = Document("x.json", Syntax.JSON, "", {"schema_version": "1.1", "type_definitions": types})
    (rule,) = rules(openfga_json, document)
    assert value_of(rule.opened_by_data)
    assert value_of(rule.conditioned) is conditioned


@pytest.mark.parametrize(
    ("module", "text"),
    [(openfga, "define x"), (openfga, "type x"), (spicedb, "definition x {}"), (spicedb, "relation")],
)
def test_other_files_are_left(module, text):
    assert of(module, text) == {}


@given(st.text(alphabet="tyedfinlraow:*[]{} \n,#/|&x_", max_size=300) | st.sampled_from([MODEL * 20, SCHEMA * 20]))
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("module", [openfga, spicedb])
def test_any_text_is_read_or_left(module, text):
    for rule in rules(module, Document("x", Syntax.TEXT, text, text)):
        activate(rule)


KEYS = ["schema_version", "type_definitions", "type", "metadata", "relations", "directly_related_user_types", "wildcard",
        "condition", "intersection", "child", "computedUserset", "relation", "model", "schema", "owner"]  # fmt: skip
odd = odd_values(KEYS, ["1.1", "user", "owner", ""])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=6) | odd)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("module", [openfga, openfga_json, spicedb])
def test_any_value_is_read_or_left(module, value):
    for rule in rules(module, Document("x.json", Syntax.JSON, "", value)):
        activate(rule)
