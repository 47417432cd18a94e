"""Which files hold objects by which Crossplane makes identities and rights, by themselves or inside a composition."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="crossplane",
        title="Crossplane: identities and rights of AWS, Azure and Google Cloud",
        syntax=Syntax.TEMPLATED_YAML,
        reads="crossplane.manifest",
        suffixes=(".yaml", ".yml"),
        probe=(
            b"iam.aws.crossplane.io/",
            b"identity.aws.crossplane.io/",
            b"iam.aws.upbound.io/",
            b"iam.aws.m.upbound.io/",
            b".gcp.upbound.io/",
            b".gcp.m.upbound.io/",
            b"authorization.azure.upbound.io/",
            b"authorization.azure.m.upbound.io/",
            b"managedidentity.azure.",
        ),
        docs="https://docs.crossplane.io/latest/managed-resources/managed-resources/",
    ),
)
