"""Which files are Terraform or OpenTofu configuration with something of AWS IAM in it, and the files beside them.

A folder is one module: values of one file are named in another. Files that hold nothing but such values are taken as
text and parsed only when their folder turns out to need them.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs"
_SUFFIXES = (".tf", ".tofu")
_CREDENTIAL_WORDS = (
    b"assword",
    b"PASSWORD",
    b"secret",
    b"SECRET",
    b"token",
    b"TOKEN",
    b"access_key",
    b"api_key",
    b"API_KEY",
    b"AKIA",
    b"private_key",
    b"PRIVATE KEY",
    b"auth_key",
    b"user_data",
    b"custom_data",
    b"connection_string",
)
"""What stands in a file in which a credential may stand."""

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="terraform-aws",
        title="Terraform and OpenTofu: AWS identities and policies",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(
            b"aws_iam_",
            b"aws_bedrockagent",
            b"aws_verifiedpermissions_policy",
            b"aws_kms_key",
            b"aws_s3_bucket_policy",
            b"aws_sqs_queue_policy",
            b"aws_sns_topic_policy",
            b"aws_lambda_permission",
            b"aws_secretsmanager_secret_policy",
            b"aws_glacier_vault",
            b"aws_ecr_repository_policy",
        ),
        docs=_DOCS,
    ),
    Claim(
        format="terraform-azure",
        title="Terraform and OpenTofu: Azure roles, managed identities and Entra apps",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(
            b"azurerm_role_",
            b"azurerm_pim_active",
            b"azurerm_user_assigned_identity",
            b"azurerm_federated_identity",
            b"azuread_",
        ),
        docs="https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs",
    ),
    Claim(
        format="terraform-oauth-clients",
        title="Terraform and OpenTofu: clients of Auth0, Cognito, Keycloak and Okta",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(
            *(b"auth0_client", b"auth0_tenant", b"auth0_resource_server", b"aws_cognito_user_pool_client"),
            *(b"keycloak_openid_client", b"okta_app_oauth", b"okta_auth_server_policy_rule"),
        ),
        docs="https://registry.terraform.io/providers/auth0/auth0/latest/docs",
    ),
    Claim(
        format="terraform-google",
        title="Terraform and OpenTofu: Google Cloud identities, roles and policies",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(
            b"_iam_member",
            b"_iam_binding",
            b"google_iam_",
            b"google_service_account",
            b"google_project_iam",
            b"google_organization_iam",
            b"google_folder_iam",
            b"google_storage_hmac_key",
            b"google_compute_instance",
            b"google_container_",
            b"google_storage_bucket_a",
            b"google_storage_default_object_a",
            b"google_bigquery_dataset",
        ),
        docs="https://registry.terraform.io/providers/hashicorp/google/latest/docs",
    ),
    Claim(
        format="terraform-vault",
        title="Terraform and OpenTofu: Vault policies and roles",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(b"vault_policy", b"vault_jwt_auth_backend", b"vault_kubernetes_auth_backend", b"vault_approle_auth"),
        docs="https://registry.terraform.io/providers/hashicorp/vault/latest/docs",
    ),
    Claim(
        format="terraform-secrets",
        title="Terraform and OpenTofu: files in which credentials may stand",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=_CREDENTIAL_WORDS,
        docs="https://developer.hashicorp.com/terraform/language/manage-sensitive-data",
    ),
    Claim(
        format="terraform-values",
        title="Terraform and OpenTofu: variables and locals beside them",
        syntax=Syntax.TEXT,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(b"variable ", b"locals {", b'module "'),
        docs="https://developer.hashicorp.com/terraform/language/files",
    ),
    Claim(
        format="terraform-variables",
        title="Terraform and OpenTofu: values that are loaded by themselves, credentials too",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        names=("terraform.tfvars",),
        suffixes=(".auto.tfvars",),
        probe=_CREDENTIAL_WORDS,
        docs="https://developer.hashicorp.com/terraform/language/values/variables",
    ),
    Claim(
        format="terraform-variables",
        title="Terraform and OpenTofu: values that are loaded by themselves",
        syntax=Syntax.TEXT,
        reads="terraform.fragment",
        names=("terraform.tfvars",),
        suffixes=(".auto.tfvars",),
        docs="https://developer.hashicorp.com/terraform/language/values/variables",
    ),
    Claim(
        format="terraform-other-variables",
        title="Terraform and OpenTofu: values that a run is given by name",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=(".tfvars",),
        probe=_CREDENTIAL_WORDS,
        docs="https://developer.hashicorp.com/terraform/language/values/variables",
    ),
    Claim(
        format="terraform-json",
        title="Terraform and OpenTofu in JSON: identities and policies",
        syntax=Syntax.JSON,
        reads="terraform.fragment",
        suffixes=(".tf.json",),
        probe=(b"aws_iam_", b"google_service_account", b"google_project_iam"),
        docs="https://developer.hashicorp.com/terraform/language/syntax/json",
    ),
)
