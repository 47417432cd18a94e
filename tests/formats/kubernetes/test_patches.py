"""What kustomizations patch is judged as patched, where all that apply it leave the same of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.kubernetes import kustomization, patches
from nhilint.formats.kubernetes.claims import CLAIMS
from nhilint.formats.kubernetes.parts import Manifest, StatedWorkload
from nhilint.formats.kubernetes.patched import as_patched
from nhilint.link import kubernetes as join_kubernetes
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.source.document import Document, Syntax
from nhilint.tree import MemoryTree
from tests.formats.kubernetes.cluster_files import EXEC, RBAC, SECRETS, bound, identities, paths, resources, role
from tests.odd_values import odd_values

ACCOUNT = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: ops}\n"
RIGHTS = role([SECRETS]) + bound() + ACCOUNT
POD = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ops}\nspec:\n  selector: {}\n  template:\n"
    "    spec:\n      hostPID: true\n      serviceAccountName: bot\n      containers:\n"
    "        - {name: a, image: a, securityContext: {privileged: true}}\n"
    "        - {name: b, image: b, securityContext: {privileged: true}}\n"
    "      volumes: [{name: root, hostPath: {path: /}}]\n"
)
OF_POD = {"k8s-pod-hostpid", "k8s-pod-privileged", "k8s-pod-hostpath"}


def over(body, kind="ClusterRole", name="reader", version=RBAC):
    """A patch that is laid over an object."""
    return f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}}}\n{body}\n"


def at(operation, path, value=None):
    """One operation on a path."""
    told = f", value: {value}" if value is not None else ""
    return f"- {{op: {operation}, path: {path}{told}}}\n"


def inline(text, target=""):
    """A kustomization whose patch is a text of its own."""
    body = "".join(f"      {line}\n" for line in text.splitlines())
    chosen = f"    target: {{{target}}}\n" if target else ""
    return f"resources: [../base]\npatches:\n  - patch: |-\n{body}{chosen}"


def cluster(*overlays, base=RIGHTS, **files):
    """What overlays make of a base."""
    told = {"app/base/kustomization.yaml": "resources: [all.yaml]\n", "app/base/all.yaml": base}
    told |= {f"app/o{number}/kustomization.yaml": text for number, text in enumerate(overlays)}
    return identities(told | files)


def hazards(*overlays, base):
    """The account and the hazards of the only workload that overlays leave of a base."""
    told = {"app/base/kustomization.yaml": "resources: [all.yaml]\n", "app/base/all.yaml": base}
    told |= {f"app/o{number}/kustomization.yaml": text for number, text in enumerate(overlays)}
    tree = MemoryTree({path: text.encode() for path, text in told.items()})
    read = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources
    manifests = as_patched(one for one in read if isinstance(one, Manifest))
    [workload] = [one.part for one in manifests if isinstance(one.part, StatedWorkload)]
    return workload.account, {one.id for one in workload.hazards}


ROLE = "kind: ClusterRole, name: reader"
BINDING = "kind: ClusterRoleBinding"


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        (inline(over(f"rules: [{{{EXEC}}}]")), {"k8s-pod-exec"}),
        (inline(over(f"rules: [{{{EXEC}}}]", name="ignored"), ROLE), {"k8s-pod-exec"}),
        (inline(over(f"rules: [{{{EXEC}}}]", name="other")), {"k8s-secrets-get"}),
        (inline(over(f"rules: [{{{EXEC}}}]", name="ignored"), "kind: ClusterRole, name: other"), {"k8s-secrets-get"}),
        (inline(over(f"rules: [{{{EXEC}}}]", name="ignored"), "kind: Role"), {"k8s-secrets-get"}),
        (inline(at("replace", "/rules/0/verbs", "[patch]"), ROLE), set()),
        (inline(at("replace", "/rules/0/resources/0", "configmaps"), "kind: Cluster.*, name: re.*"), set()),
        (inline(at("remove", "/rules/0"), ROLE), set()),
        (inline(at("remove", "/rules/7"), ROLE), {"k8s-secrets-get"}),
        (inline(at("add", "/rules/-", f"{{{EXEC}}}"), ROLE), {"k8s-pod-exec"}),
        (inline(at("add", "/rules/0", f"{{{EXEC}}}"), "kind: ClusterRole, labelSelector: a=b"), {"k8s-secrets-get"}),
        (inline(at("add", "/rules/-", f"{{{EXEC}}}"), "kind: ClusterRole, name: (reader)+"), {"k8s-secrets-get"}),
        (inline(at("replace", "/roleRef/name", "view"), BINDING), set()),
        (inline(at("replace", "/subjects/0/name", "other"), BINDING), None),
        (inline(at("remove", "/subjects/0"), BINDING), set()),
        (inline(over("$patch: delete")), set()),
        (inline(over("$patch: delete", kind="ClusterRoleBinding", name="b")), set()),
        (f"resources: [../base]\npatchesStrategicMerge:\n  - |-\n    {over('$patch: delete').replace(chr(10), chr(10) + '    ')}", set()),
        ("resources: [../base]\npatchesJson6902: [{target: {kind: ClusterRole, name: reader}, path: p.yaml}]", set()),
    ],
)  # fmt: skip
def test_rights_are_those_that_the_overlay_leaves(overlay, expected):
    found = cluster(overlay, **{"app/o0/p.yaml": at("remove", "/rules/0")})
    assert set(paths(found["ops/bot"])) == (expected if expected is not None else set())
    assert ("ops/other" in found) == (expected is None)


@pytest.mark.parametrize(
    ("path", "count"), [("/rules/-", 2), ("/rules/0", 2), ("/rules/1", 2), ("/rules/2", 1), ("/rules", 1)]
)
def test_a_rule_that_is_added_stands_beside_the_others(path, count):
    value = f"{{{EXEC}}}" if path != "/rules" else f"[{{{EXEC}}}]"
    assert len(cluster(inline(at("add", path, value), ROLE))["ops/bot"].grants) == count


def test_what_a_patch_adds_is_told_where_the_patch_states_it():
    [found] = known_records(cluster(inline(over(f"rules: [{{{EXEC}}}]")))["ops/bot"].escalations)
    assert (found.at.path, found.at.pointer[:3]) == ("app/o0/kustomization.yaml", ("patches", 0, "patch"))


@pytest.mark.parametrize("kept", ["rights.yaml", "patch.yaml"])
@pytest.mark.parametrize("entry", ["patches: [{path: KEPT}]", "patchesStrategicMerge: [KEPT]", "patches: [{path: KEPT, target: {kind: ClusterRole}}]"])  # fmt: skip
def test_a_file_of_patches_is_laid_over_and_declares_nothing(kept, entry):
    overlay = f"resources: [../base]\n{entry.replace('KEPT', kept)}\n"
    found = cluster(overlay, **{f"app/o0/{kept}": over(f"rules: [{{{EXEC}}}]")})
    assert set(found) == {"ops/bot"}
    assert set(paths(found["ops/bot"])) == {"k8s-pod-exec"}


NARROW, WIDE = inline(at("remove", "/rules/0"), ROLE), "resources: [../base]\n"


@pytest.mark.parametrize(
    ("overlays", "is_narrow"),
    [([NARROW], True), ([NARROW, NARROW], True), ([NARROW, WIDE], False), ([WIDE, NARROW], False)],
)
def test_where_overlays_differ_an_object_is_as_it_stands(overlays, is_narrow):
    assert (paths(cluster(*overlays)["ops/bot"]) == {}) == is_narrow


def test_the_overlay_of_a_test_counts_for_nothing_beside_others():
    files = {"app/tests/e2e/kustomization.yaml": WIDE.replace("../base", "../../base")}
    assert paths(cluster(NARROW, **files)["ops/bot"]) == {}


@pytest.mark.parametrize(("folder", "is_narrow"), [("config/default", False), ("config/main", True)])
def test_what_a_scaffold_deploys_is_applied_by_itself(folder, is_narrow):
    files = {"app/config/rbac/kustomization.yaml": "resources: [all.yaml]\n", "app/config/rbac/all.yaml": RIGHTS}
    files |= {f"app/{folder}/kustomization.yaml": "resources: [../rbac]\n"}
    files |= {"app/config/o/kustomization.yaml": NARROW.replace("../base", f"../{folder.rpartition('/')[2]}")}
    assert (paths(identities(files)["ops/bot"]) == {}) == is_narrow


def test_what_a_bundle_is_made_from_is_applied_by_nobody():
    files = {"app/config/manifests/kustomization.yaml": NARROW.replace("../base", "../../base")}
    assert paths(cluster(**files)["ops/bot"]) == {"k8s-secrets-get": True}


def test_a_component_patches_what_stands_beside_it():
    part = "kind: Component\npatches:\n  - target: {kind: ClusterRole}\n    patch: |-\n      - {op: remove, path: /rules/0}\n"
    found = cluster("resources: [../base]\ncomponents: [../part]\n", **{"app/part/kustomization.yaml": part})
    assert paths(found["ops/bot"]) == {}


def test_a_target_knows_the_name_that_the_object_has_got_below():
    inner = {"app/base/kustomization.yaml": "namePrefix: acme-\nresources: [all.yaml]\n"}
    found = cluster(inline(at("remove", "/rules/0"), "kind: ClusterRole, name: acme-reader"), **inner)
    assert paths(found["ops/acme-bot"]) == {}


def test_what_a_patch_renames_is_followed():
    renaming = inline(at("replace", "/metadata/name", "mine"), ROLE)
    assert paths(cluster(renaming)["ops/bot"]) == {"k8s-secrets-get": True}


def test_a_role_of_the_cluster_becomes_one_of_a_namespace():
    patch = (
        inline(at("replace", "/kind", "Role"), "kind: ClusterRole")
        + inline(at("replace", "/kind", "RoleBinding") + at("replace", "/roleRef/kind", "Role"), BINDING).partition("patches:\n")[2]
    )  # fmt: skip
    assert paths(cluster(patch)["ops/bot"]) == {"k8s-secrets-get": False}


ARN = "arn:aws:iam::111122223333:role/bot"
ANNOTATED = ACCOUNT.replace("ops}", f"ops, annotations: {{eks.amazonaws.com/role-arn: '{ARN}'}}}}")


@pytest.mark.parametrize(
    ("base", "patch", "expected"),
    [
        (ACCOUNT, over("", "ServiceAccount", "bot", "v1").replace("bot}", f"bot, annotations: {{eks.amazonaws.com/role-arn: '{ARN}'}}}}"), {ARN}),
        (ANNOTATED, over("", "ServiceAccount", "bot", "v1").replace("bot}", "bot, annotations: {eks.amazonaws.com/role-arn: null}}"), set()),
        (ANNOTATED, over("", "ServiceAccount", "bot", "v1").replace("bot}", "bot, annotations: {iam.gke.io/gcp-service-account: a@b.c}}"), {ARN, "a@b.c"}),
        (ANNOTATED, at("remove", "/metadata/annotations/eks.amazonaws.com~1role-arn"), set()),
        (ANNOTATED, at("replace", "/metadata/annotations", "{iam.gke.io/gcp-service-account: a@b.c}"), {"a@b.c"}),
        (ANNOTATED, at("replace", "/metadata/annotations/eks.amazonaws.com~1role-arn", "arn:other"), {"arn:other"}),
    ],
)  # fmt: skip
def test_the_cloud_of_an_account_is_the_patched_one(base, patch, expected):
    target = "kind: ServiceAccount" if patch.startswith("- ") else ""
    found = cluster(inline(patch, target), base=base)
    assert {value_of(one.identity) for one in known_records(found["ops/bot"].cloud)} == expected


def test_an_account_in_a_file_of_patches_is_laid_over_the_one_it_names():
    found = cluster("resources: [../base]\npatches: [{path: sa.yaml}]\n", base=ACCOUNT, **{"app/o0/sa.yaml": ANNOTATED})
    [cloud] = known_records(found["ops/bot"].cloud)
    assert (value_of(cloud.identity), cloud.at.path) == (ARN, "app/o0/sa.yaml")


def pod(spec):
    """A patch of the pod of `web`."""
    return over(f"spec: {{template: {{spec: {spec}}}}}", "Deployment", "web", "apps/v1")


POD_AT = "/spec/template/spec"


@pytest.mark.parametrize(
    ("patch", "account", "expected"),
    [
        (pod("{hostPID: false}"), "bot", OF_POD - {"k8s-pod-hostpid"}),
        (pod("{serviceAccountName: other}"), "other", OF_POD),
        (pod("{containers: [{name: a, securityContext: {privileged: false}}]}"), "bot", OF_POD),
        (pod("{containers: [{name: a, securityContext: {privileged: false}}, {name: b, securityContext: null}]}"), "bot", OF_POD - {"k8s-pod-privileged"}),
        (pod("{volumes: [{name: root, hostPath: null, emptyDir: {}}]}"), "bot", OF_POD - {"k8s-pod-hostpath"}),
        (pod("{volumes: [{name: root, $patch: delete}]}"), "bot", OF_POD - {"k8s-pod-hostpath"}),
        (pod("{volumes: [{name: other, emptyDir: {}}]}"), "bot", OF_POD),
        (pod("{hostNetwork: true}"), "bot", OF_POD | {"k8s-pod-hostnetwork"}),
        (at("remove", f"{POD_AT}/hostPID"), "bot", OF_POD - {"k8s-pod-hostpid"}),
        (at("replace", f"{POD_AT}/serviceAccountName", "other"), "other", OF_POD),
        (at("replace", f"{POD_AT}/containers/0/securityContext/privileged", "false"), "bot", OF_POD),
        (at("remove", f"{POD_AT}/containers/0/securityContext") + at("remove", f"{POD_AT}/containers/1/securityContext"), "bot", OF_POD - {"k8s-pod-privileged"}),
        (at("remove", f"{POD_AT}/volumes/0"), "bot", OF_POD - {"k8s-pod-hostpath"}),
        (at("add", f"{POD_AT}/hostIPC", "true"), "bot", OF_POD | {"k8s-pod-hostipc"}),
        (at("add", f"{POD_AT}/containers/0/args/-", "--x"), "bot", OF_POD),
    ],
)  # fmt: skip
def test_a_pod_is_the_patched_one(patch, account, expected):
    target = "kind: Deployment" if patch.startswith("- ") else ""
    assert hazards(inline(patch, target), base=POD) == (account, expected)


@pytest.mark.parametrize(
    ("patch", "setting"), [("spec: {replicas: 0}", "example"), ("spec: {replicas: 2}", "production")]
)
def test_a_workload_that_is_patched_to_rest_runs_nowhere(patch, setting):
    files = {
        "app/base/kustomization.yaml": "resources: [all.yaml]\n",
        "app/base/all.yaml": POD,
        "app/o/kustomization.yaml": inline(over(patch, "Deployment", "web", "apps/v1")),
    }
    assert {one.setting for one in resources(files)} == {setting}


def test_a_workload_that_is_deleted_is_gone():
    assert cluster(inline(over("$patch: delete", "Deployment", "web", "apps/v1")), base=POD) == {}


@settings(max_examples=60, deadline=None)
@given(
    entries=odd_values(
        ["patch", "path", "target", "kind", "name", "namespace", "op", "value"],
        [over("rules: [{a: b}]"), at("add", "/rules/-", "3"), at("replace", "/subjects", "x"), "Role.*", "ClusterRole"],
    ),
    key=st.sampled_from(["patches", "patchesStrategicMerge", "patchesJson6902", "components"]),
)
def test_odd_patches_never_raise(entries, key):
    claim = next(one for one in CLAIMS if one.format == "kustomization")
    document = Document("app/kustomization.yaml", Syntax.YAML, "", {"resources": ["all.yaml"], key: entries})
    found = kustomization.extract(document, claim).resources
    join_kubernetes.join((*found, *patches.extract(Document("p.yaml", Syntax.YAML, "", entries), claim).resources))
