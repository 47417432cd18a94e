"""A principal that may change itself, or a policy that it carries, by a pattern that names no more than that."""

from __future__ import annotations

import pytest

from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract
from nhilint.link.terraform import join
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import read

CLAIM = next(claim for claim in CLAIMS if claim.format == "terraform-aws")
HOLDER = """
resource "aws_iam_user" "bot" {{ name = "bot-one" }}
resource "aws_iam_policy" "held" {{
  name   = "held-policy"
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "{action}", Resource = "{resource}" }}] }})
}}
resource "aws_iam_user_policy_attachment" "a" {{
  user       = aws_iam_user.bot.name
  policy_arn = aws_iam_policy.held.arn
}}
"""


def ways(action, resource):
    text = HOLDER.format(action=action, resource=resource)
    resources = join(extract(read("main.tf", text.encode(), CLAIM.syntax), CLAIM).resources)
    return [value_of(way.id) for way in known_records(resources[0].facts.escalations)]


@pytest.mark.parametrize(
    ("action", "resource", "found"),
    [
        ("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/held-*", ["iam-001"]),
        ("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/held-policy", ["iam-001"]),
        ("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/other-*", []),
        ("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/held-*", []),
        ("iam:PutUserPolicy", "arn:aws:iam::*:user/bot-*", ["iam-007"]),
        ("iam:PutUserPolicy", "arn:aws:iam::*:user/someone-*", []),
        ("iam:CreateAccessKey", "arn:aws:iam::*:user/bot-*", []),
    ],
)
def test_only_what_raises_the_holder_itself(action, resource, found):
    assert ways(action, resource) == found
