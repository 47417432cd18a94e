"""Charts are read without being rendered: offsets stay, actions stay visible in values, branches leave one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.source.document import Syntax, Unreadable, read
from nhilint.source.go_template import masked


def value(text):
    return read("a.yaml", text.encode(), Syntax.TEMPLATED_YAML).value


def test_a_printed_value_stays_a_template():
    assert value('name: {{ include "x.name" . }}-web\nplain: {{ .Values.a }}\n') == {
        "name": '{{ include "x.name" . }}-web',
        "plain": "{{ .Values.a }}",
    }


def test_a_printed_block_is_the_value_of_the_key_above():
    text = "rules:\n{{- with .Values.rules }}\n{{- toYaml . | nindent 2 }}\n{{- end }}\nkind: Role\n"
    assert value(text) == {"rules": "\n{{- toYaml . | nindent 2 }}".strip("\n"), "kind": "Role"}


def test_a_printed_block_beside_entries_is_left_out():
    text = 'labels:\n  {{- include "x.labels" . | nindent 2 }}\n  app: web\nrules:\n- {a: 1}\n{{ .Values.more }}\n'
    assert value(text) == {"labels": {"app": "web"}, "rules": [{"a": 1}]}


def test_of_two_branches_the_first_is_read():
    assert value("{{- if .Values.a }}\nkind: Job\n{{- else }}\nkind: CronJob\n{{- end }}\n") == {"kind": "Job"}
    assert value("a:\n{{- if .x }}\n  b: 1\n{{- else if .y }}\n  b: 2\n{{- else }}\n  b: 3\n{{- end }}\n") == {
        "a": {"b": 1}
    }


def test_a_choice_within_a_value_is_not_made():
    assert "{{" in value("kind: {{ if .Values.a }}Cluster{{ end }}Role\n")["kind"]


def test_comments_and_assignments_leave_nothing():
    assert value('{{/* a: b */}}\n{{- $x := .Values.x }}\na: "{{ $x }}"\n') == {"a": "{{ $x }}"}


def test_places_are_those_of_the_file():
    text = '{{- if .a }}\nmetadata:\n  name: {{ .b }}\n  "{{ .key }}": c\n{{- end }}\n'
    document = read("a.yaml", text.encode(), Syntax.TEMPLATED_YAML)
    span = document.span(("metadata", "name"))
    assert (span.start.line, span.start.column) == (3, 9)
    assert document.span(("metadata", "{{ .key }}"), "value").start.line == 4


def test_several_documents():
    assert value("a: {{ .x }}\n---\nb: 1\n") == [{"a": "{{ .x }}"}, {"b": 1}]


@given(st.text(alphabet=" \n:-ab{}#\"'if end else.|$=/*", max_size=120))
def test_masking_keeps_the_length(text):
    assert len(masked(text).text) == len(text)


@given(st.text(alphabet=" \n:-ab{}\"'", max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        document = read("a.yaml", text.encode(), Syntax.TEMPLATED_YAML)
    except Unreadable:
        return
    document.span(())
    document.comments()


@pytest.mark.parametrize("text", ["{{" * 50_000, "{{end}}" * 10_000, "{{ .x }}\n" * 10_000, "a:\n" + "\n" * 50_000])
def test_large_texts_end(text):
    assert len(masked(text).text) == len(text)


def test_an_action_may_open_a_block_of_text():
    assert value("note: |\n  {{- with .Values.a }}\n  b={{ . }}\n  {{- end }}\n")["note"].splitlines()[1] == "b={{ . }}"


def test_an_item_that_begins_with_a_printed_block():
    assert value("items:\n  - {{ toYaml .a | nindent 4 }}\n    name: b\n") == {"items": [{"name": "b"}]}


def test_of_a_role_and_a_cluster_role_the_wider_is_read():
    chosen = "{{- if .Values.a }}\nkind: Role\n{{- else }}\nkind: ClusterRole\n{{- end }}\nrules: []\n"
    assert value(chosen) == {"kind": "ClusterRole", "rules": []}
    assert value(chosen.replace("ClusterRole", "Pod")) == {"kind": "Role", "rules": []}


def test_a_definition_prints_nothing_where_it_stands():
    text = '{{- define "x.rules" -}}\n- a: 1\n{{- if .y }}\n- b: 2\n{{- end }}\n{{- end -}}\nkind: Role\n'
    assert value(text) == {"kind": "Role"}


def test_what_stands_below_a_printed_key_belongs_to_it():
    text = 'spec:\n  a: b\n{{ include "x.affinity" . | indent 2 }}\n    inner:\n      c: d\n  e: f\n'
    read_as = value(text)["spec"]
    assert (read_as.pop("a"), read_as.pop("e")) == ("b", "f")
    assert list(read_as.values()) == [{"inner": {"c": "d"}}]
    assert read("a.yaml", text.encode(), Syntax.TEMPLATED_YAML).span(("spec", "e")).start.line == 6


@pytest.mark.parametrize("below", ["    - name: C\n      value: d\n", "  - name: C\n    value: d\n"])
def test_items_below_a_printed_list_are_read(below):
    assert value("  env: {{ .Values.env }}\n" + below) == {"env": [{"name": "C", "value": "d"}]}
    assert value("  env: {{ .Values.env }}\n  other: a\n") == {"env": "{{ .Values.env }}", "other": "a"}


def test_an_action_that_opens_an_item_of_text_is_no_deeper_than_the_text():
    text = "command:\n    - |\n{{- if .Values.restart }}\n      cp a b\n{{- end }}\n      exec it\n"
    assert [line.strip() for line in value(text)["command"][0].splitlines()[1:]] == ["cp a b", "", "exec it"]


def test_a_word_that_a_script_replaces_by_an_entry_is_left_out():
    text = "labels:\n  app: web\n  GEN3_DATE_LABEL\n  GEN3_HOST-NAME_LABEL\nspec:\n  A_VALUE\n"
    assert value(text) == {"labels": {"app": "web"}, "spec": "A_VALUE"}
    assert value("text: >\n  more\n  A_WORD\n") == {"text": "more A_WORD\n"}
