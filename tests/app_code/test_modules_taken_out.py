"""A module whose calls went into comments with the whole file that made them is kept like an example."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.modules_taken_out import with_modules_taken_out
from nhilint.app_code.terraform_sources import TerraformSources
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

USER = 'resource "aws_iam_user" "ci" {\n  name = "ci"\n}\n'
GONE = '# module "queue" {\n#   source = "./queue"\n# }\n'
HERE = "modules/old/queue/iam.tf"
TEMPLATE = "modules/old/queue/manifests/binding.yaml"
BINDING = """apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: "HOLE"}
subjects: [{kind: ServiceAccount, name: "HOLE", namespace: jobs}]
roleRef: {kind: ClusterRole, name: cluster-admin, apiGroup: rbac.authorization.k8s.io}
"""
TREE = {
    "main.tf": 'module "api" {\n  source = "./modules/queue"\n}\n',
    "modules/queue/iam.tf": USER,
    "modules/old/main.tf": GONE,
    HERE: USER,
    "modules/old/queue/main.tf": 'locals {\n  m = templatefile("${path.module}/manifests/binding.yaml", {})\n}\n',
    TEMPLATE: BINDING.replace("HOLE", "${account}"),
}


def settings_of(files, before=None):
    earlier = None if before is None else TerraformSources(MemoryTree(before))
    gathered = gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources
    judged = with_modules_taken_out(gathered, TerraformSources(MemoryTree(files)), earlier)
    return {one.at.path: one.setting for one in judged}


def test_a_module_and_its_template_whose_caller_is_commented_out_as_a_whole():
    found = settings_of(TREE)
    assert found[HERE] == found[TEMPLATE] == "example"
    assert found["modules/queue/iam.tf"] == "production"


@pytest.mark.parametrize(
    "more",
    [
        {"modules/old/main.tf": GONE + "locals {}\n"},
        {"modules/old/main.tf": "# ./queue is for others\n"},
        {"examples/a/main.tf": 'module "q" {\n  source = "../../modules/old/queue"\n}\n'},
        {"live/main.tf": 'module "q" {\n  source = "git::https://git.example.com/a.git//modules/old/queue"\n}\n'},
    ],
)
def test_a_module_that_others_may_call(more):
    assert settings_of({**TREE, **more})[HERE] == "production"


def test_the_top_of_a_collection_calls_nothing_itself():
    files = {"main.tf": GONE.replace("./queue", "./modules/queue"), "modules/queue/iam.tf": USER}
    assert settings_of(files)["modules/queue/iam.tf"] == "production"


@pytest.mark.parametrize(
    "more",
    [{TEMPLATE: BINDING.replace("HOLE", "worker")}, {"modules/old/queue/main.tf": ""}],
)
def test_a_manifest_that_the_module_does_not_fill_in(more):
    found = settings_of({**TREE, **more})
    assert (found[HERE], found[TEMPLATE]) == ("example", "production")


def test_a_change_that_takes_the_calls_out_answers_for_it():
    before = {**TREE, "modules/old/main.tf": GONE.replace("# ", "")}
    assert settings_of(TREE, before)[HERE] == "production"
