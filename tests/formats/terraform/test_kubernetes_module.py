"""Resources of Terraform's Kubernetes provider, joined as the manifests that they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

ACCOUNT = """
variable "env" { default = "prod" }
resource "kubernetes_namespace" "ops" {
  metadata { name = "ops" }
}
resource "kubernetes_service_account_v1" "bot" {
  metadata {
    name        = "bot-${var.env}"
    namespace   = kubernetes_namespace.ops.metadata[0].name
    annotations = { "eks.amazonaws.com/role-arn" = aws_iam_role.bot.arn }
  }
}
"""
ROLE = """
resource "kubernetes_cluster_role" "reader" {
  metadata { name = "reader" }
  rule {
    api_groups = [""]
    resources  = ["secrets"]
    verbs      = ["list"]
  }
  %s
}
resource "kubernetes_cluster_role_binding" "b" {
  metadata { name = "b" }
  role_ref {
    kind = "ClusterRole"
    name = kubernetes_cluster_role.reader.metadata.0.name
  }
  subject {
    kind = "ServiceAccount"
    name = %s
    %s
  }
}
"""
BOUND = ACCOUNT + ROLE % (
    "",
    "kubernetes_service_account_v1.bot.metadata.0.name",
    "namespace = kubernetes_service_account_v1.bot.metadata.0.namespace",
)
POD = """
resource "kubernetes_deployment" "web" {
  metadata { name = "web" }
  spec {
    template {
      metadata { labels = { host_pid = "no" } }
      spec {
        %s
        container {
          image = "nginx"
          security_context { privileged = %s }
          env {
            name = "AWS_SECRET_ACCESS_KEY"
            value_from {
              secret_key_ref {
                name = "aws"
                key  = "k"
              }
            }
          }
        }
        container { image = "sidecar" }
        volume {
          host_path { path = "/" }
        }
      }
    }
  }
}
"""


def read(text):
    gathered = gather(tree_of((("infra/main.tf", text),)), Settings(root=Path(), now=WHEN))
    assert not gathered.problems
    return {r.name: r.facts for r in link(gathered.resources) if r.kind == "identity"}


def paths(identity):
    return {value_of(one.id) for one in known_records(identity.escalations)}


def test_names_are_followed_to_the_objects_that_bear_them():
    account = read(BOUND)["ops/bot-prod"]
    (grant,) = known_records(account.grants)
    assert value_of(grant.actions) == ("list secrets",)
    assert grant.at.pointer == ("resource", "kubernetes_cluster_role", "reader", 0, "rule", 0)
    assert paths(account) == {"k8s-secrets-list"}


def test_a_namespace_that_is_left_out_is_the_default_one():
    found = read(ROLE % ("", '"lone"', ""))
    assert paths(found["default/lone"]) == {"k8s-secrets-list"}


def test_rules_that_a_run_makes_are_unknown_beside_those_that_are_written():
    more = 'dynamic "rule" {\n for_each = var.more\n content {\n verbs = rule.value\n }\n }'
    account = read(ROLE % (more, '"lone"', ""))["default/lone"]
    assert paths(account) == {"k8s-secrets-list"}
    assert isinstance(account.admin, Unknown)


def test_a_name_that_a_run_tells_is_the_label_in_every_place():
    text = 'variable "n" {}\nresource "kubernetes_service_account" "bot" {\n metadata { name = var.n }\n}\n'
    text += ROLE % ("", "kubernetes_service_account.bot.metadata[0].name", "")
    assert paths(read(text)["default/bot"]) == {"k8s-secrets-list"}


@pytest.mark.parametrize(
    ("privileged", "found"),
    [("true", "k8s-pod-privileged"), ("false", "k8s-pod-hostpath"), ("var.unknown", "k8s-pod-hostpath")],
)
def test_a_workload_tells_its_account_and_the_gravest_that_opens_its_node(privileged, found):
    account = read(POD % ('service_account_name = "web"', privileged))["default/web"]
    (workload,) = known_records(account.workloads)
    assert value_of(workload.kind) == "Deployment"
    (credential,) = known_records(workload.credentials)
    assert value_of(credential.reference) == "aws"
    assert paths(account) == {found}


def test_a_switch_of_the_pod_is_read_in_its_own_spelling():
    account = read(POD.replace('"/"', '"/srv"') % ("host_pid = true", "false"))["default/default"]
    assert paths(account) == {"k8s-pod-hostpid"}


def test_a_token_that_never_ends():
    text = """
resource "kubernetes_secret" "t" {
  metadata {
    name        = "t"
    annotations = { "kubernetes.io/service-account.name" = "bot" }
  }
  type = "kubernetes.io/service-account-token"
}
"""
    assert paths(read(text)["default/bot"]) == {"k8s-pod-legacy-token"}


def test_a_manifest_is_read_as_it_is():
    text = """
resource "kubernetes_manifest" "r" {
  manifest = {
    apiVersion = "rbac.authorization.k8s.io/v1"
    kind       = "ClusterRole"
    metadata   = { name = "r" }
    rules      = [{ apiGroups = [""], resources = ["pods/exec"], verbs = ["create"] }]
  }
}
"""
    (role,) = read(text).values()
    (grant,) = known_records(role.grants)
    assert value_of(grant.actions) == ("create pods/exec",)


@pytest.mark.parametrize(("folder", "power"), [("infra", "administers"), ("other", None)])
def test_an_account_meets_the_role_of_its_own_module(folder, power):
    role = """
resource "aws_iam_role" "bot" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.bot.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
    files = (("infra/main.tf", ACCOUNT), (f"{folder}/roles.tf", role))
    gathered = gather(tree_of(files), Settings(root=Path(), now=WHEN))
    account = {r.name: r.facts for r in link(gathered.resources)}["ops/bot-prod"]
    (cloud,) = known_records(account.cloud)
    assert value_of(cloud.identity) == "aws_iam_role.bot"
    assert value_of(cloud.power) == power


APPLIED = """
variable "ns" { default = "ops" }
resource "aws_iam_role" "bot" {
  assume_role_policy = "{}"
}
resource "kubectl_manifest" "account" {
  yaml_body = <<YAML
apiVersion: v1
kind: ServiceAccount
metadata:
  name: bot
  namespace: ${var.ns}
  annotations:
    eks.amazonaws.com/role-arn: ${aws_iam_role.bot.arn}
YAML
}
resource "kubectl_manifest" "role" {
  yaml_body = yamlencode({
    apiVersion = "rbac.authorization.k8s.io/v1"
    kind       = "ClusterRole"
    metadata   = { name = "reader" }
    rules      = [{ apiGroups = [""], resources = ["secrets"], verbs = ["list"] }]
  })
}
resource "kubectl_manifest" "binding" {
  %s
  yaml_body = <<-YAML
    apiVersion: rbac.authorization.k8s.io/v1
    kind: %s
    metadata:
      name: b
      namespace: elsewhere
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: reader
    subjects:
      - kind: ServiceAccount
        name: bot
        namespace: ops
  YAML
}
"""


def test_a_manifest_in_a_text_of_yaml():
    found = read(APPLIED % ("", "ClusterRoleBinding"))
    account = found["ops/bot"]
    assert paths(account) == {"k8s-secrets-list"}
    assert account.at.pointer == ("resource", "kubectl_manifest", "account", 0, "yaml_body")
    assert account.at.within is not None
    (cloud,) = known_records(account.cloud)
    assert value_of(cloud.identity) == "aws_iam_role.bot"
    (grant,) = known_records(account.grants)
    assert grant.at.pointer[:5] == ("resource", "kubectl_manifest", "role", 0, "yaml_body")


@pytest.mark.parametrize(("override", "own"), [("", "elsewhere"), ('override_namespace = "here"', "here")])
def test_the_namespace_that_the_block_names_goes_before_the_one_of_the_text(override, own):
    account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: bot\n  namespace: elsewhere\n"
    text = f'resource "kubectl_manifest" "a" {{\n {override}\n yaml_body = <<Y\n{account}Y\n}}\n'
    assert f"{own}/bot" in read(text + ROLE % ("", '"bot"', f'namespace = "{own}"'))


@pytest.mark.parametrize(
    "body",
    [
        'file("a.yaml")',
        "each.value",
        '"not: [closed"',
        '"- a\\n- b"',
        "12",
        "yamlencode([])",
        '"kind: 1\\napiVersion: []\\nmetadata: x"',
        '"a: &a [*a]"',
        "yamlencode({ kind = { a = 1 } }, 2)",
    ],
)
def test_what_is_no_manifest_says_nothing(body):
    assert read(f'resource "kubectl_manifest" "a" {{\n  yaml_body = {body}\n}}\n') == {}
