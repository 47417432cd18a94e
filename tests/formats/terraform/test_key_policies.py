"""What a key's own policy gives, beside a statement that names the key by an alias."""

from __future__ import annotations

import pytest

from tests.formats.terraform.test_module_calls import TRUST, resources

_MODULE = """
resource "aws_iam_role" "agent" {{
  name               = "ledger-agent"
  assume_role_policy = {trust}
}}
resource "aws_iam_role_policy" "agent" {{
  role   = aws_iam_role.agent.id
  policy = jsonencode({{Statement = [{{Effect = "Allow", Action = ["kms:Decrypt"], Resource = [aws_kms_alias.ledger.arn]}}]}})
}}
resource "aws_kms_alias" "ledger" {{
  name          = "alias/ledger"
  target_key_id = aws_kms_key.ledger.key_id
}}
resource "aws_kms_key" "ledger" {{
  policy = jsonencode({{Statement = [{{Effect = "{effect}", Action = ["{action}"], Resource = "*",
    Principal = {{AWS = [{principal}]}}}}]}})
}}
{more}
"""
_OTHER = (
    'resource "aws_kms_key" "other" {\n  policy = jsonencode({Statement = [{Effect = "Allow", Action = ["kms:Sign"], '
)
_OTHER += 'Resource = "*", Principal = {AWS = ["arn:aws:iam::111122223333:root"]}}]})\n}\n'


def slips(effect="Allow", action="kms:Decrypt*", principal="aws_iam_role.agent.arn", more=""):
    text = _MODULE.format(trust=TRUST, effect=effect, action=action, principal=principal, more=more)
    found = [one for one in resources({"main.tf": text}) if one.kind == "identity"]
    return [len(one.facts.slips) for one in found]


def test_what_the_key_gives_anyway_is_not_lost():
    assert slips() == [0]


@pytest.mark.parametrize(
    "other",
    [
        {"effect": "Deny"},
        {"action": "kms:Sign"},
        {"principal": '"arn:aws:iam::111122223333:role/other"'},
        {"more": _OTHER},
    ],
)
def test_what_the_key_does_not_give_is_lost(other):
    assert slips(**other) == [1]
