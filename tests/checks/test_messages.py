"""What messages name where the words of a file and what they mean differ."""

from __future__ import annotations

import json

import pytest

import nhilint

VIEWER = """
resource "google_organization_iam_member" "site" {
  org_id = "111122223333"
  role   = "roles/viewer"
  member = "serviceAccount:site@acme-prod.iam.gserviceaccount.com"
}
"""


def said(folder, check):
    return [finding.message for finding in nhilint.scan(folder).findings if finding.check == check]


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        (["dynamodb:*"], "may call dynamodb:* on everything"),
        (["s3:GetObject", "s3:PutObject"], "may call s3:GetObject on everything"),
    ],
)
def test_a_whole_service_is_told_by_its_star(tmp_path, actions, told):
    document = {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    (tmp_path / "agent.json").write_text(json.dumps(document))
    (message,) = said(tmp_path, "stored-data-of-every-workload")
    assert told in message


def test_a_role_over_an_organisation_names_its_member(tmp_path):
    (tmp_path / "main.tf").write_text(VIEWER)
    (message,) = said(tmp_path, "basic-role-on-organization-or-folder")
    assert message.endswith(" to site@acme-prod.iam.gserviceaccount.com")
