"""What a role lets its holder do to all that a service keeps."""

from __future__ import annotations

import pytest

from nhilint.knowledge import gcp


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("roles/storage.admin", "Cloud Storage"),
        ("roles/cloudkms.admin", "Cloud KMS"),
        ("roles/bigquery.admin", "BigQuery"),
        ("roles/bigquery.dataOwner", "BigQuery"),
        ("roles/spanner.admin", "Spanner"),
        ("roles/bigtable.admin", "Bigtable"),
        ("roles/cloudsql.admin", "Cloud SQL"),
        ("roles/alloydb.admin", "AlloyDB"),
        ("roles/artifactregistry.admin", "Artifact Registry"),
        ("roles/pubsub.admin", "Pub/Sub"),
    ],
)
def test_an_administrator_of_one_service_holds_that_service(role: str, words: str) -> None:
    held = gcp.permissions_of(role)
    assert held is not None
    (power,) = gcp.service_powers(held)
    assert words in power.may


@pytest.mark.parametrize(
    "role", ["roles/storage.objectAdmin", "roles/bigquery.dataEditor", "roles/cloudsql.client", "roles/pubsub.editor"]
)
def test_who_works_with_the_data_alone_holds_no_service(role: str) -> None:
    held = gcp.permissions_of(role)
    assert held is not None
    assert not list(gcp.service_powers(held))


def test_every_permission_is_one_that_exists() -> None:
    known = gcp.permissions(name for power in gcp.SERVICE_POWERS for name in power.needed)
    assert not known.strangers
