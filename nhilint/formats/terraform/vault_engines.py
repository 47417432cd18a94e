"""What Vault makes in AWS for whoever may ask becomes an identity with the policies that Vault gives it.

Only users are (`credential_type = "iam_user"`): for the other types the policy is a filter on what a role that stands
elsewhere, or Vault's own user, may do. Groups (`iam_groups`) stand elsewhere too. Source:
github.com/hashicorp/terraform-provider-vault, website/docs/r/aws_secret_backend_role.html.md, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.identity import Holding, identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.identity import Identity

_KIND = "vault_aws_secret_backend_role"


def engine_users(resolver: Resolver) -> Iterator[tuple[Block, str, Identity]]:
    """The users that Vault's engine for AWS makes, with the block and the name of the engine's role."""
    for block in resolver.module.of_kind(_KIND):
        if resolver.text(block.body.get("credential_type"), block.spot.to("credential_type")) != "iam_user":
            continue
        name = resolver.text(block.body.get("name"), block.spot.to("name")) or block.label
        stated = block.body.get("policy_document")
        document = (resolver.document(stated, block.spot.to("policy_document")),) if stated is not None else ()
        managed = resolver.node(block.body.get("policy_arns"), block.spot.to("policy_arns"))
        holding = Holding(
            kind="user",
            name=name,
            at=block.at,
            documents=document,
            managed=tuple(managed.items()),
            managed_at=managed.at,
        )
        yield block, name, identity(holding)
