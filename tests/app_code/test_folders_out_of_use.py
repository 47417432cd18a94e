"""Folders whose README opens by saying that they are out of use: what they declare is kept like an example."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.state import state_of
from nhilint.tree import MemoryTree

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))


def settings_of(files, earlier=None):
    """The settings of all that a tree declares, by file."""
    tree = MemoryTree(files)
    gathered = gather(tree, SETTINGS)
    state = state_of(tree, SETTINGS, (), gathered, None if earlier is None else MemoryTree(earlier))
    return {one.at.path: one.setting for one in state.resources}


@pytest.mark.parametrize(
    ("readme", "kept"),
    [
        ("# Bootstrap stack\n\n> DEPRECATION NOTICE:\n>\n> Deprecated from all environments.\n", True),
        ("# ⚠️ DEPRECATED\n", True),
        ("# Deprecated: blueprints\n", True),
        ("# Old\n\n> **This bootstrap stack has been deprecated** from all environments.\n", True),
        ("# Old\n\nDEPRECATED in favour of stacks/new\n", True),
        ("# Old\n\nWarning: This Lambda Function has been deprecated\n", True),
        ("# Bootstrap\n\nReplaces the deprecated user.\n", False),
        ("# Deprecated APIs and how they are called\n", False),
        ("# Deprecation policy\n", False),
        ("# Docs\n\n> **DEPRECATED:** This document is no longer maintained.\n", False),
        ("# Stack\n\nThe `old` variable is deprecated.\n", False),
        ("# Stack\n\n1\n\n2\n\n3\n\n4\n\nThis stack is deprecated.\n", False),
        ("", False),
    ],
)
def test_a_notice_of_the_whole_folder_opens_its_readme(readme, kept):
    files = {"stacks/bootstrap/README.md": readme, "stacks/bootstrap/policies/vm.json": POLICY}
    assert settings_of(files) == {"stacks/bootstrap/policies/vm.json": "example" if kept else "production"}


def test_a_change_cannot_call_a_folder_out_of_use_nor_hide_what_it_adds_to_one():
    readme = {"stacks/old/README.md": "# Deprecated\n"}
    role = {"stacks/old/vm.json": POLICY}
    assert settings_of(readme | role, earlier=role) == {"stacks/old/vm.json": "production"}
    assert settings_of(readme | role, earlier=readme) == {"stacks/old/vm.json": "production"}
    assert settings_of(readme | role, earlier=readme | role) == {"stacks/old/vm.json": "example"}


def test_modules_are_called_still_and_neighbours_are_untouched():
    files = {
        "terraform/modules/user/README.md": "# Deprecated\n",
        "terraform/modules/user/vm.json": POLICY,
        "stacks/old/README.md": "# Deprecated\n",
        "stacks/older/vm.json": POLICY,
    }
    assert set(settings_of(files).values()) == {"production"}


def test_who_names_the_folder_means_it():
    files = {"stacks/old/README.md": "# Deprecated\n", "stacks/old/vm.json": POLICY}
    tree = MemoryTree(files)
    named = Settings(root=Path(), now=SETTINGS.now, paths=("stacks/old",))
    (found,) = state_of(tree, named, (), gather(tree, named)).resources
    assert found.setting == "production"


def test_a_notice_far_above_counts_however_deep_the_folder_is():
    path = f"old/{'a/' * 1_900}policy.json"
    assert settings_of({path: POLICY, "old/README.md": "# Deprecated\n"}) == {path: "example"}


@pytest.mark.parametrize(
    ("folder", "kept"),
    [
        ("tf_files_deprecated/aws", True),
        ("old-deprecated", True),
        ("deprecated-modules/vm", True),
        ("clusters/Deprecated_Installers", True),
        ("modules/role_retired", True),
        ("decommissioned", True),
        ("tf_files/aws", False),
        ("not-deprecated", False),
        ("restrict-deprecated-registry", False),
        ("unused-user-cleaner", False),
        ("undeprecated", False),
        ("legacy", False),
    ],
)
def test_a_name_says_that_a_folder_is_out_of_use(folder, kept):
    path = f"{folder}/vm.json"
    assert settings_of({path: POLICY}) == {path: "example" if kept else "production"}


def test_what_code_names_is_in_use_whatever_it_is_called():
    role = {"tf_deprecated/vm.json": POLICY}
    by_script, beside = {"run.sh": "deploy tf_deprecated/vm.json\n"}, {"tf_deprecated/run.sh": "cd tf_deprecated/\n"}
    assert settings_of(role | by_script) == {"tf_deprecated/vm.json": "production"}
    assert settings_of(role | by_script, earlier=role) == {"tf_deprecated/vm.json": "production"}
    assert settings_of(role | beside) == {"tf_deprecated/vm.json": "example"}


def test_a_change_cannot_move_what_it_declares_out_of_use():
    role = {"tf_deprecated/vm.json": POLICY}
    assert settings_of(role, earlier={"tf/vm.json": POLICY}) == {"tf_deprecated/vm.json": "production"}
