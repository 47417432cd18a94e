"""A related place names whom it is about, a part that is filled in later included."""

from __future__ import annotations

from nhilint.api import scan

ROLE = """
resource "google_organization_iam_member" "nodes" {
  org_id = "1"
  role   = "roles/pubsub.admin"
  member = "serviceAccount:${var.number}-compute@developer.gserviceaccount.com"
}
"""


def test_a_default_account_of_a_project_that_is_filled_in_later_is_named(tmp_path):
    (tmp_path / "main.tf").write_text(ROLE)
    (found,) = scan(tmp_path, select=["role-given-to-default-account"]).findings
    assert [one.message for one in found.related] == [
        "held by <var.number>-compute@developer.gserviceaccount.com",
    ]
