"""What a chart's own values switch off is not there when it is installed."""

from __future__ import annotations

import pytest

from tests.formats.kubernetes.cluster_files import EXEC, RBAC, SECRETS, bound, identities, paths, role

RULE = "{{- if .Values.exec }}\n  - {" + EXEC + "}\n{{- end }}\n"
SUBJECT = "{{- if .Values.more }}\n  - {kind: ServiceAccount, name: more, namespace: ops}\n{{- end }}\n"
PLAIN = role([SECRETS]) + RULE + bound() + SUBJECT
WIDE = "{{- if .Values.wide }}\nkind: ClusterRole%s\n{{- else }}\nkind: Role%s\n{{- end }}\n"
CHOSEN = (
    f"apiVersion: {RBAC}\n" + WIDE % ("", "") + "metadata: {name: reader}\nrules:\n  - {" + SECRETS + "}\n---\n"
    f"apiVersion: {RBAC}\n" + WIDE % ("Binding", "Binding") + "metadata: {name: reader}\nroleRef:\n"
    + (WIDE % ("", "")).replace("kind", "  kind") + "  name: reader\nsubjects: [{kind: ServiceAccount, name: bot, namespace: ops}]\n"
)  # fmt: skip
OBJECT = "{{- if and .Values.rbac.create (not .Values.rbac.existing) }}\n" + role([SECRETS]) + bound() + "{{- end }}\n"


def held(template, values=None, more=None, chart="charts/a/"):
    files = {f"{chart}templates/rbac.yaml": template, **(more or {})}
    if values is not None:
        files[f"{chart}values.yaml"] = values
    return {name: paths(one) for name, one in identities(files).items()}


def test_a_rule_that_is_off_gives_nothing():
    both = {"k8s-pod-exec": True}
    assert held(PLAIN)["ops/bot"] == both
    assert held(PLAIN, "exec: true\n")["ops/bot"] == both
    assert held(PLAIN, "exec: false\n")["ops/bot"] == held(PLAIN, "{}\n")["ops/bot"] == {"k8s-secrets-get": True}


HELPER = (
    '{{/* how */}}\n{{- define "a.mode" -}}\n  {{- if eq .Values.mode "ha" -}}\n    {{- printf "haMode" -}}\n'
    '  {{- else -}}\n    {{- printf "single" -}}\n  {{- end -}}\n{{- end -}}\n'
    '{{- define "a.on" -}}{{- if .Values.on }}true{{ end -}}{{- end -}}\n'
    '{{- define "a.loose" }}\n{{- if .Values.on }}true{{ end }}\n{{ end }}'
    '{{- define "a.odd" -}}{{- with .Values.on }}true{{ end -}}{{- end -}}\n'
    '{{- define "a.again" -}}{{ include "a.again" . }}{{- end -}}\n'
    '{{- define "a.two" -}}a{{- end -}}{{- define "a.two" -}}b{{- end -}}\n'
)


SETTING = (
    '{{- define "a.flag" -}}{{- $_ := set . "flag"\n  (and (eq (.Values.on | toString) "true") .Values.also) -}}{{- end -}}\n'
    '{{- define "a.mode" -}}{{- if .Values.on -}}{{- $_ := set . "mode" "on" -}}{{- else -}}'
    '{{- $_ := set . "mode" "off" -}}{{- end -}}{{- end -}}\n'
    '{{- define "a.one" -}}{{- $_ := set . "twice" true -}}{{- end -}}\n'
    '{{- define "a.two" -}}{{- $_ := set . "twice" false -}}{{- end -}}\n'
    '{{- define "a.self" -}}{{- $_ := set . "self" (not .self) -}}{{- end -}}\n'
)


@pytest.mark.parametrize(
    ("condition", "values", "there"),
    [
        (".flag", "{on: true, also: true}", True),
        (".flag", "{on: false, also: true}", False),
        (".flag", "on: true", False),
        ('eq .mode "on"', "on: true", True),
        ('eq .mode "on"', "on: false", False),
        (".twice", "on: false", True),
        (".self", "on: false", True),
        (".unset", "on: false", True),
    ],
)
def test_a_condition_asks_what_a_named_template_sets(condition, values, there):
    template = '{{ template "a.flag" . }}{{- if ' + condition + " }}\n" + role([SECRETS]) + bound() + "{{- end }}\n"
    assert bool(held(template, values + "\n", {"charts/a/templates/_helpers.tpl": SETTING})) is there


@pytest.mark.parametrize(
    ("condition", "values", "there"),
    [
        ('eq (include "a.mode" .) "haMode"', "mode: single", False),
        ('eq (include "a.mode" .) "haMode"', "mode: ha", True),
        ('ne (include "a.mode" $) "haMode"', "mode: single", True),
        ('include "a.on" .', "on: false", False),
        ('eq (include "a.on" .) "true"', "on: true", True),
        ('not (eq (include "a.on" .) "true")', "on: true", False),
        ('include "a.loose" .', "on: false", True),  # a line end is a text, too
        ('eq (include "a.odd" .) "x"', "on: false", True),
        ('eq (include "a.again" .) "x"', "on: false", True),
        ('eq (include "a.two" .) "x"', "on: false", True),
        ('eq (include "a.unknown" .) "x"', "on: false", True),
    ],
)
def test_a_condition_asks_a_named_template(condition, values, there):
    template = "{{- if " + condition + " }}\n" + role([SECRETS]) + bound() + "{{- end }}\n"
    more = {"charts/a/templates/_helpers.tpl": HELPER}
    assert bool(held(template, values + "\n", more)) is there


def test_a_subject_that_is_off_holds_nothing():
    assert set(held(PLAIN, "more: true\n")) == {"ops/bot", "ops/more"}
    assert set(held(PLAIN, "more: false\n")) == {"ops/bot"}


@pytest.mark.parametrize(
    ("values", "there"),
    [
        (None, True),
        ("rbac: {create: true}\n", True),
        ("rbac: {create: false}\n", False),
        ("rbac: {create: true, existing: mine}\n", False),
        ("rbac: [odd]\n", False),
        ("- a list\n", True),
    ],
)
def test_an_object_is_there_where_its_values_say_so(values, there):
    assert bool(held(OBJECT, values)) is there


def test_of_a_kind_that_a_switch_widens_the_narrow_one_is_installed():
    assert held(CHOSEN)["ops/bot"] == held(CHOSEN, "wide: true\n")["ops/bot"] == {"k8s-secrets-get": True}
    assert held(CHOSEN, "wide: false\n")["ops/bot"] == {"k8s-secrets-get": False}


def test_a_setting_of_a_pod_that_is_off_opens_nothing():
    template = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ops}\nspec:\n  template:\n    spec:\n"
        "      serviceAccountName: web\n      {{- if .Values.host }}\n      hostPID: true\n      {{- end }}\n"
        "      containers: [{name: web, image: web}]\n"
    )
    assert held(template, "host: true\n")["ops/web"] == {"k8s-pod-hostpid": False}
    assert held(template, "host: false\n")["ops/web"] == {}


def test_another_file_of_values_may_switch_it_on():
    assert held(OBJECT, "rbac: {create: false}\n", {"charts/a/values-prod.yaml": "rbac: {create: true}\n"})
    assert not held(OBJECT, "rbac: {create: false}\n", {"charts/a/values-prod.yaml": "b: 1\n"})


def test_values_beside_the_folder_of_a_chart_may_switch_it_on():
    below = {"chart": "a/build/chart/"}
    assert held(OBJECT, "rbac: {create: false}\n", {"a/build/values.yaml": "rbac: {create: true}\n"}, **below)
    assert not held(OBJECT, "rbac: {create: false}\n", {"a/build/values.yaml": "b: 1\n"}, **below)
    around = {"a/build/values.yaml": "rbac: {create: true}\n", "a/build/Chart.yaml": "name: build\n"}
    assert not held(OBJECT, "rbac: {create: false}\n", around, **below)


def test_a_folder_called_templates_may_hold_whole_charts():
    assert not held(OBJECT, "rbac: {create: false}\n", chart="templates/logs/chart/")
    assert held(OBJECT, "rbac: {create: true}\n", chart="templates/logs/chart/")
    assert not held(OBJECT, "rbac: {create: false}\n", chart="")


def test_values_of_the_chart_around_go_first():
    below = {"chart": "a/charts/b/"}
    assert held(OBJECT, "rbac: {create: false}\n", {"a/values.yaml": "b: {rbac: {create: true}}\n"}, **below)
    assert not held(OBJECT, "rbac: {create: true}\n", {"a/values.yaml": "b: {rbac: {create: false}}\n"}, **below)
    shared = OBJECT.replace("rbac.create", "global.rbac")
    assert held(shared, "global: {rbac: false}\n", {"a/values.yaml": "global: {rbac: true}\n"}, **below)


@pytest.mark.parametrize(
    ("dependency", "values", "there"),
    [
        ("condition: b.enabled", "b: {enabled: false}\n", False),
        ("condition: b.enabled", "b: {enabled: true}\n", True),
        ("condition: b.enabled", "c: 1\n", True),
        ("condition: 'c.on, b.enabled'", "b: {enabled: false}\n", False),
        ("condition: b.enabled\n    alias: d", "b: {enabled: false}\n", True),
        ("condition: b.enabled\n  - {name: b, alias: d}", "b: {enabled: false}\n", True),
        ("condition: [b.enabled]", "b: {enabled: false}\n", True),
    ],
)
def test_a_chart_that_the_one_around_switches_off_is_not_installed(dependency, values, there):
    files = {"a/Chart.yaml": f"name: a\ndependencies:\n  - name: b\n    {dependency}\n", "a/values.yaml": values}
    assert bool(held(role([SECRETS]) + bound(), "{}\n", files, chart="a/charts/b/")) is there


INNER = role([SECRETS]) + bound()
TWICE = {
    "a/Chart.yaml": "name: a\ndependencies:\n  - {name: b, condition: global.b.enabled}\n",
    "a/charts/b/Chart.yaml": "name: b\ndependencies:\n  - {name: c, condition: c.enabled}\n",
    "a/charts/b/values.yaml": "c: {enabled: true}\n",
}


@pytest.mark.parametrize(
    ("more", "there"),
    [
        ({}, True),
        ({"a/values.yaml": "b: {c: {enabled: false}}\n"}, False),
        ({"a/values.yaml": "b: {c: {enabled: true}}\n", "a/charts/b/values.yaml": "c: {enabled: false}\n"}, True),
        ({"a/values.yaml": "b: {c: {enabled: false}}\n", "a/values-big.yaml": "b: {c: {enabled: true}}\n"}, True),
        ({"a/values.yaml": "b: {c: {enabled: false}}\n", "a/values-big.yaml": "d: 1\n"}, False),
        ({"a/values.yaml": "global: {b: {enabled: false}}\n"}, False),
    ],
    ids=["its own default", "off from outside", "on from outside", "on in another file", "not in another", "around it"],
)
def test_values_of_the_outermost_chart_switch_what_is_far_within(more, there):
    assert bool(held(INNER, "{}\n", TWICE | more, chart="a/charts/b/charts/c/")) is there


def test_a_value_for_all_charts_switches_one_that_an_inner_chart_names():
    inner = "name: b\ndependencies:\n  - {name: c, condition: global.c.enabled}\n"
    files = TWICE | {"a/charts/b/Chart.yaml": inner, "a/values.yaml": "global: {c: {enabled: false}}\n"}
    assert not held(INNER, "{}\n", files, chart="a/charts/b/charts/c/")


def test_a_manifest_outside_of_a_chart_asks_no_values():
    assert identities({"deploy/rbac.yaml": PLAIN, "deploy/values.yaml": "exec: false\n"})["ops/bot"]
