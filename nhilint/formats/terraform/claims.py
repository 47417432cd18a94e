"""Which files are Terraform or OpenTofu configuration with something of AWS IAM in it, and the files beside them.

A folder is one module: values of one file are named in another. Files that hold nothing but such values are taken as
text and parsed only when their folder turns out to need them.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs"
_SUFFIXES = (".tf", ".tofu")

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="terraform-aws",
        title="Terraform and OpenTofu: AWS identities and policies",
        syntax=Syntax.HCL,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(
            b"aws_iam_",
            b"aws_kms_key",
            b"aws_s3_bucket_policy",
            b"aws_sqs_queue_policy",
            b"aws_sns_topic_policy",
            b"aws_lambda_permission",
            b"aws_secretsmanager_secret_policy",
            b"aws_ecr_repository_policy",
        ),
        docs=_DOCS,
    ),
    Claim(
        format="terraform-values",
        title="Terraform and OpenTofu: variables and locals beside them",
        syntax=Syntax.TEXT,
        reads="terraform.fragment",
        suffixes=_SUFFIXES,
        probe=(b"variable ", b"locals {"),
        docs="https://developer.hashicorp.com/terraform/language/files",
    ),
)
