"""Which files may hold Google Cloud policies, roles or Config Connector resources: a few words, then the content."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://cloud.google.com/iam/docs/reference/rest/v1/Policy"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="gcp-config-connector",
        title="Google Cloud Config Connector: IAM resources, clusters, build triggers",
        syntax=Syntax.TEMPLATED_YAML,
        reads="gcp.config_connector",
        suffixes=(".yaml", ".yml"),
        probe=(b"iam.cnrm.cloud.google.com", b"enableLegacyAbac: true", b"cloudbuild.cnrm.cloud.google.com"),
        docs="https://cloud.google.com/config-connector/docs/reference/overview",
    ),
    Claim(
        format="gcp-key-file",
        title="Google Cloud service account key files",
        syntax=Syntax.JSON,
        reads="gcp.key_file",
        suffixes=(".json",),
        probe=(b'"private_key_id"',),
        docs="https://cloud.google.com/iam/docs/keys-create-delete",
    ),
    Claim(
        format="gcp-iam",
        title="Google Cloud IAM policies, deny policies and custom roles (JSON)",
        syntax=Syntax.JSON,
        reads="gcp.policy",
        suffixes=(".json",),
        probe=(b'"bindings"', b'"includedPermissions"', b'"denyRule"'),
        docs=_DOCS,
    ),
    Claim(
        format="gcp-iam",
        title="Google Cloud IAM policies, deny policies and custom roles (YAML)",
        syntax=Syntax.YAML,
        reads="gcp.policy",
        suffixes=(".yaml", ".yml"),
        probe=(b"- role: roles/", b"role: roles/", b"includedPermissions:", b"denyRule:"),
        docs=_DOCS,
    ),
)
