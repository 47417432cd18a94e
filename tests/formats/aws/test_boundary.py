"""What a principal keeps under its permissions boundary."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ALLOWED = '{"Statement": [{"Effect": "Allow", "Action": ["iam:*", "s3:*"], "Resource": "*"}]}'
LIMIT = '{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
MODULE = """
resource "aws_iam_role" "deploy" {{
  name                 = "deploy"
  permissions_boundary = {boundary}
  assume_role_policy   = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = {{ Service = "ec2.amazonaws.com" }} }}] }})
}}
resource "aws_iam_policy" "held" {{
  policy = {held}
}}
resource "aws_iam_policy" "edge" {{
  policy = {edge}
}}
resource "aws_iam_role_policy_attachment" "held" {{
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.held.arn
}}
"""
TEMPLATE = f"""
Resources:
  Edge: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {LIMIT}}}}}
  deploy:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deploy
      PermissionsBoundary: !Ref Edge
      Policies: [{{PolicyName: held, PolicyDocument: {ALLOWED}}}]
"""


def deploying(**files):
    tree = MemoryTree({name.replace("_", "."): text.encode() for name, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return next(one.facts for one in found if one.name == "deploy")


def inline(document):
    return f"<<EOF\n{document}\nEOF\n"


@pytest.mark.parametrize(
    "files",
    [
        {"main_tf": MODULE.format(boundary="aws_iam_policy.edge.arn", held=inline(ALLOWED), edge=inline(LIMIT))},
        {
            "main_tf": MODULE.format(
                boundary="aws_iam_policy.edge.arn",
                held='templatefile("${path.module}/held.json", {})',
                edge='templatefile("${path.module}/edge.json", {})',
            ),
            "held_json": ALLOWED,
            "edge_json": LIMIT,
        },
        {"stack_yaml": TEMPLATE},
    ],
)
def test_only_what_both_allow_is_left(files):
    role = deploying(**files)
    assert [value_of(whole.services) for whole in known_records(role.whole_services)] == [("s3",)]
    assert [value_of(whole.besides) for whole in known_records(role.whole_services)] == [("s3",)]
    assert {value_of(way.kind) for way in known_records(role.escalations)} <= {"resource-access"}
    assert not any(isinstance(way, Unknown) for way in role.escalations)


def test_a_boundary_of_elsewhere_leaves_it_open():
    arn = '"arn:aws:iam::111122223333:policy/edge"'
    role = deploying(main_tf=MODULE.format(boundary=arn, held=inline(ALLOWED), edge=inline(LIMIT)))
    assert all(isinstance(one, Unknown) for one in (*role.escalations, *role.whole_services))


@pytest.mark.parametrize("boundary", ["null", '"arn:aws:iam::aws:policy/AdministratorAccess"', "var.boundary"])
def test_no_boundary_and_one_that_limits_nothing(boundary):
    role = deploying(main_tf=MODULE.format(boundary=boundary, held=inline(ALLOWED), edge=inline(LIMIT)))
    assert "iam-009" in {value_of(way.id) for way in known_records(role.escalations)}
    assert [value_of(whole.besides) for whole in role.whole_services] == [()]


def test_what_a_boundary_elsewhere_leaves_of_stored_data_is_not_known():
    reading = '{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}]}'
    named = MODULE.format(
        boundary='"arn:aws:iam::${data.aws_caller_identity.current.account_id}:policy/Developer"',
        held=inline(reading),
        edge=inline(LIMIT),
    )
    stated = named.replace(
        'resource "aws_iam_policy" "held" {', 'resource "aws_iam_role_policy" "held" {\n  role = "deploy"'
    )
    (grant,) = known_records(deploying(main_tf=stated).grants)
    assert isinstance(grant.unlimited_data_reads, Unknown)
    assert value_of(grant.unlimited_permissions) == ()
