"""Paths tell what runs from what is a test of it."""

from __future__ import annotations

import pytest

from nhilint.setting import setting_of


@pytest.mark.parametrize(
    "path",
    [
        "client/.snapshots/create.json",
        "chart/zz_fixture_rendered.yaml",
        "chart/rendered.golden.yaml",
        "release/test_release.yaml",
    ],
)
def test_data_of_tests_beside_the_code(path):
    assert setting_of(path) == "test"


@pytest.mark.parametrize(
    "path",
    [
        "modules/snapshots/main.tf",
        "modules/golden_image.tf",
        "images/golden-ami.json",
        ".github/workflows/test_deploy.yml",
        "site/.github/workflows/test_deploy.yml",
        "latest_release.yaml",
    ],
)
def test_names_that_only_sound_like_it(path):
    assert setting_of(path) == "production"
