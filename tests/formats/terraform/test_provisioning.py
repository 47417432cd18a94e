"""A role made elsewhere that the module's own provider assumes builds what the module declares."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ATTACHED = """
variable "role" { default = "ProvisionAccount" }
resource "aws_iam_policy" "p" {
  policy = jsonencode({Statement = [{Effect = "Allow", Action = "ec2:*", Resource = "*"}]})
}
resource "aws_iam_role_policy_attachment" "p" {
  policy_arn = aws_iam_policy.p.arn
  role       = var.role
}
"""


@pytest.mark.parametrize(
    ("arn", "taker"),
    [
        ("arn:aws:iam::${var.account}:role/ProvisionAccount", "deployment"),
        ("arn:aws:iam::111122223333:role/ProvisionAccount", "deployment"),
        ("arn:aws:iam::111122223333:role/Reads", "anything"),
        ("arn:aws:iam::111122223333:role/${var.role}", "anything"),
    ],
)
def test_who_takes_a_role_that_the_provider_assumes(arn, taker):
    provider = f'provider "aws" {{\n  assume_role {{\n    role_arn = "{arn}"\n  }}\n}}\n'
    tree = MemoryTree({"a/main.tf": ATTACHED.encode(), "a/provider.tf": provider.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    (role,) = [one.facts for one in found if one.name == "ProvisionAccount"]
    assert value_of(role.taken_by) == taker
