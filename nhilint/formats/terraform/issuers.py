"""What identity providers of a module stand for: the issuer whose tokens they let in.

`aws_iam_openid_connect_provider` keeps its address with the scheme, and its ARN names that address without it; trust
policies name either, often by `replace(…url, "https://", "")`. The issuer of a cluster is known by its form. Source:
registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_openid_connect_provider, from a survey, page not
re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.formats.terraform.module import NOWHERE

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.values import Values

_PROVIDER = "aws_iam_openid_connect_provider"
_SCHEME = "https://"


def provider_attribute(resolver: Values, block: Block | None, attribute: str) -> str | None:
    """The address or ARN of an identity provider that the module declares or looks up by its address."""
    if block is None or block.kind != _PROVIDER or attribute not in ("url", "arn", "id"):
        return None
    url = resolver.text(block.body.get("url"), NOWHERE)
    address = url.removeprefix(_SCHEME)
    if "." not in address or address.startswith("${"):
        return None
    return address if attribute == "url" else f"arn:aws:iam::{OWN_ACCOUNT}:oidc-provider/{address}"


def issuer_of_cluster(steps: list[str]) -> str | None:
    """The issuer of a cluster of EKS, its name in the place of the number that AWS gives it."""
    if len(steps) != 5 or steps[0] != "aws_eks_cluster" or steps[2:] != ["identity", "oidc", "issuer"]:
        return None
    return f"{_SCHEME}oidc.eks.{OWN_REGION}.amazonaws.com/id/{steps[1]}"
