"""A folder that asks for values nobody gives, beside folders that are called, makes nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.terraform_sources import TerraformSources
from nhilint.app_code.unfilled_modules import with_unfilled_modules
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

KEY = 'resource "google_service_account_key" "feed" {\n  service_account_id = var.account\n}\n'
ASKS = 'variable "account" {\n  type = string\n}\n'
BACKEND = 'terraform {\n  backend "gcs" {\n    bucket = "acme-state"\n  }\n}\n'
CALL = 'module "mesh" {\n  source = "./parts/mesh"\n}\n'
FILES = {"main.tf": CALL, "backend.tf": BACKEND, "parts/feed/key.tf": KEY, "parts/feed/vars.tf": ASKS}


def setting_of_feed(before=None, **changed):
    named = {path.replace("__", "/").replace("_dot_", "."): text for path, text in changed.items()}
    tree = MemoryTree({path: text for path, text in (FILES | named).items() if text is not None})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC)))
    earlier = TerraformSources(MemoryTree(before)) if before else None
    found = with_unfilled_modules(gathered.resources, TerraformSources(tree), earlier)
    return {one.setting for one in found if one.at.path == "parts/feed/key.tf"}


def test_nothing_fills_in_what_the_folder_asks_for():
    assert setting_of_feed() == {"example"}


@pytest.mark.parametrize("comment", ["## ", "  // ", "/*\n"])
def test_a_call_that_is_commented_out_is_none(comment):
    assert setting_of_feed(more_dot_tf=f'{comment}module "feed" {{ source = "./parts/feed" }}\n') == {"example"}


def test_a_folder_within_a_module_is_one_of_the_project_too():
    moved = {"parts/feed/own/key.tf": KEY, "parts/feed/own/vars.tf": ASKS, "parts/feed/main.tf": "locals {}\n"}
    tree = MemoryTree({"main.tf": CALL, "backend.tf": BACKEND} | moved)
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC)))
    found = with_unfilled_modules(gathered.resources, TerraformSources(tree))
    assert {one.setting for one in found if one.at.path.endswith("key.tf")} == {"example"}
    lone = MemoryTree({"main.tf": CALL, "backend.tf": BACKEND} | {p: t for p, t in moved.items() if "own" in p})
    found = with_unfilled_modules(gathered.resources, TerraformSources(lone))
    assert {one.setting for one in found if one.at.path.endswith("key.tf")} == {"production"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("backend_dot_tf", 'terraform {\n  backend "local" {}\n}\n'),
        ("main_dot_tf", 'module "mesh" {\n  source = "git::https://git.example.com/mesh"\n}\n'),
        ("more_dot_tf", 'module "feed" {\n  source = "git::https://git.example.com/acme//parts/feed"\n}\n'),
        ("parts__feed__vars_dot_tf", 'variable "account" {\n  default = "feed"\n}\n'),
        ("parts__feed__run_dot_tf", 'provider "google" {}\n'),
        ("parts__feed__own_dot_auto_dot_tfvars", 'account = "feed"\n'),
        ("parts__feed__terragrunt_dot_hcl", "inputs = {}\n"),
        ("scripts__up_dot_sh", "terraform -chdir=parts/feed apply\n"),
        ("parts__mesh__backend_dot_tf", BACKEND),
    ],
)
def test_what_may_put_the_folder_in_force_keeps_it(path, text):
    assert setting_of_feed(**{path: text}) == {"production"}


def test_a_change_that_takes_the_call_away_is_judged():
    before = FILES | {"more.tf": 'module "feed" {\n  source = "./parts/feed"\n}\n'}
    assert setting_of_feed(before) == {"production"}
    assert setting_of_feed(FILES) == {"example"}
