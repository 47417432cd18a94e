"""What only shows something is judged as a test is: apps and values of no provider's shape; a provider's token is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.history import name_of
from nhilint.knowledge.credentials.sample import sample
from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

NOW = datetime(2026, 11, 22, tzinfo=UTC)
IDS = frozenset({"literal-credential", "literal-secret-value", "plain-http-redirect"})
REDIRECT = {"display_information": {"name": "digest"}, "oauth_config": {"redirect_urls": ["http://digest.acme.io/a"]}}


@pytest.fixture(scope="module")
def checks():
    return tuple(check for check in compile_policies((builtin_folder(),)).checks if check.id in IDS)


def told(checks, files, *, now=NOW, **settings):
    run = scan(MemoryTree(files), Settings(root=Path("repo"), now=now, **settings), checks)
    return {(one.check, one.disposition.value) for one in run.findings}


def server(name, value):
    return json.dumps({"mcpServers": {"search": {"command": "search-mcp", "env": {name: value}}}})


def password(value):
    return f'resource "aws_db_instance" "main" {{\n  password = "{value}"\n}}\n'


@pytest.mark.parametrize(
    ("path", "repository", "disposition"),
    [
        ("infra/main.tf", "shop", "active"),
        ("examples/main.tf", "shop", "hidden"),
        ("infra/main.tf", "terraform-samples", "hidden"),
    ],
)
def test_a_random_value_of_an_example_is_as_unsure_as_one_of_a_test(checks, path, repository, disposition):
    files = {path: password(sample("generic-api-key"))}
    assert told(checks, files, owner="acme", repository=repository) == {("literal-secret-value", disposition)}


def test_a_value_that_stands_in_a_sample_too_is_one_of_a_sample(checks):
    value, other = sample("generic-api-key"), sample("generic-api-key")[::-1]
    files = {"src/start/main.tf": password(value), "samples/start/main.tf": password(value)}
    assert told(checks, files) == {("literal-secret-value", "hidden")}
    files["src/start/main.tf"] = password(other)
    assert told(checks, files) == {("literal-secret-value", "hidden"), ("literal-secret-value", "active")}


def test_a_providers_token_is_real_in_a_repository_of_samples_as_well(checks):
    files = {"infra/main.tf": password(sample("github-pat-fine-grained"))}
    assert told(checks, files, owner="acme", repository="samples") == {("literal-credential", "active")}


@pytest.mark.parametrize(("repository", "disposition"), [("bot", "active"), ("bot-samples", "hidden")])
def test_an_app_of_samples_is_registered_anew_by_whoever_copies_it(checks, repository, disposition):
    files = {"slack-manifest.json": json.dumps(REDIRECT)}
    assert told(checks, files, owner="acme", repository=repository) == {("plain-http-redirect", disposition)}


@pytest.mark.parametrize(
    ("path", "disposition"),
    [
        ("skills/apps/assets/slack-manifest.json", "hidden"),
        ("skills/apps/references/slack-manifest.json", "hidden"),
        ("assets/slack-manifest.json", "active"),
    ],
)
def test_an_app_that_a_skill_hands_out_is_a_template(checks, path, disposition):
    assert told(checks, {path: json.dumps(REDIRECT)}) == {("plain-http-redirect", disposition)}


@pytest.mark.parametrize(("year", "count"), [(2019, 1), (2026, 0)])
def test_a_signed_address_counts_until_it_ends(checks, year, count):
    query = "X-Amz-Date=20200101T000000Z&X-Amz-Expires=900&" + sample("aws-s3-presigned-url")
    url = f"https://files.s3.amazonaws.com/a.pdf?{query}"
    files = {".mcp.json": json.dumps({"mcpServers": {"files": {"type": "http", "url": url}}})}
    assert len(told(checks, files, now=datetime(year, 11, 22, tzinfo=UTC))) == count


def test_a_token_that_is_said_to_be_public_is_not_reported(checks):
    assert told(checks, {".mcp.json": server("REGISTRY_PUBLIC_TOKEN", sample("github-pat-fine-grained"))}) == set()
    assert len(told(checks, {".mcp.json": server("NEXT_PUBLIC_TOKEN", sample("github-pat-fine-grained"))})) == 1


def test_the_name_of_the_repository_is_in_the_address_of_its_remote(tmp_path):
    assert name_of(tmp_path) is None
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text('[remote "origin"]\n\turl = git@github.com:acme/bot-samples.git\n')
    assert name_of(tmp_path) == "bot-samples"
