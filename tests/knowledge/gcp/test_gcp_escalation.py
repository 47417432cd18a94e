"""The known ways to more privilege on Google Cloud."""

from __future__ import annotations

import pytest

from nhilint.knowledge import gcp


def test_there_are_sixty_five_ways_with_names_of_their_own():
    paths = gcp.all_escalations()
    assert len(paths) == len({path.id for path in paths}) == 65


@pytest.mark.parametrize("path", gcp.all_escalations(), ids=lambda path: path.id)
def test_every_way_needs_all_its_permissions(path):
    assert path in gcp.escalations(gcp.permissions(path.requires))
    for left_out in path.requires:
        rest = [permission for permission in path.requires if permission != left_out]
        assert path not in gcp.escalations(gcp.permissions(rest))


def test_keys_in_the_metadata_of_a_project_lead_to_accounts_that_may_be_acted_as():
    changing = "compute.projects.setCommonInstanceMetadata"
    assert gcp.escalations(gcp.permissions([changing])) == ()
    found = gcp.escalations(gcp.permissions([changing, "iam.serviceAccounts.actAs"]))
    assert [(path.id, path.ordinary) for path in found] == [("gcp-gce-metadata-project", False)]


def test_permissions_of_the_ways_exist():
    strangers = {name for path in gcp.all_escalations() for name in gcp.permissions(path.requires).strangers}
    assert strangers == {"serviceusage.apiKeys.create", "serviceusage.apiKeys.list"}


def test_harmless_permissions_open_nothing():
    assert gcp.escalations(gcp.permissions(["storage.objects.get", "logging.logEntries.create"])) == ()
