"""Odd manifests never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.kubernetes import manifest
from nhilint.formats.kubernetes.claims import CLAIMS
from nhilint.link import framework_agents
from nhilint.link import kagent as join_kagent
from nhilint.link import kubernetes as join_kubernetes
from nhilint.link import sandboxes as join_sandboxes
from nhilint.link import toolhive as join_toolhive
from nhilint.source.document import Document, Syntax
from nhilint.source.value import Stream
from tests.odd_values import odd_values

KINDS = [
    "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ServiceAccount", "Secret", "Deployment", "Pod", "CronJob",
    "List", "RoleList", "MCPServer", "RemoteMCPServer", "Sandbox", "Agent", "ToolServer", "ModelConfig", "MCPRemoteProxy",
    "MCPServerEntry", "VirtualMCPServer", "HTTPRoute", "MCPToolConfig", "MCPExternalAuthConfig", "MCPAuthzConfig", "ConfigMap",
    "SandboxTemplate", "SandboxClaim", "SandboxWarmPool",
    "HelmRelease", "Template", "Object", "Composition", "Policy", "ConfigurationPolicy", "SyncSet", "ManifestWork",
    "RBACDefinition", "Application",
]  # fmt: skip
KEYS = [
    "rules", "verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs", "aggregationRule", "matchLabels",
    "clusterRoleSelectors", "roleRef", "subjects", "kind", "name", "namespace", "labels", "annotations", "spec", "template",
    "containers", "image", "env", "value", "valueFrom", "secretKeyRef", "volumes", "hostPath", "path", "projected", "sources",
    "serviceAccountToken", "expirationSeconds", "securityContext", "privileged", "capabilities", "add", "hostPID", "items",
    "serviceAccountName", "automountServiceAccountToken", "type", "data", "stringData", "url", "headersFrom", "secrets", "transport", "podTemplate", "declarative", "deployment", "jobTemplate", "metadata",
    "tools", "mcpServer", "toolNames", "requireApproval", "agent", "toolServer", "skills", "gitRefs", "refs", "ref", "modelConfig",
    "config", "stdio", "sse", "command", "args", "cmd", "remoteUrl", "headerForward", "addPlaintextHeaders", "incomingAuth",
    "toolsFilter", "toolConfigRef", "externalAuthConfigRef", "groupRef", "aggregation", "filter", "workload", "excludeAll",
    "tokenExchange", "scopes", "clientSecretRef", "awsSts", "roleMappings", "fallbackRoleArn", "sandboxTemplateRef", "warmPoolRef",
    "envVarsInjectionPolicy",
    "authzConfig", "inline", "policies", "backendRefs", "defaultHeaders", "apiKeySecret", "podTemplateSpec",
    "values", "controllers", "rbac", "roles", "bindings", "identifier", "githubConfigUrl", "serviceAccount", "enabled",
    "objects", "forProvider", "manifest", "base", "pipeline", "input", "policy-templates", "object-templates",
    "objectDefinition", "complianceType", "manifests", "rbacBindings", "clusterRoleBindings", "roleBindings", "clusterRole",
    "source", "helm", "valuesObject", "destination",
    "forceRename", "prefix", "staticToken", "targetNamespace", "releaseName", "global", "create",
]  # fmt: skip
APIS = [
    "v1",
    "kagent.dev/v1alpha2",
    "toolhive.stacklok.dev/v1beta1",
    "agents.x-k8s.io/v1beta1",
    "extensions.agents.x-k8s.io/v1beta1",
    "helm.toolkit.fluxcd.io/v2",
    "kubernetes.crossplane.io/v1alpha2",
    "apiextensions.crossplane.io/v1",
    "policy.open-cluster-management.io/v1",
    "work.open-cluster-management.io/v1",
    "hive.openshift.io/v1",
    "rbacmanager.reactiveops.io/v1beta1",
    "argoproj.io/v1alpha1",
]
WORDS = [
    "*",
    "",
    "get",
    "secrets",
    "Group",
    "ServiceAccount",
    "system:serviceaccount:a",
    "{{ .x }}",
    "/",
    "default",
    "aGk=",
    "tokenExchange",
    "awsSts",
    "Allowed",
    "cedarv1",
    '{"type": "cedarv1", "cedar": {"policies": [1, "permit(principal, action, resource);"]}}',
]
odd = odd_values(KEYS, WORDS)
named = st.fixed_dictionaries(
    {"name": odd | st.just("a")}, optional={"namespace": odd, "labels": odd, "annotations": odd}
)
objects = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS) | odd, "apiVersion": st.sampled_from(APIS), "metadata": named | odd},
    optional=dict.fromkeys(("rules", "roleRef", "subjects", "spec", "items", "data", "type", "aggregationRule"), odd),
)


def read_and_join(value):
    resources = manifest.extract(Document("a.yaml", Syntax.YAML, "", value), CLAIMS[0]).resources
    for resource in framework_agents.join(
        join_kagent.join(join_toolhive.join(join_kubernetes.join(join_sandboxes.join(resources))), "acme")
    ):
        activate(resource.facts)


@given(objects | odd)
@settings(max_examples=120, deadline=None)
def test_any_object_is_read_or_left(value):
    read_and_join(value)


@given(st.lists(objects, max_size=5))
@settings(max_examples=120, deadline=None)
def test_any_objects_are_joined(values):
    read_and_join(Stream(values))


odd_entries = st.dictionaries(st.sampled_from(["a", "b", "default"]), odd, max_size=3)
released = st.fixed_dictionaries(
    {"controllers": odd_entries, "rbac": st.fixed_dictionaries({"roles": odd_entries, "bindings": odd_entries})},
    optional={"serviceAccount": odd_entries | odd, "global": odd, "defaultPodOptions": odd},
) | st.fixed_dictionaries(
    {"githubConfigUrl": st.just("a"), "template": st.fixed_dictionaries({"spec": odd_entries | odd})}
)


@given(released, named | odd)
@settings(max_examples=120, deadline=None)
def test_any_values_of_a_release(values, metadata):
    kind = {"kind": "HelmRelease", "apiVersion": "helm.toolkit.fluxcd.io/v2"}
    read_and_join({**kind, "metadata": metadata, "spec": {"values": values}})


def test_large_files_end():
    rules = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}] * 5_000
    pods = [
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"p{n}"}, "spec": {"containers": [{"image": "a"}]}}
        for n in range(3_000)
    ]
    bindings = [
        {
            "apiVersion": "v1", "kind": "ClusterRoleBinding", "metadata": {"name": f"b{n}"},
            "roleRef": {"kind": "ClusterRole", "name": "r"}, "subjects": [{"kind": "ServiceAccount", "name": f"s{n}"}],
        }
        for n in range(200)
    ]  # fmt: skip
    role = {"apiVersion": "v1", "kind": "ClusterRole", "metadata": {"name": "r"}, "rules": rules[:300]}
    read_and_join(Stream([role, {**role, "metadata": {"name": "s"}, "rules": rules}, *pods, *bindings]))
