"""Which scripts may give rights, or have pull requests built, by a command line: those with the words of one."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

FORMAT = "shell-grants"
WORDS = (
    b"add-iam-policy-binding",
    b"service-accounts keys create",
    b"providers create-oidc",
    b"attach-role-policy",
    b"attach-user-policy",
    b"put-role-policy",
    b"put-user-policy",
    b"iam create-role",
    b"iam create-access-key",
    b"role assignment create",
    b"create-for-rbac",
    b"create clusterrolebinding",
    b"create rolebinding",
    b"builds triggers create",
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format=FORMAT,
        title="Shell scripts that give rights or start builds (gcloud, aws, az, kubectl)",
        syntax=Syntax.TEXT,
        reads="shell_grants.script",
        suffixes=(".sh", ".bash"),
        probe=WORDS,
        docs="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html",
    ),
    Claim(
        format=FORMAT,
        title="Makefiles that give rights or start builds (gcloud, aws, az, kubectl)",
        syntax=Syntax.TEXT,
        reads="shell_grants.makefile",
        names=("Makefile", "GNUmakefile"),
        suffixes=(".mk",),
        probe=WORDS,
        docs="https://www.gnu.org/software/make/manual/make.html#Recipes",
    ),
)
