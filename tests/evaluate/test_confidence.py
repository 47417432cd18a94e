"""How sure a finding is by the role of its file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.model.finding import Confidence
from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ROLE = (
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: bot}\n"
    'rules:\n  - {apiGroups: [""], resources: [nodes/proxy], verbs: [get]}\n---\n'
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: bot}\n"
    "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bot}\n"
    "subjects: [{kind: ServiceAccount, name: bot, namespace: ci}]\n"
)
ADMIN = """
resource "aws_iam_role" "bot" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy_attachment" "all" {
  role       = aws_iam_role.bot.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
CEDAR = "permit(principal, action, resource);\n"


@pytest.fixture(scope="module")
def checks():
    return compile_policies((builtin_folder(),)).checks


@pytest.mark.parametrize(
    ("path", "text", "sure"),
    [
        ("deploy/rbac.yaml", ROLE, Confidence.HIGH),
        ("chart/templates/rbac.yaml", ROLE, Confidence.MEDIUM),
        ("examples/rbac.yaml", ROLE, Confidence.LOW),
        ("deploy/rbac.yaml", "# Source: bot/templates/rbac.yaml\n" + ROLE, Confidence.LOW),
        ("tests/rbac.yaml", ROLE, Confidence.LOW),
        ("policies/all.cedar", CEDAR, Confidence.HIGH),
        ("examples/all.cedar", CEDAR, Confidence.LOW),
        ("quickstart/main.tf", ADMIN, Confidence.LOW),
        ("infra/main.tf", ADMIN, Confidence.HIGH),
    ],
)
def test_nobody_decides_about_an_example_or_a_copy_where_it_stands(checks, path, text, sure):
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC), min_confidence=Confidence.LOW)
    run = scan(MemoryTree({path: text.encode()}), settings, checks)
    asked = ("kubelet-open-through-proxy", "policy-permits-everything", "administrator-policy-attached")
    found = [one for one in run.findings if one.check in asked]
    assert [one.confidence for one in found] == [sure]
