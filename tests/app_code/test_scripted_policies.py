"""A policy of Vault is called as the script calls it that writes it, and may only go out with a stronger one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.scripted_policies import with_scripted_policies
from nhilint.gather import gather
from nhilint.link.terraform import join as terraform
from nhilint.link.vault import join
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

DECIDES = 'path "sys/policies/acl/*" {\n  capabilities = ["create", "update"]\n}\n'
EVERYTHING = 'path "*" {\n  capabilities = ["create", "read", "update", "delete", "list", "sudo"]\n}\n'
WRITES = "vault policy write deploy /vault/userconfig/deploy-policy.hcl\nbao policy write all ./all-policy.hcl\n"
ROLE = 'resource "vault_approle_auth_backend_role" "team" {\n  role_name = "team"\n  token_policies = ["deploy"]\n}\n'


def policies(files):
    tree = MemoryTree({"vault/deploy-policy.hcl": DECIDES, "vault/all-policy.hcl": EVERYTHING, **files})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    found = join(terraform(with_scripted_policies(gathered.resources, tree)))
    return {one.name: value_of(one.facts.held_with_all) for one in found if one.kind == "policy"}


@pytest.mark.parametrize("path", ["bootstrap.sh", "vault/Bootstrap.sh.tpl", "x.bash", "x.sh.tftpl"])
def test_a_policy_is_called_as_a_script_writes_it(path):
    assert policies({path: WRITES}) == {"deploy": None, "all": None}


@pytest.mark.parametrize(
    "text",
    [
        "vault policy write ${name} deploy-policy.hcl",
        WRITES + "vault policy write other deploy-policy.hcl\nvault policy write more all-policy.hcl",
        "vault policy read deploy",
    ],
)
def test_a_name_that_is_not_told_is_that_of_the_file(text):
    assert policies({"bootstrap.sh": text}) == {"deploy-policy": None, "all-policy": None}


def test_what_is_no_script_names_nothing():
    assert policies({"README.md": WRITES}) == {"deploy-policy": None, "all-policy": None}


@pytest.mark.parametrize(
    ("handed", "told"),
    [
        ("vault write auth/aws/role/ci \\\n  auth_type=iam \\\n  policies=deploy,all \\\n  ttl=1h\n", True),
        ('vault write auth/approle/role/ci token_policies="deploy,all"\n', True),
        ("vault write auth/approle/role/ci token_policies=deploy\n", None),
        ("vault write auth/a/role/b policies=deploy,all\nvault write auth/a/role/c policies=deploy,${more}\n", None),
        ("vault write auth/approle/role/ci token_policies=$POLICIES\n", None),
        ("vault write secret/ci policies=deploy,all\n", None),
    ],
)
def test_a_policy_that_only_goes_out_with_one_that_allows_everything(handed, told):
    assert policies({"bootstrap.sh": WRITES + handed}) == {"deploy": told, "all": None}


def test_a_role_that_hands_it_out_by_itself_counts_as_well():
    handed = WRITES + "vault write auth/a/role/b policies=deploy,all\n"
    assert policies({"bootstrap.sh": handed, "main.tf": ROLE})["deploy"] is None
    assert policies({"bootstrap.sh": handed, "main.tf": ROLE.replace('"deploy"', '"deploy", "all"')})["deploy"] is True


def test_more_scripts_than_are_looked_through_tell_nothing():
    assert policies({"bootstrap.sh": WRITES, "long.sh": "#" * 9_000_000}) == {"deploy-policy": None, "all-policy": None}
