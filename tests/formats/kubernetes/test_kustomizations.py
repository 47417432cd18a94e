"""What a kustomization leaves out runs nowhere, and a patch is no object of its own."""

from __future__ import annotations

import pytest

from tests.formats.kubernetes.cluster_files import SECRETS, bound, identities, paths, resources, role

GIVEN = role([SECRETS]) + bound()
OTHER = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: other, namespace: ops}\n"
PATCH = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ops}\n"
    "spec: {template: {spec: {hostPID: true, containers: [{name: web, image: web}]}}}\n"
)


def settings(files):
    return {one.name: one.setting for one in resources(files) if one.kind == "identity"}


@pytest.mark.parametrize(
    ("kustomizations", "setting"),
    [
        ({}, "production"),
        ({"deploy/kustomization.yaml": "resources: [other.yaml]"}, "example"),
        ({"deploy/kustomization.yaml": "resources: [other.yaml, ./all.yaml]"}, "production"),
        ({"deploy/kustomization.yml": "resources: [other.yaml]\ncrds: [all.yaml]"}, "production"),
        ({"deploy/kustomization.yaml": "resources: [other.yaml]", "k/Kustomization": "bases: [../deploy/all.yaml]"}, "production"),
        ({"deploy/kustomization.yaml": "patches: [{path: other.yaml}]"}, "production"),
        ({"kustomization.yaml": "resources: [other]"}, "production"),
        ({"deploy/kustomization.yaml": "resources: {{ .Values.files }}"}, "production"),
        (
            {
                "deploy/kustomization.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
                "resources: [other.yaml]"
            },
            "production",
        ),
    ],
)  # fmt: skip
def test_what_no_kustomization_lists_is_kept_like_an_example(kustomizations, setting):
    found = settings({"deploy/all.yaml": GIVEN, "deploy/other.yaml": OTHER, **kustomizations})
    assert found["ops/bot"] == setting


@pytest.mark.parametrize(
    ("above", "own", "setting"),
    [
        ("resources: [web]", "resources: [all.yaml]", "example"),
        ("resources: [web, jobs]", "resources: [all.yaml]", "production"),
        ("resources: [web]", "resources: [all.yaml, ../web]", "production"),
        ("resources: [ks.yaml]", "resources: [all.yaml]", "production"),
    ],
)
def test_a_folder_that_the_one_above_leaves_out_among_its_siblings_is_not_applied(above, own, setting):
    files = {
        "apps/kustomization.yaml": above,
        "apps/web/kustomization.yaml": "resources: [other.yaml]",
        "apps/web/other.yaml": OTHER,
        "apps/jobs/kustomization.yaml": own,
        "apps/jobs/all.yaml": GIVEN,
    }
    assert settings(files)["ops/bot"] == setting


@pytest.mark.parametrize(("entry", "count"), [("web.yaml", 0), ("conf=web.yaml", 0), ("conf=api.yaml", 1)])
def test_a_file_that_becomes_the_text_of_a_map_is_no_object(entry, count):
    files = {"web.yaml": PATCH.replace("spec: {t", "spec: {selector: {}, t")}
    files["kustomization.yaml"] = f"configMapGenerator: [{{name: a, files: [{entry}]}}]"
    assert len(identities(files)) == count


def test_a_patch_that_is_listed_declares_nothing():
    files = {"deploy/web.yaml": PATCH, "deploy/kustomization.yaml": "resources: [../base]\npatches: [{path: web.yaml}]"}
    assert identities(files) == {}
    files["deploy/kustomization.yaml"] = "resources: [web.yaml]"
    assert paths(identities(files)["ops/default"]) == {"k8s-pod-hostpid": False}


@pytest.mark.parametrize(
    ("path", "spec", "count"),
    [
        ("deploy/web.yaml", "", 1),
        ("deploy/web-patch.yaml", "", 0),
        ("deploy/overlays/prod/web.yaml", "", 0),
        ("deploy/overlays/prod/web.yaml", "selector: {matchLabels: {app: web}}, ", 1),
    ],
)
def test_a_file_kept_as_a_patch_says_no_selector(path, spec, count):
    assert len(identities({path: PATCH.replace("spec: {t", f"spec: {{{spec}t")})) == count


def test_an_errand_on_one_node_is_run_by_hand():
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: wipe, namespace: ops}\n"
        "spec: {nodeName: one, restartPolicy: Never, hostPID: true, containers: [{name: a, image: a}]}\n"
    )
    assert settings({"tools/wipe.yaml": pod}) == {"ops/default": "example"}
    assert settings({"tools/wipe.yaml": pod.replace("nodeName: one, ", "")}) == {"ops/default": "production"}
    job = (
        pod.replace("v1\nkind: Pod", "batch/v1\nkind: Job").replace("spec: {", "spec: {template: {spec: {").rstrip()
        + "}}\n"
    )
    assert settings({"tools/wipe.yaml": job}) == {"ops/default": "example"}
    anywhere = job.replace("nodeName: one, ", "")
    assert settings({"tools/wipe.yaml": anywhere}) == {"ops/default": "production"}
    assert settings({".taskfiles/volumes/wipe.yaml": anywhere}) == {"ops/default": "example"}


@pytest.mark.parametrize(
    ("command", "where", "setting"),
    [
        ("[/bin/sh, -c, sleep 3600]", "nodeSelector: {kubernetes.io/hostname: one}", "example"),
        ("[tail, -f, /dev/null]", "nodeName: one", "example"),
        ("[sh, -c, while true; do sleep 30; done]", "nodeName: one", "example"),
        ("[/bin/sh, -c, sleep 3600]", "nodeSelector: {disk: ssd}", "production"),
        ("[/bin/sh, -c, sleep 3600; serve]", "nodeName: one", "production"),
        ("[serve]", "nodeSelector: {kubernetes.io/hostname: one}", "production"),
    ],
)
def test_a_pod_that_sleeps_on_one_node_is_there_for_whoever_enters_it(command, where, setting):
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: disk, namespace: ops}\n"
        f"spec: {{{where}, hostPID: true, containers: [{{name: a, image: a, command: {command}}}]}}\n"
    )
    assert settings({"disk.yaml": pod}) == {"ops/default": setting}


ODD = ["resources: {a: b}", "resources: [null, 3, [x], {path: 4}]", "- resources: [a]", "patches:"]


@pytest.mark.parametrize("text", ODD)
def test_an_odd_kustomization_leaves_nothing_out(text):
    assert settings({"deploy/all.yaml": GIVEN, "deploy/kustomization.yaml": text})["ops/bot"] == "production"


@pytest.mark.parametrize(
    ("spec", "setting"),
    [
        ("replicas: 0", "example"),
        ("replicas: 1", "production"),
        ("suspend: true", "example"),
        ("paused: true", "production"),
    ],
)
def test_what_is_told_to_run_no_pods_is_kept_like_an_example(spec, setting):
    kept = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: camera, namespace: home}\n"
        f"spec: {{{spec}, selector: {{}}, template: {{spec: {{hostPID: true, containers: [{{name: a, image: a}}]}}}}}}\n"
    )
    assert settings({"apps/camera.yaml": kept}) == {"home/default": setting}


@pytest.mark.parametrize(
    ("version", "kind", "setting"),
    [
        ("apps/v1beta1", "Deployment", "example"),
        ("apps/v1beta2", "StatefulSet", "example"),
        ("extensions/v1beta1", "DaemonSet", "example"),
        ("apps/v1", "DaemonSet", "production"),
        ("batch/v1beta1", "CronJob", "production"),
    ],
)
def test_what_no_server_takes_is_kept_like_an_example(version, kind, setting):
    pod = "{spec: {hostPID: true, containers: [{name: a, image: a}]}}"
    inner = (
        f"{{jobTemplate: {{spec: {{template: {pod}}}}}}}"
        if kind == "CronJob"
        else f"{{selector: {{}}, template: {pod}}}"
    )
    text = f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: camera, namespace: home}}\nspec: {inner}\n"
    assert settings({"apps/camera.yaml": text}) == {"home/default": setting}


@pytest.mark.parametrize(
    ("policy", "setting"), [("before-hook-creation,hook-succeeded", "example"), ("before-hook-creation", "production")]
)
def test_what_a_chart_takes_away_once_it_is_installed_is_kept_like_an_example(policy, setting):
    hook = f'{{annotations: {{helm.sh/hook: post-install, helm.sh/hook-delete-policy: "{policy}"}}, name: '
    assert settings({"deploy/all.yaml": GIVEN.replace("metadata: {name: ", f"metadata: {hook}")})["ops/bot"] == setting


BASE = role([SECRETS]) + bound() + "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: ops}\n"
INTO = "namespace: prod\nnamePrefix: acme-\nnameSuffix: -v2\nresources: [../base]\n"


@pytest.mark.parametrize(
    ("overlays", "name"),
    [
        ([INTO], "prod/acme-bot-v2"),
        (["resources: [../base]\n"], "ops/bot"),
        ([INTO, INTO], "prod/acme-bot-v2"),
        ([INTO, "namespace: test\nresources: [../base]\n"], "ops/bot"),
        (["namespace: '${NS}'\nresources: [../base]\n"], "bot"),
        ([INTO, INTO.replace("acme-", "ours-")], "prod/bot-v2"),
        ([INTO, INTO.replace("prod", "test").replace("-v2", "-v3")], "ops/acme-bot"),
    ],
)
def test_names_are_those_that_the_one_deciding_kustomization_gives(overlays, name):
    files = {"app/base/kustomization.yaml": "namespace: ops\nresources: [all.yaml]\n", "app/base/all.yaml": BASE}
    files |= {f"app/o{number}/kustomization.yaml": text for number, text in enumerate(overlays)}
    found = identities(files)
    assert set(found) == {name}
    assert "k8s-secrets-get" in paths(found[name])


def test_a_subject_that_is_not_applied_along_stays_where_it_is():
    binding = bound() + bound(subject="{kind: ServiceAccount, name: default, namespace: system}")
    files = {"app/kustomization.yaml": INTO.replace("../base", "all.yaml"), "app/all.yaml": role([SECRETS]) + binding}
    assert set(identities(files)) == {"ops/bot", "prod/default"}


def test_kustomizations_that_list_each_other_end():
    files = {
        f"{one}/kustomization.yaml": f"namespace: {one}\nresources: [../{other}, all.yaml]\n"
        for one, other in ("ab", "ba")
    }
    assert len(identities(files | {"a/all.yaml": BASE})) == 1


SYNC = (
    "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\n"
    "spec: {path: ./apps/main, sourceRef: {kind: GitRepository, name: flux-system}}\n"
)


@pytest.mark.parametrize(
    ("sync", "lists", "setting"),
    [
        (SYNC, "resources: [../base/web]", "example"),
        (SYNC, "resources: [../base/web, ../base/bot]", "production"),
        (SYNC.replace("./apps/main", "./apps/${CLUSTER}"), "resources: [../base/web]", "production"),
        (SYNC.replace("./apps/main", "./apps"), "resources: [../base/web]", "production"),
        (SYNC.replace("./apps/main", "./"), "resources: [../base/web]", "production"),
        (SYNC.replace("./apps/main", "./infra"), "resources: [../base/web]", "production"),
        (SYNC.replace("GitRepository", "OCIRepository"), "resources: [../base/web]", "production"),
        (SYNC.replace("./apps/main,", "./apps/main, components: [../base/bot],"), "resources: [../base/web]", "production"),
        (
            f"{SYNC}---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: bot}}\n",
            "resources: [../base/web]",
            "production",
        ),
        ("", "resources: [../base/web]", "production"),
    ],
)  # fmt: skip
def test_what_no_path_of_flux_leads_to_is_kept_like_an_example(sync, lists, setting):
    files = {
        "clusters/main/apps.yaml": sync,
        "apps/main/kustomization.yaml": lists,
        "apps/base/web/kustomization.yaml": "resources: [other.yaml]",
        "apps/base/web/other.yaml": OTHER,
        "apps/base/bot/kustomization.yaml": "resources: [all.yaml]",
        "apps/base/bot/all.yaml": GIVEN,
    }
    found = settings(files)
    assert (found["ops/bot"], found["ops/other"]) == (setting, "production" if lists else "example")


APPLICATION = (
    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\n"
    "spec: {source: {repoURL: https://git.acme.io/teams/apps.git, path: %s}}\n"
)


@pytest.mark.parametrize(
    ("path", "setting"),
    [
        ("charts/web", "example"),
        ("apps/base/bot", "production"),
        ("apps/base, directory: {recurse: true}", "production"),
        (".", "example"),
        ("., directory: {recurse: true}", "production"),
        ("'{{ folder }}'", "production"),
    ],
)
def test_an_application_beside_flux_reaches_the_folders_that_it_states(path, setting):
    files = {
        "clusters/main/apps.yaml": SYNC,
        "apps/main/kustomization.yaml": "resources: [../base/web, web.yaml]",
        "apps/main/web.yaml": APPLICATION % path,
        "apps/base/web/kustomization.yaml": "resources: [other.yaml]",
        "apps/base/web/other.yaml": OTHER,
        "apps/base/bot/kustomization.yaml": "resources: [all.yaml]",
        "apps/base/bot/all.yaml": GIVEN,
    }
    assert settings(files)["ops/bot"] == setting


IDLE = "apps/base/bot/"


@pytest.mark.parametrize(
    ("files", "setting"),
    [
        ({f"{IDLE}kustomization.yaml": "resources: [./runner/all.yaml]", f"{IDLE}runner/all.yaml": GIVEN}, "example"),
        ({"apps/idle/kustomization.yaml": "resources: [../base/all.yaml]", "apps/base/all.yaml": GIVEN}, "example"),
        ({f"{IDLE}kustomization.yaml": "resources: [other.yaml]", f"{IDLE}runner/all.yaml": GIVEN}, "example"),
        ({"apps/main/runner/all.yaml": GIVEN}, "example"),
        ({"apps/base/runner/all.yaml": GIVEN}, "example"),
        ({"apps/all.yaml": GIVEN}, "example"),
        ({"apps/byhand/runner/all.yaml": GIVEN}, "production"),
        ({"apps/base/bootstrap/all.yaml": GIVEN}, "production"),
        (
            {
                f"{IDLE}kustomization.yaml": "resources: [other.yaml]",
                f"{IDLE}chart/Chart.yaml": "apiVersion: v2\nname: bot\nversion: 1.0.0\n",
                f"{IDLE}chart/templates/all.yaml": GIVEN,
            },
            "template",
        ),
    ],
)
def test_a_folder_below_a_kustomization_that_flux_does_not_reach(files, setting):
    files = files | {
        "clusters/main/apps.yaml": SYNC,
        "apps/main/kustomization.yaml": "resources: [../base/web]",
        "apps/base/web/kustomization.yaml": "resources: [other.yaml]",
        "apps/base/web/other.yaml": OTHER,
    }
    assert settings(files)["ops/bot"] == setting


@pytest.mark.parametrize(
    ("path", "more", "setting"),
    [
        ("./apps/web/${ENVIRONMENT}/${CLUSTER}", {}, "example"),
        ("./apps/web/${ENVIRONMENT:=prod}/main", {}, "example"),
        ("./apps/${TEAM}", {}, "production"),
        ("./apps/web/${FOLDER}", {}, "production"),
        ("./${ENVIRONMENT}/web/main", {}, "production"),
        ("./apps/web/{{ environment }}/main", {}, "production"),
        (
            "./apps/web/${ENVIRONMENT}/${CLUSTER}",
            {"clusters/main/kustomization.yaml": "resources: [apps.yaml]\npatches: [{path: patch.yaml}]"},
            "example",
        ),
        ("./apps/web/${ENVIRONMENT}/${CLUSTER}", {"clusters/main/kustomization.yaml": "resources: [patch.yaml]"}, "production"),
    ],
)  # fmt: skip
def test_a_variable_in_a_path_of_flux_may_be_any_folder_below_the_first(path, more, setting):
    patch = SYNC.replace(
        "spec: {path: ./apps/main, sourceRef: {kind: GitRepository, name: flux-system}}", "spec: {prune: true}"
    )
    files = {
        "clusters/main/apps.yaml": SYNC.replace("./apps/main", f'"{path}"'),
        "apps/web/prod/main/kustomization.yaml": "resources: [other.yaml]",
        "apps/web/prod/main/other.yaml": OTHER,
        "apps/web/scanner/kustomization.yaml": "resources: [all.yaml]",
        "apps/web/scanner/all.yaml": GIVEN,
    }
    assert settings(files | ({"clusters/main/patch.yaml": patch} if more else {}) | more)["ops/bot"] == setting


@pytest.mark.parametrize(
    ("begins", "lists", "setting"),
    [
        ("./clusters/main/flux", "resources: [other.yaml]", "example"),
        ("./clusters/main/flux", "resources: [other.yaml, ../bot/ks.yaml]", "production"),
        ("./clusters/main", "resources: [other.yaml]", "production"),
        ("./clusters/main/apps/web", "resources: [other.yaml]", "production"),
    ],
)
def test_a_path_with_variables_counts_only_where_flux_is_led_to_who_states_it(begins, lists, setting):
    of_cluster = SYNC.replace("./apps/main", begins).replace("name: apps", "name: cluster")
    files = {
        "clusters/main/flux/cluster.yaml": of_cluster
        + "---\n"
        + SYNC.replace("./apps/main", "./clusters/main/apps/web"),
        "clusters/main/apps/web/kustomization.yaml": lists,
        "clusters/main/apps/web/other.yaml": OTHER,
        "clusters/main/apps/bot/kustomization.yaml": "resources: [ks.yaml]",
        "clusters/main/apps/bot/ks.yaml": SYNC.replace("./apps/main", '"./clusters/${CLUSTER}/apps/bot/app"'),
        "clusters/main/apps/bot/app/kustomization.yaml": "resources: [all.yaml]",
        "clusters/main/apps/bot/app/all.yaml": GIVEN,
    }
    assert settings(files)["ops/bot"] == setting
