"""What Crossplane's kinds are in Terraform, from which Upbound's providers are made: types, names, references.

Source: github.com/crossplane-contrib/provider-aws, examples/iam (groups `iam.aws.crossplane.io` and, before,
`identity.aws.crossplane.io` with kinds that begin with IAM); package/crds of
github.com/crossplane-contrib/provider-upjet-gcp and -azure, and config/externalname.go of the former, which says what a
name becomes; read 2026-11-22. A group with `.m.` has the same kinds within a namespace.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from nhilint.source.deferred import Deferred


class Meant(NamedTuple):
    """What an attribute refers to: a type, and the attribute of it whose value it takes."""

    type: str
    attribute: str = "name"


_AWS = frozenset({"iam.aws.crossplane.io", "identity.aws.crossplane.io", "iam.aws.upbound.io"})
_CLOUDPLATFORM = {
    "ProjectIAMMember": "google_project_iam_member",
    "FolderIAMMember": "google_folder_iam_member",
    "OrganizationIAMMember": "google_organization_iam_member",
    "ServiceAccountIAMMember": "google_service_account_iam_member",
    "ServiceAccount": "google_service_account",
    "ServiceAccountKey": "google_service_account_key",
    "ProjectIAMCustomRole": "google_project_iam_custom_role",
    "OrganizationIAMCustomRole": "google_organization_iam_custom_role",
}
_OTHERS: Final[dict[str, dict[str, str]]] = {
    "cloudplatform.gcp.upbound.io": _CLOUDPLATFORM,
    "iam.gcp.upbound.io": {
        "WorkloadIdentityPool": "google_iam_workload_identity_pool",
        "WorkloadIdentityPoolProvider": "google_iam_workload_identity_pool_provider",
    },
    "storage.gcp.upbound.io": {
        "BucketIAMMember": "google_storage_bucket_iam_member",
        "HMACKey": "google_storage_hmac_key",
    },
    "secretmanager.gcp.upbound.io": {"SecretIAMMember": "google_secret_manager_secret_iam_member"},
    "kms.gcp.upbound.io": {
        "CryptoKeyIAMMember": "google_kms_crypto_key_iam_member",
        "KeyRingIAMMember": "google_kms_key_ring_iam_member",
    },
    "pubsub.gcp.upbound.io": {
        "TopicIAMMember": "google_pubsub_topic_iam_member",
        "SubscriptionIAMMember": "google_pubsub_subscription_iam_member",
    },
    "cloudrun.gcp.upbound.io": {"ServiceIAMMember": "google_cloud_run_service_iam_member"},
    "cloudfunctions.gcp.upbound.io": {"FunctionIAMMember": "google_cloudfunctions_function_iam_member"},
    "artifact.gcp.upbound.io": {"RegistryRepositoryIAMMember": "google_artifact_registry_repository_iam_member"},
    "bigquery.gcp.upbound.io": {"DatasetIAMMember": "google_bigquery_dataset_iam_member"},
    "authorization.azure.upbound.io": {
        "RoleAssignment": "azurerm_role_assignment",
        "PimActiveRoleAssignment": "azurerm_pim_active_role_assignment",
        "RoleDefinition": "azurerm_role_definition",
    },
    "managedidentity.azure.upbound.io": {
        "UserAssignedIdentity": "azurerm_user_assigned_identity",
        "FederatedIdentityCredential": "azurerm_federated_identity_credential",
    },
}
NAMES: Final[dict[str, str]] = {
    "google_service_account": "account_id",
    "google_project_iam_custom_role": "role_id",
    "google_iam_workload_identity_pool": "workload_identity_pool_id",
    "google_iam_workload_identity_pool_provider": "workload_identity_pool_provider_id",
}
"""The attribute that an object's own name becomes; `name` for every other type."""
BLOCKS: Final = frozenset({"permissions", "oidc"})
"""Fields that hold one mapping or several, with keys of the provider's own, and are called the same in Terraform."""
_OF_AWS: Final[dict[str, Meant]] = {
    "role": Meant("aws_iam_role"),
    "user": Meant("aws_iam_user"),
    "group": Meant("aws_iam_group"),
    "policy_arn": Meant("aws_iam_policy", "arn"),
}
_ELSEWHERE: Final[dict[str, Meant]] = {
    "service_account_id": Meant("google_service_account"),
    "service_account_email": Meant("google_service_account", "email"),
    "workload_identity_pool_id": Meant("google_iam_workload_identity_pool", "workload_identity_pool_id"),
    "role_definition_id": Meant("azurerm_role_definition", "role_definition_resource_id"),
    "parent_id": Meant("azurerm_user_assigned_identity", "id"),
    "user_assigned_identity_id": Meant("azurerm_user_assigned_identity", "id"),
}
_RENAMED = {
    "assumeRolePolicyDocument": "assume_role_policy",
    "document": "policy",
    "roleName": "role",
    "userName": "user",
    "groupName": "group",
}
"""What provider-aws calls otherwise than Terraform does."""
_UNDERLINED = Deferred(r"_([a-z0-9])")
_CAPITAL = Deferred(r"(?<=[a-z0-9])[A-Z]")


def type_of(group: str, kind: str) -> str | None:
    """Terraform's type for a kind of an API group; None where it is no identity and gives no right."""
    plain = group.replace(".m.upbound.io", ".upbound.io")
    if plain in _AWS:
        return f"aws_iam_{_snake(kind.removeprefix('IAM'))}"
    return _OTHERS.get(plain, {}).get(kind)


def kind_of(type_name: str) -> str:
    """The kind whose objects are of a type; the type itself where no kind of another cloud than AWS is."""
    return next((kind for kinds in _OTHERS.values() for kind, made in kinds.items() if made == type_name), type_name)


def attribute_of(type_name: str, field: str) -> str:
    """Terraform's name of a field: `assumeRolePolicy` is `assume_role_policy`."""
    return (_RENAMED.get(field) if type_name.startswith("aws_") else None) or _snake(field)


def field_of(attribute: str) -> str:
    """The field that an attribute inside of a block is."""
    return _UNDERLINED.sub(lambda hit: hit[1].upper(), attribute)


def meant_by(type_name: str, attribute: str) -> Meant | None:
    """What an attribute of a type refers to."""
    return (_OF_AWS if type_name.startswith("aws_") else _ELSEWHERE).get(attribute)


def _snake(name: str) -> str:
    return _CAPITAL.sub(lambda hit: f"_{hit[0]}", name).lower()
