"""What permissions let their holder do to all that one service keeps: read, change, destroy it, and let others in.

Only services that keep data, keys or code of others, the gravest first. Which permission allows what: the permissions
references of the services below cloud.google.com (storage/docs/access-control/iam-permissions, kms/docs/reference/
permissions-and-roles, bigquery/docs/access-control, spanner/docs/iam, bigtable/docs/access-control, sql/docs/mysql/
iam-permissions, artifact-registry/docs/access-control, pubsub/docs/access-control); which role holds which: the bundled
table. Read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nhilint.knowledge.gcp.permission_set import permissions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.knowledge.gcp.permission_set import PermissionSet


class ServicePower(NamedTuple):
    """One service as a whole in somebody's hands."""

    needed: tuple[str, ...]
    """permissions that must all be held"""
    may: str
    """what the holder may do, an infinitive"""


SERVICE_POWERS: Final = (
    ServicePower(
        ("cloudkms.cryptoKeyVersions.destroy", "cloudkms.cryptoKeys.setIamPolicy"),
        "destroy every key of Cloud KMS and let anybody use it",
    ),
    ServicePower(
        ("storage.objects.get", "storage.objects.create", "storage.objects.delete", "storage.buckets.setIamPolicy"),
        "read, replace and delete every object of Cloud Storage and let others into every bucket",
    ),
    ServicePower(
        (
            "bigquery.tables.getData",
            "bigquery.tables.updateData",
            "bigquery.tables.delete",
            "bigquery.datasets.setIamPolicy",
        ),
        "read, change and delete every table of BigQuery and let others into every dataset",
    ),
    ServicePower(
        (
            "spanner.databases.select",
            "spanner.databases.write",
            "spanner.databases.drop",
            "spanner.databases.setIamPolicy",
        ),
        "read, change and drop every database of Spanner and let others into it",
    ),
    ServicePower(
        (
            "bigtable.tables.readRows",
            "bigtable.tables.mutateRows",
            "bigtable.tables.delete",
            "bigtable.instances.setIamPolicy",
        ),
        "read, change and delete every table of Bigtable and let others into every instance",
    ),
    ServicePower(
        ("cloudsql.instances.export", "cloudsql.users.update", "cloudsql.instances.delete"),
        "export and delete every Cloud SQL instance and set the passwords of its users",
    ),
    ServicePower(
        ("alloydb.clusters.export", "alloydb.users.update", "alloydb.clusters.delete"),
        "export and delete every AlloyDB cluster and set the passwords of its users",
    ),
    ServicePower(
        (
            "artifactregistry.repositories.uploadArtifacts",
            "artifactregistry.repositories.delete",
            "artifactregistry.repositories.setIamPolicy",
        ),
        "replace and delete what every repository of Artifact Registry keeps and let others into it",
    ),
    ServicePower(
        (
            "pubsub.subscriptions.consume",
            "pubsub.topics.publish",
            "pubsub.topics.delete",
            "pubsub.topics.setIamPolicy",
        ),
        "read, send and delete in every topic of Pub/Sub and let others into it",
    ),
)
"""The gravest first."""


def service_powers(held: PermissionSet) -> Iterator[ServicePower]:
    """The services that a set of permissions puts into its holder's hands, the gravest first."""
    return (power for power in SERVICE_POWERS if permissions(power.needed) <= held)
