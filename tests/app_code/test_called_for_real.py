"""A folder that is called like tests is deployed where a configuration that keeps a state calls it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.called_for_real import with_what_is_called_for_real
from nhilint.app_code.in_force import with_what_is_in_force
from nhilint.app_code.terraform_sources import TerraformSources
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

USER = 'resource "aws_iam_user" "ci" {\n  name = "ci"\n}\n'
BACKEND = 'terraform {\n  backend "gcs" {\n    bucket = "acme-state"\n  }\n}\n'
CALL = 'module "tests" {\n  source = "./tests"\n}\n'


def setting_of(path, **files):
    held = {name.replace("__", "/") + ".tf": text for name, text in files.items()}
    tree = MemoryTree({path: USER, **held})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC)))
    found = with_what_is_called_for_real(gathered.resources, TerraformSources(tree))
    return next(one.setting for one in found if one.at.path == path)


def test_a_folder_that_is_called_where_a_state_is_kept_is_real():
    assert setting_of("infra/tests/iam.tf", infra__main=CALL, infra__backend=BACKEND) == "production"


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("infra/tests/iam.tf", {"infra__backend": BACKEND}),
        ("infra/tests/iam.tf", {"infra__main": CALL}),
        ("infra/tests/iam.tf", {"infra__main": CALL, "infra__backend": BACKEND.replace("gcs", "local")}),
        ("infra/tests/iam.tf", {"infra__main": CALL, "other__backend": BACKEND}),
        (
            "infra/tests/iam.tf",
            {"infra__main": "# " + CALL.replace("\n  source", "\n#  source"), "infra__backend": BACKEND},
        ),
        ("infra/tests/e2e/iam.tf", {"infra__main": CALL, "infra__backend": BACKEND}),
        ("e2e/infra/tests/iam.tf", {"e2e__infra__main": CALL, "e2e__infra__backend": BACKEND}),
    ],
)
def test_what_nobody_calls_so_stays_a_test(path, files):
    assert setting_of(path, **files) == "test"


def test_a_run_asks_it():
    tree = MemoryTree({"infra/tests/iam.tf": USER, "infra/main.tf": CALL + BACKEND})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC)))
    found = with_what_is_in_force(gathered.resources, tree, None, ())
    assert [one.setting for one in found if one.at.path == "infra/tests/iam.tf"] == ["production"]
