"""Policies of AWS that nothing in a repository attaches: what one may do, nobody may by it, as far as one can see.

Where its module attaches other policies, this one is left over. A module that attaches none may make policies for
somebody to attach by hand; one that no file refers to and no file names is told less gravely, since a person who
attaches it sees it first. Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy and
…/iam_role_policy_attachment (a policy is attached by its ARN, which ends with its name), from a survey.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import value_of
from nhilint.settle.less_grave.words_elsewhere import is_written, stands_elsewhere
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.tree import Tree

_BLOCK = ("resource", "aws_iam_policy")
_TELLING = Deferred(r"[\w+=,.@-]{6,128}")
"""A name that is written out, and so long that it stands nowhere by chance."""


def is_left_over(holder: Identity, tree: Tree) -> bool:
    """Whether a policy is left over: its module attaches others, and nothing else in the tree has its name or that of
    an output that hands it out."""
    words = value_of(holder.handed_out_as)
    return words is not None and not stands_elsewhere(words, _folder(holder), tree)


def is_referred_to_nowhere(holder: Identity, tree: Tree) -> bool:
    """Whether no file refers to a policy that Terraform declares, or has its name besides the folder that declares
    it."""
    name, pointer = value_of(holder.name) or "", holder.at.pointer
    is_declared = value_of(holder.kind) == "policy" and pointer[:2] == _BLOCK and len(pointer) > len(_BLOCK)
    if not is_declared or not _TELLING.fullmatch(name) or stands_elsewhere((name,), _folder(holder), tree):
        return False
    label, called = re.escape(str(pointer[len(_BLOCK)])), re.escape(name)
    refers = rf"\baws_iam_policy\.(?:{label}\b|\$)|policy/[^\s\"]{{0,100}}{called}"
    return not is_written(rf'{refers}|\bdata\s+"aws_iam_policy"[^}}]{{0,300}}{called}', tree)


def _folder(holder: Identity) -> str:
    return holder.at.path.rpartition("/")[0]
