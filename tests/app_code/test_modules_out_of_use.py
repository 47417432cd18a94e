"""A module that only folders out of use call is kept like an example."""

from __future__ import annotations

import pytest

from tests.app_code.test_folders_out_of_use import settings_of

ROLE = """
resource "aws_iam_role" "shop" {
  name               = "shop"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "lambda.amazonaws.com" } }] })
}
"""
STATE = 'terraform {\n  backend "s3" {}\n}\n'
MODULE = "modules/shop/main.tf"


def call(source, name="x"):
    return f'module "{name}" {{\n  source = "{source}"\n}}\n'


OLD = {"prod-deprecated/tf/main.tf": STATE + call("../../modules/shop"), MODULE: ROLE}
BETWEEN = {
    "prod-deprecated/main.tf": STATE + call("../modules/all"),
    "modules/all/main.tf": call("../shop"),
    MODULE: ROLE,
}


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        (OLD, True),
        (BETWEEN, True),
        (OLD | {"modules/shop/iam/main.tf": ROLE}, True),
        (OLD | {"live/main.tf": STATE}, True),
        (OLD | {"live/main.tf": call("../modules/shop")}, False),
        (OLD | {"live/main.tf": call("git::https://example.com/infra.git//modules/shop?ref=v1")}, False),
        (OLD | {"live/terragrunt.hcl": 'terraform {\n  source = "${get_repo_root()}/modules/shop"\n}\n'}, False),
        (BETWEEN | {"live/main.tf": call("../modules/all")}, False),
        (OLD | {"modules/other/main.tf": call("../shop")}, False),
        (OLD | {"run.sh": "cd prod-deprecated/tf && terraform apply\n"}, False),
        ({"prod-deprecated/tf/main.tf": call("../../modules/shop"), MODULE: ROLE}, False),
        ({"prod/tf/main.tf": STATE + call("../../modules/shop"), MODULE: ROLE}, False),
    ],
)
def test_by_whoever_calls_it(files, kept):
    assert settings_of(files)[MODULE] == ("example" if kept else "production")


def test_a_change_cannot_put_a_module_out_of_use():
    before = {"prod/tf/main.tf": STATE + call("../../modules/shop"), MODULE: ROLE}
    assert settings_of(OLD, earlier=before)[MODULE] == "production"
    assert settings_of(OLD, earlier=OLD)[MODULE] == "example"
