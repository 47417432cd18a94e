"""A script of a module that nothing calls is left over where no file has its name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.scripts_of_modules import with_scripts_of_modules
from nhilint.app_code.terraform_sources import TerraformSources
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "acme-state"\n  }\n}\n'
CALLS = 'module "a" {\n  source = "../modules/api"\n}\nmodule "b" {\n  source = "../modules/queue/"\n}\n'
SCRIPT = 'KEY=$(aws iam create-access-key --user-name "$BOT" --output json)\n'
PATH = "modules/site/helpers/prepare-user.sh"
TREE = {
    "live/main.tf": CALLS,
    "live/backend.tf": BACKEND,
    **{f"modules/{name}/main.tf": "" for name in ("api", "queue", "site")},
    PATH: SCRIPT,
}
SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))


def setting_of_script(files, before=None, path=PATH):
    earlier = None if before is None else TerraformSources(MemoryTree(before))
    gathered = gather(MemoryTree(files), SETTINGS).resources
    judged = with_scripts_of_modules(gathered, TerraformSources(MemoryTree(files)), earlier)
    (setting,) = {one.setting for one in judged if one.at.path == path}
    return setting


def test_a_script_that_nothing_names_in_a_module_that_nothing_calls():
    assert setting_of_script(TREE) == "example"


@pytest.mark.parametrize(
    "more",
    [
        {"live/site.tf": 'module "s" {\n  source = "../modules/site"\n}\n'},
        {"modules/site/README.md": "First run helpers/prepare-user.sh\n"},
        {"ops/Makefile": "users:\n\tbash ../modules/site/helpers/prepare-user.sh\n"},
        {"live/backend.tf": ""},
    ],
)
def test_a_script_that_somebody_may_run(more):
    assert setting_of_script({**TREE, **more}) == "production"


def test_a_script_beside_modules():
    files = {**TREE, "ops/prepare-user.sh": TREE[PATH]}
    del files[PATH]
    assert setting_of_script(files, path="ops/prepare-user.sh") == "production"


def test_a_change_that_leaves_a_script_over_answers_for_it():
    named = {**TREE, "ops/Makefile": "users:\n\tbash ../modules/site/helpers/prepare-user.sh\n"}
    assert setting_of_script(TREE, before=named) == "production"
    assert setting_of_script(TREE, before=TREE) == "example"


CALLED = {**TREE, "live/site.tf": 'module "s" {\n  source = "../modules/site"\n}\n'}
BROUGHT = '  provisioner "file" {\n    source      = "./helpers/prepare-user.sh"\n  }\n'


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        (f"/*\n{BROUGHT}*/\n", "example"),
        ('  # startup = "/tmp/prepare-user.sh"\n', "example"),
        (BROUGHT, "production"),
        ("# Run helpers/prepare-user.sh first.\n", "production"),
        (f'/*\n{BROUGHT}*/\n# Start "prepare-user.sh" by hand.\n', "production"),
        ("", "production"),
    ],
)
def test_a_script_that_only_lines_name_which_a_comment_took_out(text, setting):
    assert setting_of_script({**CALLED, "modules/site/main.tf": text}) == setting
