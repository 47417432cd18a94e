"""Log groups below version 3 of the AWS provider, or 4 where they are looked up, whose ARN ended in `:*`."""

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


LOOKED_UP = STREAMS.replace('resource "aws_cloudwatch', 'data "aws_cloudwatch').replace(
    "= aws_cloudwatch", "= data.aws_cloudwatch"
)


def slips_of(versions, path="logs/main.tf", streams=STREAMS):
    files = [(path, streams, CLAIM), ("versions.tf", f'{versions}\nmodule "logs" {{ source = "./logs" }}\n', VALUES)]
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


@pytest.mark.parametrize(
    ("version", "told"),
    [("~> 2.41", 0), ("~> 3.0", 0), (">= 3.0, < 4.0", 0), ("~> 4.0", 1), (">= 3.0", 1)],
)
def test_the_arn_of_a_log_group_that_is_looked_up_means_its_streams_below_version_4(version, told):
    assert len(slips_of(f'provider "aws" {{ version = "{version}" }}', streams=LOOKED_UP)) == told


def test_a_module_is_written_for_all_its_callers():
    streams = f'variable "name" {{}}\n{STREAMS}'
    calls = 'module "{0}" {{\n  source = "../logs"\n  name   = "{0}"\n}}\n'
    files = [
        ("logs/main.tf", streams, CLAIM),
        ("old/main.tf", 'provider "aws" { version = "~> 2.41" }\n' + calls.format("old"), VALUES),
        ("open/main.tf", calls.format("open"), VALUES),
    ]
    read_in = [one for at, text, of in files for one in extract(read(at, text.encode(), of.syntax), of).resources]
    assert not [slip for one in join(tuple(read_in)) for slip in one.facts.slips]
