"""Every mistake in a file people write is told with its place, what was expected, and what was probably meant."""

from __future__ import annotations

import sys

import pytest

from nhilint.catalogue.strict_yaml import problems, read_strict, read_yaml
from nhilint.errors import CatalogueError, UsageError

SCHEMA = {
    "type": "object",
    "required": ["id", "severity", "when"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z-]+$", "description": "lower-case words joined by hyphens"},
        "title": {"type": "string", "minLength": 3, "maxLength": 12},
        "severity": {"enum": ["critical", "high", "medium", "low"]},
        "confidence": {"type": "string"},
        "when": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "days": {"type": "integer", "minimum": 1, "maximum": 90},
        "tags": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
        "files": {"type": "object", "propertyNames": {"pattern": "^[a-z./]+$"}, "minProperties": 1},
        "schema": {"const": 1},
        "place": {
            "oneOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "required": ["path"],
                    "additionalProperties": False,
                    "properties": {"path": {"type": "string"}, "line": {"type": "integer"}},
                },
            ]
        },
        "scope": {"anyOf": [{"required": ["paths"]}, {"required": ["checks"]}]},
        "step": {
            "oneOf": [
                {
                    "type": "object",
                    "required": ["accept", "as"],
                    "additionalProperties": False,
                    "properties": {"accept": {}, "as": {"type": "string"}},
                },
                {
                    "type": "object",
                    "required": ["refuse", "because"],
                    "additionalProperties": False,
                    "properties": {"refuse": {}, "because": {"type": "string"}},
                },
            ]
        },
        "labels": {"type": "object", "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False},
    },
}
GOOD = "id: a-check\nseverity: high\nwhen:\n  - 'true'\n"


@pytest.fixture
def told(tmp_path):
    """The problems of a text as the lines a user would see, called `x.yaml`."""

    def tell(text, schema=SCHEMA):
        path = tmp_path / "x.yaml"
        path.write_text(text, encoding="utf-8")
        document = read_yaml(path, "x.yaml")
        return [str(problem) for problem in problems(document, document.value, schema)]

    return tell


def test_a_good_file_is_its_value(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(GOOD, encoding="utf-8")
    document, value = read_strict(path, SCHEMA, "checks/x.yaml")
    assert value == {"id": "a-check", "severity": "high", "when": ["true"]}
    assert document.path == "checks/x.yaml"


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        ("confidnce: high\n", "x.yaml:5:1: unknown key 'confidnce'; did you mean 'confidence'?"),
        ("labels: {zzz: a}\n", "x.yaml:5:10: unknown key 'zzz'"),
        ("labels:\n  x-a: 1\n", "x.yaml:6:8: expected text, found the number 1 (put it in quotes)"),
        ("title: ab\n", "x.yaml:5:8: expected at least 3 characters, found 2"),
        ("title: " + "a" * 13 + "\n", "x.yaml:5:8: expected at most 12 characters, found 13"),
        ("title: [a]\n", "x.yaml:5:1: expected text, found a list"),
        ("title: {a: b}\n", "x.yaml:5:1: expected text, found a mapping"),
        ("title:\n", "x.yaml:5:1: expected text, found nothing"),
        ("title: true\n", "x.yaml:5:8: expected text, found true (put it in quotes)"),
        ("title: !secret abc\n", "x.yaml:5:8: expected text, found a value with a tag of its own"),
        ("days: ten\n", "x.yaml:5:7: expected a whole number, found text"),
        ("days: 0\n", "x.yaml:5:7: expected a number from 1, found 0"),
        ("days: 91\n", "x.yaml:5:7: expected a number up to 90, found 91"),
        ("tags: [a, b, a]\n", "x.yaml:5:1: an entry is listed twice"),
        ("files: {}\n", "x.yaml:5:1: expected at least 1 key, found 0"),
        ("files: {a.b: x, A.B: y}\n", "x.yaml:5:17: expected text of the form ^[a-z./]+$, found 'A.B'"),
        ("schema: 2\n", "x.yaml:5:9: expected 1, found the number 2"),
        ("place: 3\n", "x.yaml:5:8: expected text or a mapping, found the number 3"),
        ("place: {path: a, lnie: 3}\n", "x.yaml:5:18: unknown key 'lnie'; did you mean 'line'?"),
        ("place: {line: 3}\n", "x.yaml:5:1: key 'path' is missing"),
        ("place:\n  path: a\n  line: x\n", "x.yaml:7:9: expected a whole number, found text"),
        ("scope: {}\n", "x.yaml:5:1: one of 'paths', 'checks' is missing"),
        ("step: {accept: 1, ass: x}\n", "x.yaml:5:19: unknown key 'ass'; did you mean 'as'?"),
        ("step: {refuse: 1, because: 2}\n", "x.yaml:5:28: expected text, found the number 2 (put it in quotes)"),
    ],
)
def test_each_mistake_has_its_place_and_sentence(told, extra, line):
    assert told(GOOD + extra) == [line]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "severity: high",
            "severity: hgih",
            "x.yaml:2:11: unknown value 'hgih'; did you mean 'high'? (known are critical, high, medium, low)",
        ),
        ("severity: high", "severity: bad", "x.yaml:2:11: unknown value 'bad'; known are critical, high, medium, low"),
        (
            "severity: high",
            "severity: 3",
            "x.yaml:2:11: unknown value the number 3; known are critical, high, medium, low",
        ),
        ("id: a-check", "id: A_Check", "x.yaml:1:5: expected lower-case words joined by hyphens, found 'A_Check'"),
        ("when:\n  - 'true'\n", "when: []\n", "x.yaml:3:1: expected at least 1 entry, found 0"),
        ("  - 'true'", "  - true", "x.yaml:4:5: expected text, found true (put it in quotes)"),
        ("severity: high\n", "", "x.yaml:1:1: key 'severity' is missing"),
        ("id: a-check\nseverity: high\n", "", "x.yaml:1:1: keys 'id', 'severity' are missing"),
    ],
)
def test_a_spoilt_line_is_told_where_it_stands(told, old, new, line):
    assert told(GOOD.replace(old, new)) == [line]


def test_a_misspelt_key_is_not_told_again_as_missing(told):
    assert told(GOOD.replace("severity", "severty")) == [
        "x.yaml:2:1: unknown key 'severty'; did you mean 'severity'?",
    ]


def test_other_missing_keys_are_still_told(told):
    assert told("# a comment first\nseverty: high\nid: a\n") == [
        "x.yaml:1:1: key 'when' is missing",
        "x.yaml:2:1: unknown key 'severty'; did you mean 'severity'?",
    ]


def test_all_mistakes_are_told_in_the_order_of_the_file(told):
    lines = told("idd: x\nseverity: 1\nwhen: x\ntitle: [x]\n")
    assert [line.split(": ")[0] for line in lines] == ["x.yaml:1:1", "x.yaml:2:11", "x.yaml:3:7", "x.yaml:4:1"]


def test_one_place_has_one_mistake_the_most_telling_one(told):
    lines = told("severty: high\n")
    assert lines == ["x.yaml:1:1: unknown key 'severty'; did you mean 'severity'?"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- a\n", "x.yaml:1:1: expected a mapping, found a list"),
        ("just text\n", "x.yaml:1:1: expected a mapping, found text"),
        ("a: 1\n---\nb: 2\n", "x.yaml:1:1: expected a mapping, found several documents"),
    ],
)
def test_a_file_of_another_kind_is_told_as_a_whole(told, text, line):
    assert told(text) == [line]


def test_long_values_are_cut_and_control_characters_shown(told):
    (line,) = told(GOOD.replace("a-check", '"\\e[31m' + "x" * 100 + '"'))
    assert line.endswith("found '\\x1b[31m" + "x" * 35 + "…'")
    assert "\x1b" not in line


def test_the_first_mistake_is_raised_and_the_others_are_counted(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("id: A\nseverity: 1\nwhen: x\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_strict(path, SCHEMA, "checks/x.yaml")
    error = caught.value
    assert (error.path, error.line, error.column) == ("checks/x.yaml", 1, 5)
    assert error.message == "expected lower-case words joined by hyphens, found 'A' (and 2 more in this file)"
    assert str(error) == f"checks/x.yaml:1:5: {error.message}"
    assert isinstance(error, UsageError)
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"id: [a\n", 2, ""),
        (b"id: a\n id: b\n", 2, ""),
        (b"id: a\nid: b\n", 2, "given twice"),
        (b"\xff\xfe", 1, "UTF-8"),
        (b"", 1, ""),
    ],
)
def test_what_is_no_yaml_is_told_with_its_place(tmp_path, content, line, message):
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"^x\.yaml:\d+:\d+: ") as caught:
        read_strict(path, SCHEMA, "x.yaml")
    assert caught.value.line == line
    assert message in caught.value.message


def test_a_file_that_is_not_there_is_told_by_name(tmp_path):
    with pytest.raises(CatalogueError, match=r"^gone\.yaml:1:1: cannot be read: "):
        read_strict(tmp_path / "gone.yaml", SCHEMA, "gone.yaml")


def test_endless_mistakes_are_cut(told):
    many = GOOD.replace("  - 'true'\n", "  - 1\n" * 500)
    assert len(told(many)) == 50


def test_problems_of_a_value_made_from_the_document_are_told_at_its_places(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(GOOD, encoding="utf-8")
    document = read_yaml(path, "x.yaml")
    assert isinstance(document.value, dict)
    changed = {**document.value, "severity": "lwo"}
    (problem,) = problems(document, changed, SCHEMA)
    assert (problem.line, problem.column) == (2, 11)


def test_the_schema_library_is_imported_late():
    import subprocess

    program = "import sys, nhilint.catalogue.strict_yaml; sys.exit('jsonschema' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
