"""Files of a module that have the account they stand in filled in, and so write out only the numbers of others.

Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity, from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.named_documents import texts_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Module


def files_with_own_account(module: Module) -> frozenset[str]:
    """The paths of the files of which some ARN has `data.aws_caller_identity` for its account."""
    blocks = (*module.resources.values(), *module.data.values())
    if not any(kind == "aws_caller_identity" for kind, _ in module.data):
        return frozenset()
    return frozenset(
        block.at.path
        for block in blocks
        if any("arn:" in text and "data.aws_caller_identity." in text for text in texts_in(block.body))
    )


def all_in(documents: Iterable[Node], paths: frozenset[str]) -> bool:
    """Whether there are policy documents, and all of them are written in such files."""
    held = {document.at.path for document in documents}
    return bool(held) and held <= paths
