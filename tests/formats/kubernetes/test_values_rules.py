"""Rules that a chart prints from its values are those that its own file of values states."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from nhilint.formats.kubernetes.values_rules import rule_lists
from nhilint.formats.node import Node
from nhilint.model.fact import known_records
from tests.formats.kubernetes.cluster_files import RBAC, bound, identities, paths
from tests.odd_values import odd_values

HEAD = f"apiVersion: {RBAC}\nkind: ClusterRole\nmetadata: {{name: reader}}\n"
VALUES = "rbac:\n  rules:\n    - apiGroups: ['']\n      resources: [secrets]\n      verbs: [get]\n"
WHOLE = "rules:\n  {{- toYaml .Values.rbac.rules | nindent 2 }}\n"


def chart(rules, values=VALUES, **files):
    """The account that a chart binds to a role whose rules a template prints."""
    told = {"app/templates/rbac.yaml": HEAD + rules + bound(), "app/values.yaml": values}
    return identities(told | {name: text for name, text in files.items() if text})["ops/bot"]


@pytest.mark.parametrize(
    "rules",
    [
        WHOLE,
        "rules: {{ .Values.rbac.rules | toYaml | nindent 2 }}\n",
        "rules:\n{{ toYaml $.Values.rbac.rules | indent 2 }}\n",
        "{{- with .Values.rbac.rules }}\nrules:\n  {{- toYaml . | nindent 2 }}\n{{- end }}\n",
        "rules:\n{{- if .Values.rbac.rules }}\n  {{- toYaml .Values.rbac.rules | nindent 2 }}\n{{- end }}\n",
    ],
)
def test_a_list_that_is_printed_whole_is_the_role_s(rules):
    found = chart(rules)
    assert paths(found) == {"k8s-secrets-get": True}
    [way] = known_records(found.escalations)
    assert (way.at.path, way.at.pointer) == ("app/values.yaml", ("rbac", "rules", 0))


@pytest.mark.parametrize(
    ("rules", "values"),
    [
        (WHOLE, "rbac: {rules: []}\n"),
        (WHOLE, "rbac: {}\n"),
        (WHOLE, "rbac: {rules: '{{ x }}'}\n"),
        (WHOLE.replace("rbac.rules", "rbac.other"), VALUES),
        (WHOLE.replace("toYaml", "tpl"), VALUES),
        (WHOLE.replace("{{- toYaml", "{{- include 'a' ."), VALUES),
        (WHOLE, VALUES.replace("secrets", "'{{ .Release.Name }}'")),
    ],
)
def test_what_is_no_literal_list_stays_unknown(rules, values):
    assert paths(chart(rules, values)) == {}


def test_a_chart_around_it_may_set_the_list():
    files = {"app/charts/db/templates/rbac.yaml": HEAD + WHOLE + bound(), "app/charts/db/values.yaml": VALUES}
    assert paths(identities(files)["ops/bot"]) == {"k8s-secrets-get": True}
    outer = {"app/values.yaml": "db: {rbac: {rules: []}}\n", "app/Chart.yaml": "name: app\n"}
    assert paths(identities(files | outer)["ops/bot"]) == {}


@given(odd_values(["rbac", "rules", "verbs", "resources"], ["*", "{{ x }}"]))
@settings(max_examples=60, deadline=None)
def test_odd_values_never_raise(value):
    rule_lists(Node(value, "values.yaml"), "verbs")
