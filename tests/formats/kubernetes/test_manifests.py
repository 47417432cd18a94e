"""Which files are manifests, and what their pods, templates, lists and patches come to."""

from __future__ import annotations

import base64
import json
import textwrap

import pytest

from nhilint.formats.kubernetes.claims import CLAIMS
from nhilint.formats.registry import Recogniser
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.kubernetes.cluster_files import SECRETS, bound, identities, paths, resources, role


def deployment(spec="", container="", kind="Deployment", name="web"):
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: ops}}\nspec:\n  template:\n    spec:\n"
        f"{spec}      containers:\n        - image: web:1\n{container}"
    )


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("a.yaml", b"apiVersion: rbac.authorization.k8s.io/v1\nkind: Role", True),
        ("deploy/a.yml", b"kind: ServiceAccount", True),
        ("a.json", b'{"kind": "ServiceAccount"}', True),
        ("values.yaml", b"serviceAccount:\n  create: true", False),
        ("a.yaml", b"kind: CustomResourceDefinition", True),
        ("a.yaml", b"kind: Ingress", False),
        ("a.md", b"kind: ServiceAccount", False),
    ],
)
def test_recognised_by_content(path, text, claimed):
    assert any(Recogniser(CLAIMS).recognise(path, text)) is claimed


@pytest.mark.parametrize(
    "text",
    [
        "kind: Deployment\nname: not a manifest\n",
        "# kind: ServiceAccount\nserviceAccount: {create: true}\n",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\n$patch: delete\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {serviceAccountName: b}}}\n",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nsubjects: []\n",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a, labels: {b: c}}\n",
    ],
)
def test_look_alikes_and_patches_are_left_alone(text):
    assert identities(text) == {}


def test_lists_are_opened():
    text = (
        '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ServiceAccount", '
        '"metadata": {"name": "bot", "namespace": "ops"}}]}'
    )
    assert list(identities({"a.json": text})) == ["ops/bot"]


@pytest.mark.parametrize(
    ("spec", "container", "path"),
    [
        ("      hostPID: true\n", "", "k8s-pod-hostpid"),
        ("      hostNetwork: true\n", "", "k8s-pod-hostnetwork"),
        ("      hostIPC: true\n", "", "k8s-pod-hostipc"),
        ("      shareProcessNamespace: true\n", "", "k8s-pod-sharepid"),
        ("", "          securityContext: {privileged: true}\n", "k8s-pod-privileged"),
        ("", "          securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}\n", "k8s-pod-caps"),
        ("      volumes: [{name: a, hostPath: {path: /}}]\n", "", "k8s-pod-hostpath"),
        ("      volumes: [{name: a, hostPath: {path: /var/lib/kubelet/}}]\n", "", "k8s-pod-hostpath"),
        (
            "      volumes: [{name: a, hostPath: {path: /run/containerd/containerd.sock}}]\n",
            "",
            "k8s-pod-containersock",
        ),
        (
            "      volumes: [{name: a, projected: {sources: [{serviceAccountToken: {expirationSeconds: 90000}}]}}]\n",
            "",
            "k8s-pod-projected-long",
        ),
    ],
)
def test_pods_that_open_more(spec, container, path):
    assert paths(identities(deployment(spec, container))["ops/default"]) == {path: False}


@pytest.mark.parametrize(
    ("spec", "container"),
    [
        ("      hostPID: false\n", ""),
        ("      hostPID: '{{ .Values.hostPID }}'\n", ""),
        ("", "          securityContext: {privileged: false, capabilities: {add: [NET_BIND_SERVICE, NET_ADMIN]}}\n"),
        ("      volumes: [{name: a, hostPath: {path: /var/log/app}}]\n", ""),
        ("      volumes: [{name: a, projected: {sources: [{serviceAccountToken: {expirationSeconds: 3600}}]}}]\n", ""),
    ],
)
def test_pods_that_do_not(spec, container):
    assert paths(identities(deployment(spec, container))["ops/default"]) == {}


@pytest.mark.parametrize("kind", ["StatefulSet", "DaemonSet", "Job", "ReplicaSet"])
def test_controllers_of_pods(kind):
    (workload,) = identities(deployment("      serviceAccountName: bot\n", kind=kind))["ops/bot"].workloads
    assert (value_of(workload.kind), value_of(workload.names_account)) == (kind, True)


def test_the_pods_word_on_its_token_goes_before_the_accounts():
    account = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: ops}\n{}"
    for pod, stated, mounts in (("", "", True), ("", "false", False), ("true", "false", True), ("false", "", False)):
        spec = "      serviceAccountName: bot\n"
        spec += f"      automountServiceAccountToken: {pod}\n" if pod else ""
        text = account.replace("{}", f"automountServiceAccountToken: {stated}\n" if stated else "")
        (workload,) = identities(deployment(spec) + text)["ops/bot"].workloads
        assert value_of(workload.mounts_token) is mounts


def test_a_chart_joins_by_the_same_template():
    name = '{{ include "x.name" . }}'
    files = {
        "chart/templates/sa.yaml": f"apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {name}\n"
        "  namespace: {{ .Release.Namespace }}\n",
        "chart/templates/pod.yaml": deployment('      serviceAccountName: {{- include "x.name" . -}}\n'),
        "chart/templates/rbac.yaml": role([SECRETS], name='"{{ .Release.Name }}-r"')
        + bound(role_name='"{{ .Release.Name }}-r"').replace(
            "name: bot, namespace: ops", "name: '{{ include \"x.name\" . | quote }}'"
        ),
    }
    found = identities(files)
    assert list(found) == ["ops/<x.name>"]
    assert paths(found["ops/<x.name>"]) == {"k8s-secrets-get": True}
    assert len(found["ops/<x.name>"].workloads) == 1


def test_rules_from_a_template_are_not_known():
    text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules:\n{{ .Values.rules }}\n"
    waiting = identities(text)["a"]
    assert isinstance(waiting.escalations[0], Unknown)
    assert isinstance(waiting.admin, Unknown)
    verbs = identities(role(["apiGroups: [''], resources: [pods], verbs: ['{{ .v }}']"]))["reader"]
    assert isinstance(verbs.escalations[0], Unknown)
    assert isinstance(verbs.grants[0].actions, Unknown)


def test_cloud_identities_of_an_account():
    text = (
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: bot\n  annotations:\n"
        "    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/a\n"
        "    iam.gke.io/gcp-service-account: a@p.iam.gserviceaccount.com\n"
        "    azure.workload.identity/client-id: '${CLIENT}'\n"
    )
    cloud = identities(text)["bot"].cloud
    assert [value_of(one.provider) for one in known_records(cloud)] == ["aws", "gcp"]
    assert isinstance(cloud[2], Unknown)


def test_an_annotation_that_is_left_empty_names_no_cloud_identity():
    annotated = (
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, annotations: {eks.amazonaws.com/role-arn: '%s'}}\n"
    )
    assert [identities(annotated % text)["bot"].cloud for text in ("", " ")] == [(), ()]
    assert len(identities(annotated % "arn:aws:iam::111122223333:role/a")["bot"].cloud) == 1


def test_values_of_a_secret_that_are_credentials():
    plain, wrapped = sample("github-pat-classic", 0), sample("github-pat-classic", 1)
    encoded = base64.b64encode(wrapped.encode()).decode()
    text = (
        f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{note: hello, token: {plain}}}\n"
        f"data: {{other: {encoded}, word: aGVsbG8=, password: aHVudGVyMg==}}\n"
    )
    found = [one for one in resources({"a.yaml": text}) if one.kind == "credential"]
    assert [(one.name, one.at.pointer) for one in found] == [
        ("token", ("stringData", "token")),
        ("other", ("data", "other")),
    ]
    assert all(plain not in repr(one) and wrapped not in repr(one) and encoded not in repr(one) for one in found)


def test_settings_of_a_program_within_a_secret():
    key, short = sample("generic-api-key"), "Qx7" + "bR2" + "mZ9k"
    settings = f"storage:\n  - bucket: a\n    secret_key: {key}\n  port: 9000\n  password: $(FROM_ELSEWHERE)\n"
    encoded = [base64.b64encode(one.encode()).decode() for one in (settings, short, short)]
    text = (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n"
        f"data: {{config.yaml: {encoded[0]}, replica-set-key: {encoded[1]}, note: {encoded[2]}}}\n"
    )
    found = [one for one in resources({"a.yaml": text}) if one.kind == "credential"]
    assert [(one.name, one.at.pointer) for one in found] == [
        ("secret_key of config.yaml", ("data", "config.yaml")),
        ("replica-set-key", ("data", "replica-set-key")),
    ]


def test_an_object_that_a_value_of_a_secret_has_in_base64():
    inside = json.dumps({"email": "shop@acme.io", "password": sample("generic-api-key")})
    token = base64.b64encode(inside.encode()).decode()
    text = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{UI_TOKEN: {token}}}\n"
    (found,) = [one for one in resources({"a.yaml": text}) if one.kind == "credential"]
    assert (found.name, found.at.pointer) == ("password of UI_TOKEN", ("stringData", "UI_TOKEN"))


@pytest.mark.parametrize(("owner", "is_sample"), [("test@argocd", True), ("bot@acme.io", False)])
def test_private_key_whose_public_half_says_that_it_is_for_a_test(owner, is_sample):
    key = textwrap.indent(sample("pem-private-key"), "    ")
    public = f"ssh-ed25519 {'A' * 68} {owner}"
    text = f"kind: Secret\nmetadata: {{name: a}}\nstringData:\n  public: {public}\n  sshPrivateKey: |\n{key}\n"
    (found,) = [one for one in resources({"a.yaml": "apiVersion: v1\n" + text}) if one.kind == "credential"]
    assert bool(value_of(found.facts.sample)) is is_sample


def test_variables_of_a_container():
    container = (
        "          env:\n            - {name: MODE, value: fast}\n"
        "            - {name: AWS_SECRET_ACCESS_KEY, valueFrom: {secretKeyRef: {name: s3, key: k}}}\n"
    )
    (workload,) = identities(deployment(container=container))["ops/default"].workloads
    ((credential),) = workload.credentials
    assert (value_of(credential.source), value_of(credential.reference)) == ("secret_store", "s3")
