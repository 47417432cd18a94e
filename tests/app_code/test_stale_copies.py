"""A file that another one stands for is set aside; where nothing says which one counts, all of them do."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.stale_copies import with_stale_copies
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SCRIPT = json.dumps({"timeZone": "Etc/UTC", "oauthScopes": ["https://www.googleapis.com/auth/drive"]})
OTHER_SCRIPT = json.dumps({"timeZone": "Etc/UTC", "oauthScopes": ["https://mail.google.com/"]})
REGISTRATION = json.dumps({"displayName": "desk", "signInAudience": "AzureADMyOrg", "requiredResourceAccess": []})
ROLE = """  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]
"""
SOURCE = f"Resources:\n{ROLE}"
PACKAGED = f"Resources:\n{ROLE}    Metadata: {{SamResourceId: Worker}}\n"
BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "acme-state"\n    key    = "site/terraform.tfstate"\n  }\n}\n'
USER = 'resource "aws_iam_user" "ci" {\n  name = "ci"\n}\n'
PIPELINE = ".github/workflows/apply.yml"


def settings_of(files):
    tree = MemoryTree(files)
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    return {one.at.path: one.setting for one in with_stale_copies(gathered.resources, tree)}


def test_a_manifest_that_a_build_copied():
    assert settings_of({"appsscript.json": SCRIPT, "dist/appsscript.json": SCRIPT}) == {
        "appsscript.json": "production",
        "dist/appsscript.json": "copied",
    }
    assert (
        settings_of({"src/appsscript.json": SCRIPT, "dist/appsscript.json": SCRIPT})["dist/appsscript.json"] == "copied"
    )


def test_a_manifest_beside_the_project_file_that_pushes_another_folder():
    both = {"appsscript.json": SCRIPT, "src/appsscript.json": OTHER_SCRIPT}
    assert settings_of({**both, ".clasp.json": '{"rootDir": "./src"}'}) == {
        "appsscript.json": "copied",
        "src/appsscript.json": "production",
    }


@pytest.mark.parametrize("project", ['{"rootDir": "."}', '{"rootDir": "lib"}', '{"rootDir": "../src"}', "{", "[]"])
def test_a_manifest_of_the_folder_that_is_pushed_counts(project):
    both = {"appsscript.json": SCRIPT, "src/appsscript.json": OTHER_SCRIPT, ".clasp.json": project}
    assert set(settings_of(both).values()) == {"production"}


@pytest.mark.parametrize("files", [{"dist/appsscript.json": SCRIPT}, {"appsscript.json": OTHER_SCRIPT}])
def test_a_build_of_something_else_counts(files):
    assert settings_of({**files, "dist/appsscript.json": SCRIPT})["dist/appsscript.json"] == "production"


def test_a_template_that_was_packaged_from_the_one_beside_it():
    found = settings_of({"sam/template.yaml": SOURCE, "sam/packaged.yaml": PACKAGED})
    assert found == {"sam/template.yaml": "production", "sam/packaged.yaml": "copied"}


def test_a_packaged_template_without_its_source_counts():
    another = SOURCE.replace("Worker", "Reader")
    assert settings_of({"sam/packaged.yaml": PACKAGED})["sam/packaged.yaml"] == "production"
    assert settings_of({"sam/a.yaml": another, "sam/packaged.yaml": PACKAGED})["sam/packaged.yaml"] == "production"
    assert settings_of({"template.yaml": SOURCE, "sam/packaged.yaml": PACKAGED})["sam/packaged.yaml"] == "production"


BUILT = f"Resources:\n{ROLE}"


@pytest.mark.parametrize("home", ["", "sam/"])
def test_what_sam_built_from_the_templates_around_it_is_a_copy(home):
    found = settings_of({f"{home}template.yaml": SOURCE, f"{home}.aws-sam/build/template.yaml": BUILT})
    assert found[f"{home}.aws-sam/build/template.yaml"] == "copied"


def test_what_sam_built_from_no_template_here_counts():
    another = SOURCE.replace("Worker", "Other")
    for source in ({}, {"sam/template.yaml": another}, {"other/template.yaml": SOURCE}):
        found = settings_of({**source, "sam/.aws-sam/build/template.yaml": BUILT})
        assert found["sam/.aws-sam/build/template.yaml"] == "production"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("$m = Join-Path $root 'config\\desk.json'", ["cache"]),
        ("open('config/desk.json')", ["cache"]),
        ("open('desk.json')", []),
        ("open('config/desk.json'); open('cache/desk.json')", []),
    ],
)
def test_of_two_manifests_of_an_app_the_one_that_code_names_counts(code, found):
    files = {"cache/desk.json": REGISTRATION, "config/desk.json": REGISTRATION, "setup.ps1": code}
    aside = [path for path, setting in settings_of(files).items() if setting == "example"]
    assert aside == [f"{folder}/desk.json" for folder in found]


def state(backend=BACKEND, run="cd infra && terraform apply"):
    pipeline = f"on: push\njobs:\n  apply:\n    runs-on: ubuntu-latest\n    steps:\n      - run: {run}\n"
    files = {
        "iam.tf": USER,
        "backend.tf": BACKEND,
        "infra/iam.tf": USER,
        "infra/backend.tf": backend,
        PIPELINE: pipeline,
    }
    return {path: setting for path, setting in settings_of(files).items() if path.endswith("iam.tf")}


@pytest.mark.parametrize("run", ["cd infra && terraform apply", "terraform -chdir=./infra/ init; terraform plan"])
def test_of_two_folders_with_one_state_the_one_that_a_pipeline_goes_to_counts(run):
    assert state(run=run) == {"iam.tf": "example", "infra/iam.tf": "production"}


@pytest.mark.parametrize(
    ("backend", "run"),
    [
        (BACKEND.replace("site/", "mail/"), "cd infra && terraform apply"),
        (BACKEND.replace("site/", "${name}/"), "cd infra && terraform apply"),
        (BACKEND, "cd infra && make"),
        (BACKEND, "cd elsewhere && terraform apply"),
    ],
)
def test_folders_with_states_of_their_own_or_without_a_pipeline_all_count(backend, run):
    assert set(state(backend, run).values()) == {"production"}


def test_a_pipeline_that_goes_nowhere_applies_the_top():
    assert state(run="terraform apply") == {"iam.tf": "production", "infra/iam.tf": "example"}


def test_a_change_answers_for_what_it_makes_of_a_copy():
    same, other = {"appsscript.json": SCRIPT}, {"appsscript.json": OTHER_SCRIPT}
    copy = {"dist/appsscript.json": OTHER_SCRIPT}
    resources = gather(
        MemoryTree(other | copy), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    ).resources
    for before, setting in ((other | copy, "copied"), (same | copy, "production"), (other, "production")):
        judged = with_stale_copies(resources, MemoryTree(other | copy), MemoryTree(before))
        assert {one.setting for one in judged if one.at.path.startswith("dist/")} == {setting}
