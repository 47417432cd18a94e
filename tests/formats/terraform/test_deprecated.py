"""Files of Terraform whose own first words say that they are no longer in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

ROLE = 'resource "aws_iam_role" "r" {\n  assume_role_policy = "{}"\n}\n'


@pytest.mark.parametrize(
    ("head", "setting"),
    [
        ("# DEPRECATION WARNING: see modules/new\n", "example"),
        ("\n# Roles\n// deprecated since 2024\n", "example"),
        ("# Roles\n", "production"),
        ("locals { a = 1 }\n# deprecated: the local\n", "production"),
        ("", "production"),
    ],
)
def test_deprecated_code_is_judged_as_an_example(head, setting):
    gathered = gather(tree_of((("a.tf", head + ROLE),)), Settings(root=Path(), now=WHEN))
    assert {one.setting for one in link(gathered.resources)} == {setting}
