"""Buckets that a block on public access keeps strangers out of, whatever the policy on them says.

With `restrict_public_buckets` S3 serves nobody outside of the account by a public policy, with `block_public_policy` it
refuses to take one. A block of the bucket counts, and one of the whole account; not one that a count may leave out.
Source: docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, and
registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_public_access_block, known, not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.terraform.referents import resource_named

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver

_OF_A_BUCKET: Final = "aws_s3_bucket_public_access_block"
_OF_THE_ACCOUNT: Final = "aws_s3_account_public_access_block"
_CLOSES: Final = ("restrict_public_buckets", "block_public_policy")


def is_closed(policy: Block, resolver: Resolver) -> bool:
    """Whether the bucket of an `aws_s3_bucket_policy` is closed to whom only a public policy lets in."""
    bucket = _bucket_of(policy, resolver)
    for block in resolver.module.of_kind(_OF_A_BUCKET):
        if bucket is not None and _bucket_of(block, resolver) == bucket and _closes(block, resolver):
            return True
    return any(
        _closes(block, resolver) and not {"account_id", "provider"} & {*block.body, *policy.body}
        for block in resolver.module.of_kind(_OF_THE_ACCOUNT)
    )


def _bucket_of(block: Block, resolver: Resolver) -> tuple[str, str] | None:
    """The bucket that a block names, also where it names it through a block on public access."""
    named = resource_named(block.body.get("bucket"))
    through = resolver.module.resources.get(named) if named is not None and named[0] == _OF_A_BUCKET else None
    return resource_named(through.body.get("bucket")) if through is not None else named


def _closes(block: Block, resolver: Resolver) -> bool:
    stated = (resolver.node(block.body.get(name), block.spot.to(name)).value for name in _CLOSES)
    return "count" not in block.body and any(value is True or value == "true" for value in stated)
