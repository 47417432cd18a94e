"""Which files may hold manifests of Kubernetes that say who may do what: YAML or JSON with such a kind in it."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.formats.written_secrets.probes import PROVIDERS_WORDS
from nhilint.source.document import Syntax

_DOCS = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="kubernetes",
        title="Kubernetes manifests and Helm templates",
        syntax=Syntax.TEMPLATED_YAML,
        reads="kubernetes.manifest",
        suffixes=(".yaml", ".yml"),
        probe=(
            b"rbac.authorization.k8s.io/v1",
            b"kind: ServiceAccount",
            b"kind: Deployment",
            b"kind: StatefulSet",
            b"kind: DaemonSet",
            b"kind: ReplicaSet",
            b"kind: ReplicationController",
            b"kind: Job",
            b"kind: CronJob",
            b"kagent.dev/v1",
            b"spire.spiffe.io/v1",
            b"security.istio.io/v1",
            b"policy.linkerd.io/v1",
            b"kind: EnvoyFilter",
            b"spiffeid.spiffe.io/v1",
            b'NodeAttestor "',
            b"toolhive.stacklok.dev/v1",
            b"vault.banzaicloud.com/v1",
            b"redhatcop.redhat.io/v1",
            b"cedarv1",
            b"agents.x-k8s.io/v1",
            b"kind: Pod\n",
            b"kind: Pod\r",
            b"kind: Secret\n",
            b"kind: Secret\r",
            b"name: aws-auth",
            b"kustomize.toolkit.fluxcd.io/v1",
            b"\n  serviceAccountName:",
            b"fluxcd.controlplane.io/v1",
            b"kind: Application",
            b"type: ClusterRole",
            b"type: Role",
            b"clusterRole:",
            b"ClusterRoleRules:",
            b"chart: headlamp",
            b"githubConfigUrl:",
            b"kind: RBACDefinition",
            b"leaderworkerset.x-k8s.io/v1",
            b"jobset.x-k8s.io/v1",
            b"apiVersion: ray.io/v1",
            b"kind: ScaledJob",
            b"apiVersion: kubeflow.org/v",
            *PROVIDERS_WORDS,
        ),
        docs=_DOCS,
    ),
    Claim(
        format="kubernetes",
        title="Kubernetes manifests (JSON)",
        syntax=Syntax.JSON,
        reads="kubernetes.manifest",
        suffixes=(".json",),
        probe=(
            b'"rbac.authorization.k8s.io/v1',
            b'"ServiceAccount"',
            b'"kubernetes.io/service-account-token"',
            b'"serviceAccountName": "',
            b'"serviceAccountName":"',
        ),
        docs=_DOCS,
    ),
    Claim(
        format="kubernetes",
        title="Definitions of custom resources, and validating webhooks",
        syntax=Syntax.TEXT,
        reads="kubernetes.definitions",
        suffixes=(".yaml", ".yml"),
        probe=(b"kind: CustomResourceDefinition", b"kind: ValidatingWebhookConfiguration"),
        docs="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/",
    ),
    Claim(
        format="kubernetes",
        title="Patches of kustomize that are lists of operations",
        syntax=Syntax.YAML,
        reads="kubernetes.patches",
        suffixes=(".yaml", ".yml", ".json"),
        probe=tuple(
            f"{before}{key}".encode()
            for before in ("path: /", "path: '/", 'path: "/', '"path": "/', '"path":"/')
            for key in ("rules", "subjects", "roleRef", "kind", "metadata/", "spec/template/spec/", "spec/replicas")
        ),
        docs="https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/",
    ),
    Claim(
        format="kustomization",
        title="Kustomizations",
        syntax=Syntax.YAML,
        reads="kubernetes.kustomization",
        names=("kustomization.yaml", "kustomization.yml", "kustomization"),
        probe=(
            b"resources:",
            b"components:",
            b"bases:",
            b"patches",
            b"generators:",
            b"Generator:",
            b"kustomize.config.k8s.io",
        ),
        docs="https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
    ),
)
