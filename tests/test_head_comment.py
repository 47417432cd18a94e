"""Files whose own first words, or whose marks for a page, say that nobody deploys them as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

ROLE = 'resource "aws_iam_role" "r" {\n  assume_role_policy = "{}"\n}\n'
ACCOUNT = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: ops}\n"
WORKFLOW = "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: make}]}}\n"


def settings(path, text):
    gathered = gather(tree_of(((path, text),)), Settings(root=Path(), now=WHEN))
    return {one.setting for one in link(gathered.resources)}


@pytest.mark.parametrize(
    ("head", "setting"),
    [
        ("# DEPRECATION WARNING: see modules/new\n", "example"),
        ("\n# Roles\n// deprecated since 2024\n", "example"),
        ("# This module is deprecated.\n", "example"),
        ("# NOTE: this file is no longer used\n", "example"),
        ("# [START iam_role]\n", "example"),
        ("locals { a = 1 }\n  # [START iam_role]\n", "example"),
        ("# Roles\n", "production"),
        ("# Replaces the deprecated module\n", "production"),
        ("locals { a = 1 }\n# deprecated: the local\n", "production"),
        ("# [START of roles]\n", "production"),
        ("", "production"),
    ],
)
def test_code_kept_out_of_use_is_judged_as_an_example(head, setting):
    assert settings("a.tf", head + ROLE) == {setting}


@pytest.mark.parametrize(
    ("head", "setting"),
    [
        ("---\n# Deprecated, see chart\n---\n", "example"),
        ("# do not use in production\n", "example"),
        ("# Do not use tabs\n", "production"),
        ("kind: List\n# Deprecated, use another\n---\n", "example"),
        ("metadata: {}\n# Deprecated: what stands here\n---\n", "production"),
    ],
)
def test_manifests_say_it_too(head, setting):
    assert settings("a.yaml", head + ACCOUNT) == {setting}


def test_a_workflow_runs_whatever_its_comment_says():
    assert settings(".github/workflows/a.yml", "# DEPRECATED\n" + WORKFLOW) == {"production"}
