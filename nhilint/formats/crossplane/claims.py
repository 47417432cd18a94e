"""Which files hold objects of Crossplane's providers for AWS IAM, by themselves or inside a composition."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="crossplane",
        title="Crossplane: AWS identities and policies",
        syntax=Syntax.TEMPLATED_YAML,
        reads="crossplane.manifest",
        suffixes=(".yaml", ".yml"),
        probe=(
            b"iam.aws.crossplane.io/",
            b"identity.aws.crossplane.io/",
            b"iam.aws.upbound.io/",
            b"iam.aws.m.upbound.io/",
        ),
        docs="https://docs.crossplane.io/latest/managed-resources/managed-resources/",
    ),
)
