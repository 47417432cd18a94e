"""Log groups below version 3 of the AWS provider, whose ARN ended in `:*`."""

from __future__ import annotations

import pytest

from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract
from nhilint.link.terraform import join
from nhilint.source.document import read

CLAIM = next(claim for claim in CLAIMS if claim.format == "terraform-aws")
VALUES = next(claim for claim in CLAIMS if claim.format == "terraform-values")
STREAMS = """
resource "aws_cloudwatch_log_group" "app" { name = "app" }
resource "aws_iam_role_policy" "app" {
  role   = "app"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "logs:PutLogEvents",
    Resource = aws_cloudwatch_log_group.app.arn }] })
}
"""


def slips_of(versions, path="logs/main.tf"):
    files = [(path, STREAMS, CLAIM), ("versions.tf", f'{versions}\nmodule "logs" {{ source = "./logs" }}\n', VALUES)]
    read_in = [one for at, text, of in files for one in extract(read(at, text.encode(), of.syntax), of).resources]
    return [slip for one in join(tuple(read_in)) for slip in one.facts.slips]


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        ('provider "aws" { version = "~> 2.37" }', 0),
        ('terraform {\n required_providers { aws = "~> 2.0" }\n}', 0),
        (
            'terraform {\n required_providers {\n aws = { source = "hashicorp/aws", version = ">= 2.4, < 3.0" }\n }\n}',
            0,
        ),
        ('terraform {\n required_providers {\n aws = { source = "hashicorp/aws", version = ">= 2.4" }\n }\n}', 1),
        ('provider "aws" { version = "~> 3.0" }', 1),
        ('provider "aws" { version = 2 }', 1),
        ('provider "google" { version = "~> 2.37" }', 1),
        ("", 1),
    ],
)
@pytest.mark.parametrize("path", ["logs/main.tf", "main.tf"])
def test_the_arn_of_a_log_group_means_its_streams_below_version_3(versions, told, path):
    assert len(slips_of(versions, path)) == told
