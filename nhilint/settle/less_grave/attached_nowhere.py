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
from functools import cached_property
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
_BOOTSTRAP = r"--cloudformation-execution-policies\b"
_BOOTSTRAPS = Deferred(_BOOTSTRAP)
_ATTACHES = Deferred(r"\b(?:attach|put)-(?:role|user|group)-policy\b")


class Attaching:
    """What the files of a tree say of who has a policy."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def is_left_over(self, holder: Identity) -> bool:
        """Whether a policy is left over: its module attaches others, and nothing else in the tree has its name or that
        of an output that hands it out."""
        words = value_of(holder.handed_out_as)
        return words is not None and not stands_elsewhere(words, _folder(holder), self.tree)

    def why_nobody_has(self, holder: Identity) -> str:
        """Why nobody who could misuse a policy has it, as far as one can see; empty where somebody may have it."""
        if self._is_referred_to_nowhere(holder):
            return "nothing in this repository attaches the policy"
        if self._builds_after_bootstrap(holder):
            return "scripts give it to `cdk bootstrap`, for CloudFormation alone to build with"
        return ""

    def _is_referred_to_nowhere(self, holder: Identity) -> bool:
        """Whether no file refers to a policy that Terraform declares, or has its name besides the folder that declares
        it."""
        name, pointer = value_of(holder.name) or "", holder.at.pointer
        is_declared = value_of(holder.kind) == "policy" and pointer[:2] == _BLOCK and len(pointer) > len(_BLOCK)
        if not is_declared or not _TELLING.fullmatch(name) or stands_elsewhere((name,), _folder(holder), self.tree):
            return False
        label, called = re.escape(str(pointer[len(_BLOCK)])), re.escape(name)
        refers = rf"\baws_iam_policy\.(?:{label}\b|\$)|policy/[^\s\"]{{0,100}}{called}"
        return not is_written(rf'{refers}|\bdata\s+"aws_iam_policy"[^}}]{{0,300}}{called}', self.tree)

    def _builds_after_bootstrap(self, holder: Identity) -> bool:
        """Whether a policy is a file that only scripts name which make it what CloudFormation builds with, and which
        give no policy to anybody else."""
        name = holder.at.path.rpartition("/")[2]
        is_file = value_of(holder.kind) == "policy" and name.endswith(".json") and not holder.at.pointer
        if not is_file or not self._has_bootstraps:
            return False
        naming = texts_written(rf"(?<![\w.-]){re.escape(name)}(?!\w)", self.tree, in_prose=False)
        return bool(naming) and all(_BOOTSTRAPS.search(one) and not _ATTACHES.search(one) for one in naming or ())

    @cached_property
    def _has_bootstraps(self) -> bool:
        """Whether any script says what CloudFormation builds with; asked once for all policies of the tree."""
        return is_written(_BOOTSTRAP, self.tree)


def _folder(holder: Identity) -> str:
    return holder.at.path.rpartition("/")[0]
