"""What an account may do is doubtful where nothing of the repository applies the manifest that says so."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Disposition
from nhilint.settle.less_grave.applied_by_nothing import BY_KUSTOMIZE, BY_TERRAFORM

CHECK = "secrets-of-every-namespace"
POWER = """apiVersion: v1
kind: ServiceAccount
metadata: {name: reader, namespace: jobs}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reads-all
rules:
  - {apiGroups: [""], resources: [secrets], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: reader-reads-all
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reads-all}
subjects:
  - {kind: ServiceAccount, name: reader, namespace: jobs}
"""
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: jobs}\n"
BASES = {
    "scope/base/spare/kustomization.yaml": "resources:\n  - rbac.yaml\n",
    "scope/base/spare/rbac.yaml": POWER,
    "scope/main/kustomization.yaml": "resources:\n  - ../base/one\n  - ../base/two/\n  - ../base/three\n",
    **{f"scope/base/{name}/kustomization.yaml": "resources:\n  - map.yaml\n" for name in ("one", "two", "three")},
    **{f"scope/base/{name}/map.yaml": MAP % name for name in ("one", "two", "three")},
}
CODE = 'resource "kubectl_manifest" "%s" {\n  yaml_body = file("%s")\n}\n'
READ = {
    "infra/manifests/proxy/rbac.yaml": POWER,
    "infra/manifests/web/one.yaml": MAP % "one",
    "infra/manifests/web/two.yaml": MAP % "two",
    "infra/main.tf": CODE % ("one", "manifests/web/one.yaml") + CODE % ("two", "${path.module}/manifests/web/two.yaml"),
}


KEPT = {
    "apps/kustomization.yaml": "resources:\n  - one/\n  - names.yaml\n",
    "apps/names.yaml": MAP % "names",
    "apps/one/kustomization.yaml": "resources:\n  - map.yaml\n",
    "apps/one/map.yaml": MAP % "reader-reads-all",
    "apps/proxy-archive/rbac.yaml": POWER,
    "apps/proxy-archive/inner/apply.sh": "kubectl apply -f apps/proxy-archive\n",
}


@pytest.fixture
def doubt(tmp_path):
    def told(files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        (found,) = scan(tmp_path, select=[CHECK]).findings
        assert (found.disposition is Disposition.HIDDEN) == bool(found.doubt)
        return found.doubt

    return told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, BY_KUSTOMIZE),
        ({"scope/main/kustomization.yaml": "resources:\n  - ../base/one\n  - ../base/spare\n"}, ""),
        ({"scope/main/kustomization.yaml": "resources:\n  - ../base/one\n  - ../base/two\n"}, ""),
        ({"scope/base/spare/kustomization.yaml": "resources:\n  - rbac.yaml\n  - ../one\n"}, ""),
        ({"apply.sh": "kubectl apply -k scope/base/spare\n"}, ""),
        ({"README.md": "Run `kustomize build scope/base/spare` by hand.\n"}, ""),
        ({"apply.sh": "for one in scope/base/*; do kubectl apply -k $one; done\n"}, ""),
        ({"app.yaml": "spec:\n  source:\n    path: scope/base\n"}, ""),
        ({"scope/other/rbac.yaml": "kind: ClusterRole\nmetadata:\n  name: reads-all\n"}, ""),
    ],
)
def test_a_base_that_no_kustomization_names_beside_others(doubt, more, said):
    assert doubt(BASES | more) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, BY_TERRAFORM),
        ({"infra/main.tf": CODE % ("one", "manifests/web/one.yaml")}, ""),
        ({"infra/more.tf": CODE % ("proxy", "manifests/proxy/rbac.yaml")}, ""),
        ({"infra/more.tf": CODE % ("proxy", "manifests/proxy/${each.key}.yaml")}, ""),
        ({"infra/more.tf": CODE % ("text", "${local.templates}/pool.tftpl")}, BY_TERRAFORM),
        ({"infra/more.tf": "locals {\n  proxy = file(var.manifest)\n}\n"}, ""),
        ({"infra/more.tf": 'locals {\n  all = fileset("manifests", "**")\n}\n'}, ""),
        ({"infra/manifests/kustomization.yaml": "resources:\n  - proxy/rbac.yaml\n"}, ""),
        ({"apply.sh": "kubectl apply -f infra/manifests/proxy\n"}, ""),
        ({"apply.sh": "kubectl apply -f rbac.yaml\n"}, ""),
    ],
)
def test_a_manifest_that_terraform_never_reads_beside_others(doubt, more, said):
    assert doubt(READ | more) == said


def moved(files, folder):
    return {path.replace("proxy-archive", folder): text for path, text in files.items()}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (KEPT, BY_KUSTOMIZE),
        (KEPT | {"flux.yaml": "spec:\n  path: ./apps\n"}, BY_KUSTOMIZE),
        (moved(KEPT, "old"), BY_KUSTOMIZE),
        (moved(KEPT, "proxy"), ""),
        (moved(KEPT, "archive-proxy"), ""),
        (KEPT | {"apps/kustomization.yaml": "resources:\n  - one\n  - proxy-archive/\n"}, ""),
        (KEPT | {"apps/kustomization.yaml": "resources:\n  - one\n  - proxy-archive/rbac.yaml\n"}, ""),
        (KEPT | {"apps/kustomization.yaml": "resources:\n  - ../other\n"}, ""),
        ({path: text for path, text in KEPT.items() if path != "apps/kustomization.yaml"}, ""),
        (KEPT | {"apply.sh": "kubectl apply -f apps/proxy-archive\n"}, ""),
    ],
)
def test_a_folder_called_after_what_is_kept_that_the_kustomization_above_leaves_out(doubt, files, said):
    assert doubt(files) == said
