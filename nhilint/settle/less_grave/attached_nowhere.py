"""Policies of AWS that nothing in a repository attaches: what one may do, nobody may by it, as far as one can see; and
files of policies that scripts give to CloudFormation alone.

Where its module attaches other policies, this one is left over. A module that attaches none may make policies for
somebody to attach by hand; one that no file refers to and no file names is told less gravely, since a person who
attaches it sees it first. Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy and
…/iam_role_policy_attachment (a policy is attached by its ARN, which ends with its name), from a survey;
docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html (what `cdk bootstrap` is told that CloudFormation
builds with, an administrator's policy where it is told nothing), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import value_of
from nhilint.settle.less_grave.words_elsewhere import is_written, stands_elsewhere, texts_written
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.tree import Tree

_BLOCK = ("resource", "aws_iam_policy")
_TELLING = Deferred(r"[\w+=,.@-]{6,128}")
"""A name that is written out, and so long that it stands nowhere by chance."""
_BOOTSTRAPS = Deferred(r"--cloudformation-execution-policies\b")
_ATTACHES = Deferred(r"\b(?:attach|put)-(?:role|user|group)-policy\b")


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


def why_nobody_has(holder: Identity, tree: Tree) -> str:
    """Why nobody who could misuse a policy has it, as far as one can see; empty where somebody may have it."""
    if is_referred_to_nowhere(holder, tree):
        return "nothing in this repository attaches the policy"
    if builds_after_bootstrap(holder, tree):
        return "scripts give it to `cdk bootstrap`, for CloudFormation alone to build with"
    return ""


def builds_after_bootstrap(holder: Identity, tree: Tree) -> bool:
    """Whether a policy is a file that only scripts name which make it what CloudFormation builds with, and which give
    no policy to anybody else."""
    name = holder.at.path.rpartition("/")[2]
    if value_of(holder.kind) != "policy" or not name.endswith(".json") or holder.at.pointer:
        return False
    naming = texts_written(rf"(?<![\w.-]){re.escape(name)}(?!\w)", tree, in_prose=False)
    return bool(naming) and all(_BOOTSTRAPS.search(one) and not _ATTACHES.search(one) for one in naming or ())


def _folder(holder: Identity) -> str:
    return holder.at.path.rpartition("/")[0]
