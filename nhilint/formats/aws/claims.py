"""Which files may hold AWS policy documents: any JSON that has the two words every statement needs."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="aws-iam-policy",
        title="AWS IAM policies, trust policies and account details (JSON)",
        syntax=Syntax.JSON,
        reads="aws.policy",
        suffixes=(".json", ".json.tpl", ".json.tftpl", ".json.j2"),
        probe=(b'"Statement"',),
        docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html",
    ),
)
