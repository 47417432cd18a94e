"""sarif-om objects become what the schema says, whatever their defaults."""

from __future__ import annotations

import json

import attr
import pytest
import sarif_om

from nhilint.report.sarif_write import encoded, to_plain


def test_names_follow_the_schema_and_absent_values_are_left_out():
    region = sarif_om.Region(start_line=3, end_column=9)
    assert to_plain(region) == {"startLine": 3, "endColumn": 9}


def test_a_level_is_always_written_and_other_defaults_are_not():
    result = sarif_om.Result(message=sarif_om.Message(text="x"), level="warning", kind="fail", rule_index=0)
    assert to_plain(result) == {"ruleIndex": 0, "level": "warning", "message": {"text": "x"}}


def test_an_empty_list_is_not_an_absent_one():
    tool = sarif_om.Tool(driver=sarif_om.ToolComponent(name="t"))
    assert to_plain(sarif_om.Run(tool=tool, results=[])) == {"tool": {"driver": {"name": "t"}}, "results": []}


def test_a_file_names_its_schema_first():
    log = sarif_om.SarifLog(version="2.1.0", schema_uri="https://example.org", runs=[])
    assert list(to_plain(log)) == ["$schema", "version", "runs"]


def test_dicts_and_encoded_parts_stand_as_they_are():
    part = encoded(sarif_om.Message(text="é"))
    assert json.loads(bytes(part)) == {"text": "é"}
    plain = to_plain({"a": [part, 1], "b": {"c": sarif_om.Message(text="y")}})
    assert plain["a"][0] is part
    assert plain["b"] == {"c": {"text": "y"}}
    assert plain["a"][1] == 1


def classes():
    return [c for c in vars(sarif_om).values() if isinstance(c, type) and attr.has(c)]


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_an_object_without_values_shows_only_what_it_was_given(kind):
    required = {f.name: "given" for f in attr.fields(kind) if f.default is attr.NOTHING}
    written = to_plain(kind(**required))
    extra = {name: value for name, value in written.items() if value != "given"}
    assert not set(extra) - {"level"}
