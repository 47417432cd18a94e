"""Who is said to hold a credential."""

from __future__ import annotations

import json
from pathlib import Path

from nhilint.gather import gather
from nhilint.knowledge.credentials.sample import sample
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

KEY = sample("github-pat-fine-grained")


def test_an_entry_that_no_product_reads_is_for_its_server():
    servers = json.dumps({"mcpServers": {"notes": {"command": "notes", "env": {"GITHUB_TOKEN": KEY}}}})
    files = ((".cursor/mcp.json", servers), (".windsurf/mcp.json", servers))
    gathered = gather(tree_of(files), Settings(root=Path(), now=WHEN))
    credentials = [one.facts for one in link(gathered.resources) if one.kind == "credential"]
    holders = {holder for one in credentials for holder in value_of(one.holders) or ()}
    assert holders == {"tool notes in .cursor/mcp.json", "tool notes in .windsurf/mcp.json"}


def test_a_value_of_a_variable_is_told_where_it_is_written_alone():
    secret = sample("generic-api-key")
    client = 'resource "keycloak_openid_client" "api" {\n  client_id = "api"\n  client_secret = var.client_secret\n}\n'
    files = (
        ("main.tf", 'module "clients" {\n  source = "./clients"\n  client_secret = var.client_secret\n}\n'),
        ("variables.tf", f'variable "client_secret" {{\n  default = "{secret}"\n}}\n'),
        ("clients/main.tf", f'variable "client_secret" {{}}\n{client}'),
    )
    gathered = gather(tree_of(files), Settings(root=Path(), now=WHEN))
    found = [one for one in link(gathered.resources) if one.kind == "credential" and value_of(one.facts.fingerprint)]
    assert [(one.at.path, one.name) for one in found] == [("variables.tf", "client_secret")]
