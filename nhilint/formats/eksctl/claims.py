"""Which files are configurations of eksctl: YAML of any name that states its API group."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="eksctl-cluster",
        title="eksctl clusters: roles of service accounts, pods, nodes and add-ons",
        syntax=Syntax.TEMPLATED_YAML,
        reads="eksctl.cluster_config",
        suffixes=(".yaml", ".yml"),
        probe=(b"eksctl.io/v1alpha",),
        docs="https://docs.aws.amazon.com/eks/latest/eksctl/what-is-eksctl.html",
    ),
)
