"""Stretches of a chart that depend on a condition, with the conditions that must hold there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.source.template_guards import guards


def told(text):
    return {text[one.start : one.end].strip(): one.conditions for one in guards(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ if .Values.a }}\nx\n{{ end }}", {"x": (".Values.a",)}),
        ("{{- if .Values.a -}}\nx\n{{- else -}}\ny\n{{- end -}}", {"x": (".Values.a",), "y": ("not (.Values.a)", "true")}),
        (
            "{{ if .a }}x{{ else if .b }}y{{ else }}z{{ end }}",
            {"x": (".a",), "y": ("not (.a)", ".b"), "z": ("not (.a)", "not (.b)", "true")},
        ),
        ("{{ range $k, $v := .Values.a }}x{{ end }}", {"x": (".Values.a",)}),
        ("{{ with $b := .Values.a }}x{{ end }}", {"x": (".Values.a",)}),
        ('{{ define "a" }}{{ if .b }}x{{ end }}y{{ end }}', {"x": (".b",)}),
        ("{{ end }}{{ else }}x", {}),
        ("{{ if .a }}x", {}),
        ("x: {{ .Values.a }}", {}),
        ("no template", {}),
    ],
)  # fmt: skip
def test_stretches_and_their_conditions(text, expected):
    assert told(text) == expected


def test_inner_stretches_stand_beside_those_around_them():
    text = "{{ if .a }}\n1\n{{ if .b }}\n2\n{{ end }}\n{{ end }}"
    inner, outer = guards(text)
    assert (inner.conditions, outer.conditions) == ((".b",), (".a",))
    assert outer.start < inner.start < inner.end < outer.end


def test_a_condition_too_long_to_follow_is_empty():
    assert guards("{{ if " + "a " * 300 + "}}x{{ end }}")[0].conditions == ("",)


@given(st.text(alphabet=" \n{}#\"'if end else.|$=/*range", max_size=120))
def test_stretches_lie_within_the_text(text):
    assert all(0 <= one.start <= one.end <= len(text) for one in guards(text))
