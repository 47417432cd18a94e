"""Folders of Terraform whose list says at its head that its pipeline is disabled: what they declare is not run."""

from __future__ import annotations

import pytest

from nhilint.app_code.pipelines_out_of_use import without_pipeline
from nhilint.tree import MemoryTree
from tests.app_code.test_folders_out_of_use import settings_of

NOTICE = "####\n#\n# The teams pipeline is disabled since spring.\n# Any changes to this file will have no effect\n#\nteams: []\n"
FOLDER = "infra/teams"


def found(text, code='default = "../../teams.yaml"', at="teams.yaml"):
    files = {at: text, f"{FOLDER}/variables.tf": f'variable "list" {{\n  {code}\n}}\n', "infra/other/main.tf": ""}
    return without_pipeline([FOLDER, "infra/other"], frozenset(files), MemoryTree(files))


@pytest.mark.parametrize("code", ['default = "../../teams.yaml"', 'x = file("${path.module}/../../teams.yaml")'])
def test_a_list_whose_pipeline_is_disabled(code):
    assert found(NOTICE, code) == {FOLDER}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NOTICE, 'default = "../teams.yaml"'),
        (NOTICE.replace("is disabled", "runs"), 'default = "../../teams.yaml"'),
        (NOTICE.replace("no effect", "to be reviewed"), 'default = "../../teams.yaml"'),
        ("teams: []\n" + NOTICE, 'default = "../../teams.yaml"'),
    ],
    ids=["another file", "it runs", "changes count", "not at the head"],
)
def test_a_list_that_says_less(text, code):
    assert found(text, code) == set()


def test_what_such_a_folder_declares_is_kept_like_an_example():
    role = 'resource "aws_iam_role_policy" "a" {\n  role = "a"\n  policy = file("${path.module}/../../teams.yaml")\n}\n'
    kept = settings_of({"teams.yaml": NOTICE, f"{FOLDER}/main.tf": role, "other/main.tf": role})
    assert kept["other/main.tf"] == "production"
    assert kept[f"{FOLDER}/main.tf"] == "example"
