"""What a chart is called, and which image it runs, as far as its own files say so."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.kubernetes.cluster_files import EXEC, SECRETS, bound, identities, role

CHART = "apiVersion: v2\nname: share-provisioner\nversion: 1.0.0\n"
ACCOUNT = "{kind: ServiceAccount, name: '{{ template \"%s\" . }}', namespace: ops}"


def named(template, subject, chart=CHART):
    files = {
        "a/Chart.yaml": chart,
        "a/templates/rbac.yaml": role([SECRETS], name=template) + bound("ClusterRole", template, subject),
    }
    return {
        (name, value_of(way.through))
        for name, one in identities(files).items()
        for way in known_records(one.escalations)
    }


def test_a_grant_tells_the_name_of_its_role_in_words():
    name = "'{{ include \"common.fullname.short\" . }}'"
    files = {"a/templates/rbac.yaml": role([SECRETS], name=name) + bound(role_name=name)}
    (bot,) = [one for one in identities(files).values() if one.grants]
    assert [value_of(grant.name) for grant in bot.grants] == ["<common.fullname.short>"]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("'{{ include \"fullname\" . }}'", "<share-provisioner.fullname>"),
        ("'{{ include \"common.names.fullname\" . }}'", "<share-provisioner.common.names.fullname>"),
        ("'{{ template \"share-provisioner.name\" . }}'", "<share-provisioner.name>"),
        ("'{{ .Release.Name }}-{{ .Chart.Name }}'", "<Release.Name>-share-provisioner"),
        ("'{{ include \"serviceAccountName\" . }}'", "<share-provisioner.serviceAccountName>"),
    ],
)
def test_names_tell_the_chart(template, told):
    assert named(template, ACCOUNT % "fullname") == {("ops/<share-provisioner.fullname>", f"ClusterRole {told}")}


@pytest.mark.parametrize("chart", ["apiVersion: v2\nname: '{{ x }}'\n", "name: [a]\n", "version: 1.0.0\n"])
def test_a_chart_without_a_plain_name_tells_nothing(chart):
    told = named("'{{ include \"fullname\" . }}'", ACCOUNT % "fullname", chart)
    assert told == {("ops/<fullname>", "ClusterRole <fullname>")}


def test_two_templates_stay_two_names():
    files = {
        "a/Chart.yaml": CHART,
        "a/templates/rbac.yaml": role([SECRETS], name="'{{ include \"x.fullname\" . }}'")
        + "---\n"
        + role([EXEC], name="'{{ include \"y.fullname\" . }}'")
        + bound("ClusterRole", "'{{ include \"y.fullname\" . }}'"),
    }
    ways = known_records(identities(files)["ops/bot"].escalations)
    assert [value_of(way.id) for way in ways] == ["k8s-pod-exec"]


def workload(name, image, command):
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}, namespace: ops}}\nspec:\n  template:\n    spec:\n"
        f"      serviceAccountName: bot\n      containers: [{{name: main, image: '{image}', args: [{command}]}}]\n"
    )


@pytest.mark.parametrize(
    ("first", "second", "repeats"),
    [
        ("{{ .Values.api.image }}:{{ .Values.tag }}", "{{ .Values.cron.image }}:{{ .Values.other }}", True),
        ("{{ .Values.api.image }}", "{{ .Values.web.image }}", False),
        ("{{ .Values.none }}", "{{ .Values.neither }}", False),
        ('{{ required "no" .Values.reg }}/{{ .Values.api.image }}', "{{ .Values.reg }}/{{ .Values.cron.image }}", True),
        ("{{ lookup .Values.api.image }}", "{{ lookup .Values.cron.image }}", False),
        ("one/app:1", "two/app:1", False),
    ],
)
def test_workloads_of_one_chart_that_run_one_image_are_one_program(first, second, repeats):
    files = {
        "a/values.yaml": "{reg: r, api: {image: x/app}, cron: {image: x/app}, web: {image: x/web}, tag: '1', other: '2'}\n",
        "a/templates/one.yaml": workload("one", first, "serve"),
        "a/templates/two.yaml": workload("two", second, "clean"),
    }
    found = known_records(identities(files)["ops/bot"].workloads)
    assert [value_of(one.repeats) for one in found] == [False, repeats]
