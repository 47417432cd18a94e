"""Conditions of templates by what the values say: it holds, it fails, or it is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.kubernetes.switches import UNSET, holds, worth_of

VALUES = {
    "on": True, "off": False, "none": None, "zero": 0, "one": 1, "text": "x", "empty": "", "list": [1], "nothing": [],
    "spelled": "false", "filled": "{{ x }}", "deep.on": True,
}  # fmt: skip


def lookup(route):
    return worth_of(VALUES[route]) if route in VALUES else UNSET


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (".Values.on", True), (".Values.off", False), ("$.Values.deep.on", True), (".Values.unset", False),
        (".Values.none", False), (".Values.zero", False), (".Values.one", True), (".Values.text", True),
        (".Values.empty", False), (".Values.list", True), (".Values.nothing", False), (".Values.spelled", True),
        (".Values.filled", None), ("not .Values.on", False), ("not (.Values.off)", True), ("empty .Values.list", False),
        ("and .Values.on .Values.off", False), ("and .Values.on .Values.one", True), ("and .x .Values.off", False),
        ("and .Values.on .x", None), ("or .Values.off .Values.on", True), ("or .x .Values.on", True),
        ("or .Values.off .x", None), ("or .Values.off .Values.zero", False), ("coalesce .Values.off .Values.on", True),
        ('eq .Values.text "x"', True), ('eq .Values.text "y"', False), ('eq .Values.text "y" "x"', True),
        ('eq "x" .Values.text', True), ("eq .Values.one 1", True), ("eq .Values.off false", True),
        ('eq (.Values.spelled | toString) "true"', False), ('ne .Values.text "y"', True), ("eq .Values.list .x", None),
        ('eq .Values.unset "x"', False), ('eq .Values.filled "x"', None), ("default true .Values.off", True),
        (".Values.unset | default false", False), (".Values.x | default .Values.on", True), ("default .x", None),
        ('include "a.b" .', None), ('.Capabilities.APIVersions.Has "a"', None), ("$on", None), ("", None), ("not", None),
        ('index .Values "off"', False), ('not (index .Values.deep "on")', False), ('index .Values "unset" "on"', False),
        ("index .Values .x", None), ("index .x", None), ("index", None), ("index .Values", None),
        ("(((.Values.on)))", True), ("and (not .Values.off) (or .Values.on .x)", True), ("(.Values.on", None),
        (".Values.on )", None), ('"unclosed', None), ("nil", False), ("toString .Values.unset", None),
        ('semverCompare "<1.20.0-0" .Capabilities.KubeVersion.Version', False), ("semverCompare", None),
        ('semverCompare ">1.25" .Capabilities.KubeVersion.Version', None),
        ('semverCompare ">=1.25" .Capabilities.KubeVersion.Version', True),
        ('semverCompare ">=1.19-0" $.Capabilities.KubeVersion.GitVersion', True),
        ('semverCompare ">=1.33-0" .Capabilities.KubeVersion.Version', None), ('semverCompare "<1.20" .x', None),
        ('and (or .Values.on .x) (semverCompare "<1.20.0-0" .Capabilities.KubeVersion.Version)', False),
        ('semverCompare ">=1.4-0, <1.7-0" .Capabilities.KubeVersion.Version', None),
        ("(" * 60 + ".Values.on" + ")" * 60, None), ('kindIs "map" .Values.on', None),
    ],
)  # fmt: skip
def test_three_answers(condition, expected):
    assert holds(condition, lookup) is expected


def test_no_text_of_a_value_is_kept():
    secret = "correct-horse-" + "9" * 8
    assert secret not in repr(worth_of(secret))


@given(st.text(alphabet=' ().Values|not and or eq"x1default', max_size=80))
def test_any_condition_is_answered(condition):
    assert holds(condition, lookup) in (True, False, None)
