"""A policy of Vault for emergencies that nothing holds, or that people hold, is told less."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Disposition, Severity
from nhilint.settle.less_grave.vault_policies import CHECK, OF_RIGHTS

READS = 'path "secret/data/*" {\n  capabilities = ["read"]\n}\n'
CHANGES = READS.replace('"read"', '"read", "update"')
USER = "vault write auth/userpass/users/ann password=x policies=%s\n"


@pytest.fixture
def severity(tmp_path):
    def told(files, check=CHECK):
        for path, text in files.items():
            (tmp_path / path).write_text(text)
        (found,) = scan(tmp_path, select=[check]).findings
        return found.severity if found.disposition is Disposition.ACTIVE else None

    return told


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"store.hcl": READS}, Severity.HIGH),
        ({"break-glass.hcl": CHANGES}, None),
        ({"store.hcl": f"# break-glass only, revoke afterwards\n\n{CHANGES}"}, None),
        ({"store.hcl": f"{CHANGES}# break-glass only\n"}, Severity.HIGH),
        ({"break-glass.hcl": READS, "t.sh": "vault token create -policy=break-glass\n"}, Severity.HIGH),
        ({"break-glass.hcl": READS, "t.sh": "vault policy write break-glass break-glass.hcl\n"}, None),
        ({"break-glass.hcl": READS, "role.yaml": "spec:\n  policies:\n    - break-glass\n"}, Severity.HIGH),
        ({"store.hcl": f"# break-glass: vault policy write spare @store.hcl\n{READS}", "t.sh": USER % "spare"}, Severity.MEDIUM),
        (
            {
                "store.hcl": f"# break-glass: vault policy write spare @store.hcl\n{READS}",
                "t.sh": "vault write auth/kubernetes/role/web token_policies=spare\n",
            },
            Severity.HIGH,
        ),
        ({"break-glass.hcl": CHANGES, "t.sh": USER % "break-glass"}, Severity.HIGH),
    ],
)  # fmt: skip
def test_for_emergencies(severity, files, told):
    assert severity(files) == told


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (READS, USER % "store", Severity.MEDIUM),
        (CHANGES, USER % "store", Severity.HIGH),
        (READS, USER % "store-two", Severity.HIGH),
        (READS, USER % "store" + "vault token create -policy store\n", Severity.HIGH),
        (READS, "vault write auth/kubernetes/role/web policies=store\n", Severity.HIGH),
        (READS, "vault write auth/ldap/groups/operators policies=base,store\n", Severity.MEDIUM),
    ],
)
def test_with_which_people_read(severity, text, line, told):
    assert severity({"store.hcl": text, "t.sh": line}) == told


RIGHTS = 'path "sys/policies/acl/*" {\n  capabilities = ["update"]\n}\n'
GROUP = """resource "vault_identity_group" "staff" {
  name     = "staff"
  type     = "external"
  policies = ["keepers"]
}

resource "vault_identity_group_alias" "staff" {
  name           = "staff"
  mount_accessor = vault_ldap_auth_backend.main.accessor
  canonical_id   = vault_identity_group.staff.id
}
"""
ROLE = 'resource "vault_approle_auth_backend_role" "ci" {\n  token_policies = ["keepers"]\n}\n'


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (GROUP, None),
        (GROUP + ROLE, Severity.MEDIUM),
        (GROUP.replace("external", "internal"), Severity.MEDIUM),
        (GROUP.replace("ldap_auth_backend", "approle_auth_backend"), Severity.MEDIUM),
        (GROUP.replace("canonical_id   = vault_identity_group.staff", "canonical_id = vault_identity_group.other"), Severity.MEDIUM),
        ("", Severity.MEDIUM),
    ],
    ids=["a directory's", "and a role's", "internal", "machines'", "another group's alias", "nobody's"],
)  # fmt: skip
def test_that_a_group_of_people_holds(severity, code, told):
    assert severity({"keepers.hcl": RIGHTS, "main.tf": code}, OF_RIGHTS) == told


ALL = RIGHTS + "".join(
    f'path "{path}" {{\n  capabilities = ["update", "sudo"]\n}}\n' for path in ("auth/*", "sys/mounts/*", "sys/audit/*")
)
MADE = 'resource "vault_policy" "own" {\n  name   = "%s"\n  policy = file("%s.hcl")\n}\n'
HANDED = 'resource "vault_token_auth_backend_role" "ci" {\n  allowed_policies = [vault_policy.own.name]\n}\n'


@pytest.mark.parametrize(
    ("name", "text", "code", "told"),
    [
        ("shop-admins", RIGHTS, "", None),
        ("shop-admins", RIGHTS, MADE % ("shop-admins", "shop-admins"), None),
        ("shop-admins", RIGHTS, MADE % ("shop-admins", "shop-admins") + HANDED, Severity.MEDIUM),
        ("shop-admins", RIGHTS, ROLE.replace("keepers", "shop-admins"), Severity.MEDIUM),
        ("policy-admin", RIGHTS, "", None),
        ("policy-admin", ALL, "", Severity.MEDIUM),
        ("shop-admin", RIGHTS, "", Severity.MEDIUM),
        ("shop-root", ALL, "", None),
        ("shop-root", RIGHTS, "", Severity.MEDIUM),
    ],
)
def test_of_administrators_that_nothing_holds(severity, name, text, code, told):
    assert severity({f"{name}.hcl": text, "main.tf": code}, OF_RIGHTS) == told


def test_of_administrators_in_terraform(severity):
    rules = "".join(
        f'  rule {{\n    path = "{path}"\n    capabilities = ["update", "sudo"]\n  }}\n'
        for path in ("sys/policies/acl/*", "auth/*", "sys/mounts/*", "identity/*")
    )
    code = f'data "vault_policy_document" "own" {{\n{rules}}}\n'
    code += 'resource "vault_policy" "own" {\n  name = "stack-root"\n  policy = data.vault_policy_document.own.hcl\n}\n'
    assert severity({"main.tf": code}, OF_RIGHTS) is None
    assert severity({"main.tf": code + HANDED}, OF_RIGHTS) == Severity.MEDIUM


SETTINGS = """\
policies:
  - name: store
    rules: |
      path "secret/data/*" {
        capabilities = ["read"%s]
      }
"""
STAFF = "groups:\n  - {name: staff, policies: [store]}\n"
BOT = "auth:\n  - {type: aws, roles: [{name: bot, policies: [store]}]}\n"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (SETTINGS % "" + STAFF, Severity.MEDIUM),
        (SETTINGS % ', "update"' + STAFF, Severity.HIGH),
        (SETTINGS % "", Severity.HIGH),
        (SETTINGS % "" + STAFF + BOT, Severity.HIGH),
    ],
)
def test_settings_that_hand_a_policy_to_people(severity, settings, told):
    assert severity({"vault-config.yml": settings}) == told


def test_a_role_in_another_file_takes_that_back(severity):
    assert severity({"vault-config.yml": SETTINGS % "" + STAFF, "more.yml": BOT + "# bound_claims:\n"}) == Severity.HIGH
