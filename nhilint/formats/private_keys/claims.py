"""Which files may be private keys: by the endings and names that tools give them, then by how a key begins."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

FORMAT = "private-key-file"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format=FORMAT,
        title="Files with a private key: of logins by SSH, GitHub Apps, Apple's services",
        syntax=Syntax.TEXT,
        reads="private_keys.key_file",
        suffixes=(".pem", ".key", ".ppk", ".p8"),
        paths=(
            "*id_rsa*",
            "*id_ed25519*",
            "*id_ecdsa*",
            "*_rsa",
            "*_ed25519",
            "*_key",
            "*-key",
        ),
        probe=(b" PRIVATE KEY-----", b"PuTTY-User-Key-File-"),
        docs="https://man.openbsd.org/ssh-keygen#FILES",
    ),
    Claim(
        format="kubeconfig",
        title="Kubeconfigs: keys and tokens by which somebody signs in to a cluster",
        syntax=Syntax.YAML,
        reads="private_keys.kubeconfig",
        names=("kubeconfig", "kubeconfig.yaml", "kubeconfig.yml", "kube_config.yaml", "kube-config.yaml", "admin.conf"),
        paths=(".kube/config", "*.kubeconfig", "*kubeconfig*.yaml", "*kubeconfig*.yml"),
        probe=(b"client-key-data:", b" token:"),
        docs="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/",
    ),
)
