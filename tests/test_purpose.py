"""A repository that shows, teaches or is kept as a whole: its roles, apps and agents are judged as examples are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.change import Before, changes_between
from nhilint.knowledge.credentials.sample import sample
from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.purpose import says_it_shows, shows_things
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("repository", "shows"),
    [
        ("aws-samples/serverless-patterns", True),
        ("Azure-Samples/edge", True),
        ("acme/terraform-docs-samples", True),
        ("acme/agentic-demo-repo", True),
        ("acme/zcc_apps-sample", True),
        ("acme/nomad_example_jobs", True),
        ("acme/StudioSamples", True),
        ("acme/demo-day-signup", False),
        ("acme/sampler", False),
        ("acme/app", False),
        ("acme-demos/app", True),
        ("hashicorp-education/learn-vault-codify", True),
        ("acme/demos-2026", True),
        ("samples-inc/app", False),
        ("/", False),
        ("", False),
    ],
)
def test_a_repository_of_samples_says_so_in_its_name_or_its_owners(repository, shows):
    assert shows_things(repository) is shows


@pytest.mark.parametrize(
    "readme",
    [
        "# Terraform samples",
        "# Vault onboarding\n\nThis repository contains a few helpful examples of policies.",
        "[![ci](https://a.example/x)](https://a.example)\n# Shop\nThis project demonstrates how to write a bot.",
        "# Shop\nA hands-on project demonstrating a mesh on one machine.",
        "# Goat\nAn intentionally vulnerable cluster to learn with.",
        f"# Cloud\n![badge](data:image/png;base64,{'A' * 3000})\nA tool that deploys what is vulnerable by design.",
        "# Lab\nThis lab walks you through roles of AWS.",
        "# Shop\nIt accompanies my blog post on roles.",
        "# Shop\nA minimal agent demo that combines two models.",
        "# Shop\nNot for production use, for demonstration purposes only.",
        "# talk-2026\nDemo repo for the autumn meeting.",
        "# Red\nA tool for granular emulation of offensive attack techniques.",
        "# Rooms\nThe code behind the Acme Day escape room challenge.",
        "# Exam notes\nEverything for the exam.",
        "# \u26a0 DEPRECATED\nSee elsewhere.",
        "# Shop\n> **This repository has been archived.**",
        "# Shop\nThis repository is no longer actively maintained.",
        "# shopdev\n\nShop development environment using kind (Kubernetes-in-Docker).",
        "# Vault Demo as a Service",
        "# Hello\nThis was created to share our live session materials.",
        "# jobs\nJobs to run as part of the shop-mesh demo.",
        "---\n# Shop Guides\nExample usage of the shop (work in progress)",
        "# jobs\nThese should NOT be used as examples of a production deployment.",
    ],
)
def test_a_readme_says_at_its_top_that_the_whole_only_shows_or_is_kept(readme):
    assert says_it_shows(readme)


@pytest.mark.parametrize(
    "readme",
    [
        "",
        "# Shop\nA chart for the shop. See the examples folder.",
        "# Shop\nThis repository contains the chart of the shop with examples.",
        "# Shop\nThis repository contains modules for clusters. This example is short: run it.",
        "# Modules\nThis is the home of Acme's modules.\n## Examples\nThis shows two.",
        "# Linter\nIt finds deprecated options and insecure defaults.",
        "# Shield\nIt blocks attacks and detects adversary techniques.",
        "# Shop\nLook at the demo repo for more.",
        "# demo-day\nSign up for our demo day. It is used as an example of production code elsewhere.",
        "# Shop\nAn operator for shops. To try it, start a local cluster with kind.",
        "# Shop template\nThis is a template for building an app.",
        "# Plugins\nThis repository contains a curated collection of plugin examples.",
        "# Shop\nThis repository is not supported by Acme's help desk.",
        "# Shop\n" + "It sells things. " * 80 + "\nThis repository contains examples.",
    ],
)
def test_examples_of_something_else_are_no_word_about_the_whole(readme):
    assert not says_it_shows(readme)


ROLE = """resource "aws_iam_role_policy" "all" {
  role   = aws_iam_role.ci.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
"""
SHELL = json.dumps({"permissions": {"allow": ["Bash(*)"]}})
WORKFLOW = (
    "on: pull_request_target\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ github.head_ref }}'}]}}\n"
)
SAMPLE, OWN = "# Samples\nThis repository contains samples.", "# Shop\nThe shop of Acme."


@pytest.fixture(scope="module")
def checks():
    return compile_policies((builtin_folder(),)).checks


def told(checks, files, **more):
    found = scan(MemoryTree(files), Settings(root=Path("repo"), now=NOW), checks, **more).findings
    return {one.place.path: one.disposition.value for one in found if one.severity > 2}


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        ("infra/main.tf", ROLE, "hidden"),
        ("app/.claude/settings.json", SHELL, "hidden"),
        (".claude/settings.json", SHELL, "active"),
        (".github/workflows/a.yml", WORKFLOW, "active"),
        ("infra/db.tf", f'locals {{ token = "{sample("github-pat-fine-grained")}" }}', "active"),
    ],
)
def test_what_somebody_else_makes_his_own_is_hidden_and_what_works_here_is_not(checks, path, text, shown):
    assert told(checks, {"README.md": OWN, path: text}) == {path: "active"}
    assert told(checks, {"README.md": SAMPLE, path: text}) == {path: shown}


def test_a_readme_hides_nothing_that_the_same_change_brings(checks):
    older, files = MemoryTree({"README.md": OWN}), {"README.md": SAMPLE, "infra/main.tf": ROLE}
    before = Before(tree=older, changes=changes_between(older, MemoryTree(files)))
    assert told(checks, files, before=before)["infra/main.tf"] == "active"


def test_who_names_a_folder_of_samples_means_it(checks):
    files = MemoryTree({"README.md": SAMPLE, "infra/main.tf": ROLE})
    for scopes, shown in (((".",), "hidden"), (("infra",), "active"), (("infra/main.tf",), "active")):
        found = scan(files, Settings(root=Path("repo"), now=NOW, paths=scopes), checks).findings
        assert {one.disposition.value for one in found if one.severity > 2} == {shown}
