"""A module that nothing calls is left over where its neighbours are called and a state is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.terraform_sources import TerraformSources
from nhilint.app_code.uncalled_modules import with_uncalled_modules
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

USER = 'resource "aws_iam_user" "ci" {\n  name = "ci"\n}\n'
BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "acme-state"\n  }\n}\n'
CALLS = 'module "a" {\n  source = "../modules/api"\n}\nmodule "b" {\n  source = "../modules/queue/"\n}\n'


def setting_of_site(**files):
    held = {"live/main.tf": CALLS, "live/backend.tf": BACKEND}
    modules = {f"modules/{name}/iam.tf": USER for name in ("api", "queue", "site")}
    tree = MemoryTree({**held, **modules, **{path.replace("__", "/") + ".tf": text for path, text in files.items()}})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    found = {one.at.path: one.setting for one in with_uncalled_modules(gathered.resources, TerraformSources(tree))}
    assert found["modules/api/iam.tf"] == found["modules/queue/iam.tf"] == "production"
    return found["modules/site/iam.tf"]


def test_a_module_beside_called_ones_is_left_over():
    assert setting_of_site() == "example"


@pytest.mark.parametrize(
    "source",
    ["../modules/site", "git::https://git.example.com/infra//modules/site?ref=v1", "${path.root}/modules/site"],
)
def test_a_module_that_something_calls_counts(source):
    assert setting_of_site(live__site=f'module "s" {{\n  source = "{source}"\n}}\n') == "production"


def test_a_call_that_is_commented_out_is_none():
    assert setting_of_site(live__site='# module "s" {\n#   source = "../modules/site"\n# }\n') == "example"


def test_modules_for_callers_elsewhere_count():
    assert setting_of_site(live__backend="") == "production"
    assert setting_of_site(live__backend='terraform {\n  backend "local" {}\n}\n') == "production"
    assert setting_of_site(live__main='module "a" {\n  source = "../modules/api"\n}\n') == "production"


def test_a_change_that_calls_a_module_brings_it_to_life():
    files = {"live/main.tf": CALLS, "live/backend.tf": BACKEND}
    files |= {f"modules/{name}/iam.tf": USER for name in ("api", "queue", "site")}
    called = files | {"live/site.tf": 'module "s" {\n  source = "../modules/site"\n}\n'}
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    for tree, before in ((called, files), (files, called)):
        judged = with_uncalled_modules(
            gather(MemoryTree(tree), settings).resources,
            TerraformSources(MemoryTree(tree)),
            TerraformSources(MemoryTree(before)),
        )
        assert {one.setting for one in judged} == {"production"}


@pytest.mark.parametrize(("folder", "setting"), [("infra_modules", "example"), ("submodules", "production")])
def test_modules_that_stand_in_a_folder_with_a_longer_name(folder, setting):
    files = {"live/main.tf": CALLS.replace("modules/", f"{folder}/"), "live/backend.tf": BACKEND}
    files |= {f"{folder}/{name}/iam.tf": USER for name in ("api", "queue", "site")}
    tree = MemoryTree(files)
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC)))
    found = {one.at.path: one.setting for one in with_uncalled_modules(gathered.resources, TerraformSources(tree))}
    assert found[f"{folder}/site/iam.tf"] == setting
    assert found[f"{folder}/api/iam.tf"] == "production"


@pytest.mark.parametrize(
    ("call", "setting"),
    [
        ('# module "s" {\n#   source = "./modules/site"\n# }\n', "example"),
        ("# see modules/site\n", "production"),
        ('# module "s" {\n#   source = "./modules/other"\n# }\n', "production"),
        (
            '# module "s" {\n#   source = "./modules/site"\n# }\nmodule "t" {\n  source = "./modules/site"\n}\n',
            "production",
        ),
    ],
)
def test_the_only_module_whose_call_was_taken_out(call, setting):
    tree = MemoryTree({"modules/site/iam.tf": USER, "backend.tf": BACKEND, "main.tf": call})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC)))
    found = {one.at.path: one.setting for one in with_uncalled_modules(gathered.resources, TerraformSources(tree))}
    assert found["modules/site/iam.tf"] == setting


SORTED = """
module "a" {
  source = "../modules/pipes/api"
}
module "b" {
  source = "../modules/pipes/queue"
}
"""


@pytest.mark.parametrize(
    ("more", "setting"),
    [
        ("", "example"),
        ('module "s" {\n  source = "../modules//pipes/site"\n}\n', "production"),
        ('module "s" {\n  source = "../modules/pipes/${local.kind}"\n}\n', "production"),
    ],
)
def test_modules_that_are_sorted_into_folders(more, setting):
    files = {"live/main.tf": SORTED + more, "live/backend.tf": BACKEND}
    files |= {f"modules/pipes/{name}/iam.tf": USER for name in ("api", "queue", "site")}
    tree = MemoryTree(files)
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC)))
    found = {one.at.path: one.setting for one in with_uncalled_modules(gathered.resources, TerraformSources(tree))}
    assert found["modules/pipes/site/iam.tf"] == setting
    assert found["modules/pipes/api/iam.tf"] == "production"
