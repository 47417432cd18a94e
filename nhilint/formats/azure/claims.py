"""Which files belong to Azure: templates, Bicep, role definitions, and the manifests of Entra app registrations."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="bicep",
        title="Bicep: roles, assignments, managed identities, services with keys of their own and Entra apps",
        syntax=Syntax.TEXT,
        reads="azure.bicep",
        suffixes=(".bicep",),
        probe=(
            b"Microsoft.Authorization/role",
            b"Microsoft.ManagedIdentity/",
            b"Microsoft.Graph/",
            b"microsoft.authorization/role",
            b"ccessPolicies",
            b"module ",
            b"@secure()",
            b"assword",
            b"PASSWORD",
            b"ecret",
            b"customData",
            b"disableLocal",
            b"disableAccessKeyAuth",
            b"adminUserEnabled",
            b"authOptions",
            b"enableRBAC",
            b"@export()",
        ),
        docs="https://learn.microsoft.com/azure/azure-resource-manager/bicep/file",
    ),
    Claim(
        format="bicep",
        title="Bicep: parameters of a deployment",
        syntax=Syntax.TEXT,
        reads="azure.bicep",
        suffixes=(".bicepparam",),
        probe=(b"using ",),
        docs="https://learn.microsoft.com/azure/azure-resource-manager/bicep/parameter-files",
    ),
    Claim(
        format="arm-template",
        title="Azure Resource Manager templates",
        syntax=Syntax.JSON,
        reads="azure.arm",
        suffixes=(".json", ".jsonc"),
        probe=(b"eploymentTemplate.json",),
        docs="https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax",
    ),
    Claim(
        format="arm-parameters",
        title="Azure Resource Manager parameter files",
        syntax=Syntax.JSON,
        reads="azure.parameters",
        suffixes=(".json", ".jsonc"),
        probe=(b"eploymentParameters.json",),
        docs="https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files",
    ),
    Claim(
        format="azure-role",
        title="Azure role definitions",
        syntax=Syntax.JSON,
        reads="azure.role_file",
        suffixes=(".json",),
        probe=(b"AssignableScopes", b"assignableScopes"),
        docs="https://learn.microsoft.com/azure/role-based-access-control/role-definitions",
    ),
    Claim(
        format="entra-app",
        title="Microsoft Entra app manifests",
        syntax=Syntax.JSON,
        reads="azure.app_manifest",
        suffixes=(".json",),
        probe=(b"requiredResourceAccess", b"replyUrlsWithType", b"signInAudience"),
        docs="https://learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest",
    ),
)
