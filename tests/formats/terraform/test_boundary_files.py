"""JSON policies that roles of the repository have as their boundary."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities

DOCUMENT = json.dumps({"Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]})
ROLE = """
data "aws_caller_identity" "current" {}
resource "aws_iam_role" "one" {
  name                 = "one"
  permissions_boundary = "arn:aws:iam::%s:policy/%s"
}
"""


@pytest.mark.parametrize("account", ["111122223333", "${data.aws_caller_identity.current.account_id}"])
def test_a_file_of_that_name_only_limits(account):
    found = identities({"main.tf": ROLE % (account, "edge/AcmeCeiling"), "iam/AcmeCeiling.json": DOCUMENT})
    assert value_of(found["AcmeCeiling.json"].kind) == "control_policy"
    assert found["AcmeCeiling.json"].escalations == ()


def test_a_file_of_another_name_grants():
    found = identities({"main.tf": ROLE % ("111122223333", "AcmeCeiling"), "iam/AcmeReader.json": DOCUMENT})
    assert value_of(found["AcmeReader.json"].kind) == "policy"
    assert found["AcmeReader.json"].escalations
