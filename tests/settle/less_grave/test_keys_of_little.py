"""The key of a user that may do little by all that is stated is told one step less gravely, with what it may do."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity
from nhilint.settle.less_grave.keys_of_little import LOOKS_UP, OF_KEYS, REPORTS

USER = """
resource "aws_iam_user" "shop" { name = "shop-deliveries" }
resource "aws_iam_access_key" "shop" { user = aws_iam_user.shop.name }
resource "aws_iam_user_policy" "shop" {
  user   = aws_iam_user.shop.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = [ACTIONS], Resource = "*" }] })
}
"""
FURTHER = """
resource "aws_iam_user_policy_attachment" "more" {
  user       = aws_iam_user.shop.name
  policy_arn = POLICY
}
"""
REPORTING = '"cloudwatch:PutMetricData", "cloudwatch:ListMetrics", "logs:PutLogEvents", "logs:TagLogGroup"'
LOOKING_UP = '"eks:DescribeCluster", "eks:ListClusters"'


def told(folder, **files):
    """The severity and the last words of the only finding about a key."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (found,) = scan(folder, select=[OF_KEYS]).findings
    return found.severity, found.message.rpartition("; ")[2]


@pytest.mark.parametrize(
    ("actions", "words"),
    [(REPORTING, REPORTS), (LOOKING_UP, LOOKS_UP), ('"eks:DescribeCluster", "sts:GetCallerIdentity"', LOOKS_UP)],
)
def test_a_user_that_may_do_little(tmp_path, actions, words):
    assert told(tmp_path, main_tf=USER.replace("ACTIONS", actions)) == (Severity.LOW, words)


@pytest.mark.parametrize(
    "actions",
    [
        f'{REPORTING}, "s3:GetObject"',
        f'{LOOKING_UP}, "eks:AccessKubernetesApi"',
        f'{LOOKING_UP}, "ecr:PutImage"',
        '"eks:*"',
        "var.more",
    ],
)
def test_a_user_that_may_do_more(tmp_path, actions):
    assert told(tmp_path, main_tf=USER.replace("ACTIONS", actions))[0] == Severity.MEDIUM


@pytest.mark.parametrize("actions", [REPORTING, LOOKING_UP])
@pytest.mark.parametrize("policy", ["var.policy", '"arn:aws:iam::aws:policy/AmazonSQSFullAccess"'])
def test_a_user_that_carries_another_policy(tmp_path, actions, policy):
    text = USER.replace("ACTIONS", actions) + FURTHER.replace("POLICY", policy)
    assert told(tmp_path, main_tf=text)[0] == Severity.MEDIUM


@pytest.mark.parametrize(
    "more",
    [
        {"cluster__auth_yaml": "mapUsers: |\n  - userarn: arn:aws:iam::111122223333:user/shop-deliveries\n"},
        {"cluster__README_md": "shop-deliveries may deploy"},
    ],
)
def test_a_user_that_another_file_names_may_have_rights_in_a_cluster(tmp_path, more):
    text = USER.replace("ACTIONS", LOOKING_UP)
    assert told(tmp_path, infra__main_tf=text, **more)[0] == Severity.MEDIUM


def test_a_user_that_a_cluster_lets_in(tmp_path):
    entry = """
resource "aws_eks_access_entry" "shop" {
  cluster_name  = "shop"
  principal_arn = aws_iam_user.shop.arn
}
resource "aws_eks_access_policy_association" "shop" {
  cluster_name  = "shop"
  principal_arn = aws_iam_user.shop.arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  access_scope { type = "cluster" }
}
"""
    assert told(tmp_path, main_tf=USER.replace("ACTIONS", LOOKING_UP) + entry)[0] == Severity.MEDIUM
