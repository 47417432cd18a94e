"""What a chart makes of the values of a Flux HelmRelease."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.kubernetes.cluster_files import identities

RELEASE = """
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: &app defrag, namespace: jobs}
spec:
  chartRef: {kind: OCIRepository, name: app-template}
  values:
    controllers: {defrag: {type: cronjob, containers: {app: {image: {repository: ghcr.io/x/defrag, tag: "1"}}}}}
%s
"""
BOUND = """
    serviceAccount: {%s}
    rbac:
      roles: {reader: {type: ClusterRole, rules: [{apiGroups: [""], resources: [secrets], verbs: [list]}]}}
      bindings:
        reader:
          type: ClusterRoleBinding
          roleRef: {%s}
          subjects: [{identifier: defrag}]
"""


def read(values, **release):
    text = RELEASE % values
    for old, new in release.items():
        text = text.replace(f"{old}: &app", f"{new}: &app")
    return identities({"apps/defrag/release.yaml": text})


@pytest.mark.parametrize(
    ("accounts", "name"),
    [
        ("defrag: {}", "jobs/defrag"),
        ("defrag: {}, other: {}", "jobs/defrag"),
        ("defrag: {forceRename: Keeper}", "jobs/keeper"),
        ("defrag: {prefix: old, suffix: now}", "jobs/old-defrag-now"),
        ("defrag: {}, other: {enabled: false}", "jobs/defrag"),
    ],
)
def test_an_account_of_the_library_is_called_by_its_release(accounts, name):
    facts = read(BOUND % (accounts, "identifier: reader"))[name]
    assert [value_of(one.id) for one in known_records(facts.escalations)] == ["k8s-secrets-list"]
    assert [value_of(one.kind) for one in known_records(facts.workloads)] in (["CronJob"], [])


def test_one_of_several_has_its_key_behind_the_name():
    found = read(BOUND % ("a: {}, defrag: {}, prefix: {}", "identifier: reader"))
    assert {"jobs/defrag", "jobs/defrag-a", "jobs/defrag-prefix"} <= set(found)


def test_a_binding_names_a_role_that_stands_elsewhere():
    facts = read(BOUND % ("defrag: {}", "kind: ClusterRole, name: cluster-admin"))["jobs/defrag"]
    assert value_of(facts.managed_admin) == ("cluster-admin",)
    assert facts.managed_admin.at.pointer[-2:] == ("roleRef", "name")


def test_the_account_of_older_versions_is_called_default():
    values = (BOUND % ("create: true", "identifier: reader")).replace("{identifier: defrag}", "{identifier: default}")
    assert known_records(read(values)["jobs/defrag"].escalations)


def test_a_lasting_token_that_the_values_ask_for():
    facts = read(BOUND % ("defrag: {staticToken: true}", "identifier: reader"))["jobs/defrag"]
    assert "k8s-pod-legacy-token" in [value_of(one.id) for one in known_records(facts.escalations)]


@pytest.mark.parametrize(
    ("values", "mounts"),
    [
        ("", True),
        ("    defaultPodOptions: {automountServiceAccountToken: false}\n", False),
    ],
)
def test_the_token_is_mounted_unless_the_values_say_otherwise(values, mounts):
    (workload,) = read(BOUND % ("defrag: {}", "identifier: reader") + values)["jobs/defrag"].workloads
    assert value_of(workload.mounts_token) is mounts


def test_what_is_switched_off_is_not_there():
    values = (BOUND % ("defrag: {}", "identifier: reader")).replace(
        "reader:\n          type", "reader:\n          enabled: false\n          type"
    )
    assert not known_records(read(values)["jobs/defrag"].escalations)


def test_a_release_into_another_namespace():
    text = RELEASE % (BOUND % ("defrag: {}", "identifier: reader"))
    found = identities({"apps/release.yaml": text.replace("  chartRef:", "  targetNamespace: tools\n  chartRef:")})
    assert "tools/tools-defrag" in found
    named = text.replace("  chartRef:", "  targetNamespace: tools\n  releaseName: own\n  chartRef:")
    assert "tools/own" in identities({"apps/release.yaml": named})


def test_values_of_another_chart_are_left_alone():
    other = RELEASE.replace("    controllers:", "    workers:") % (BOUND % ("defrag: {}", "identifier: reader"))
    assert not identities({"apps/release.yaml": other})
    assert not identities(
        {"apps/release.yaml": (RELEASE % BOUND).replace("helm.toolkit.fluxcd.io/v2", "example.org/v1")}
    )


def test_a_set_of_runners_runs_as_the_account_of_its_template():
    text = """
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: home-runner, namespace: runners}
spec:
  values:
    githubConfigUrl: https://github.com/acme/home
    runnerScaleSetName: builders
    template: {spec: {serviceAccountName: builder, containers: [{name: runner, image: runner}]}}
"""
    (workload,) = identities({"apps/release.yaml": text})["runners/builder"].workloads
    assert (value_of(workload.kind), value_of(workload.name)) == ("set of runners", "builders")
