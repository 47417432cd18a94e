"""A policy of Vault that nothing holds but for emergencies, or that people read with, is told one step lower."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity
from nhilint.settle.less_grave.vault_policies import CHECK

READS = 'path "secret/data/*" {\n  capabilities = ["read"]\n}\n'
CHANGES = READS.replace('"read"', '"read", "update"')
USER = "vault write auth/userpass/users/ann password=x policies=%s\n"


@pytest.fixture
def severity(tmp_path):
    def told(files):
        for path, text in files.items():
            (tmp_path / path).write_text(text)
        (found,) = scan(tmp_path, select=[CHECK]).findings
        return found.severity

    return told


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"store.hcl": READS}, Severity.HIGH),
        ({"break-glass.hcl": CHANGES}, Severity.MEDIUM),
        ({"store.hcl": f"# break-glass only, revoke afterwards\n\n{CHANGES}"}, Severity.MEDIUM),
        ({"store.hcl": f"{CHANGES}# break-glass only\n"}, Severity.HIGH),
        ({"break-glass.hcl": READS, "t.sh": "vault token create -policy=break-glass\n"}, Severity.HIGH),
        ({"break-glass.hcl": READS, "t.sh": "vault policy write break-glass break-glass.hcl\n"}, Severity.MEDIUM),
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
