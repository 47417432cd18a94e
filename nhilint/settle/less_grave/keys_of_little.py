"""A key that code makes for a user of AWS is told one step less gravely where the user may do little by all that is
stated here: send logs, metrics and traces, or look up clusters in which no file gives it rights.

A user that another file names may have rights in a cluster by that file, and so may one whose ARN is used; one whose
name is not known may be named anywhere: then the finding stays as it is. Sources: docs.aws.amazon.com/eks/latest/
userguide/access-entries.html and …/auth-configmap.html (who calls a cluster has what an access entry or `aws-auth`
says), from a survey, pages not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.less_grave.words_elsewhere import is_written, stands_elsewhere
from nhilint.settle.lowered import a_step_lower
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

OF_KEYS = "access-key-made-by-code"
REPORTS = "all that it may do is to send logs, metrics and traces"
LOOKS_UP = "all that it may do is to look up clusters, and nothing here names it to give it rights in one"
_LOOKING_UP = Deferred(r"eks:(?:Describe|List)(?:Clusters?|\*)?|sts:GetCallerIdentity", flags=re.IGNORECASE)


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those about keys of such users lowered. Several users of one name have to be alike."""
    return tuple(_told(one, resources, tree) if _is_asked(one) else one for one in findings)


def _is_asked(finding: Finding) -> bool:
    return finding.check == OF_KEYS and finding.severity > Severity.LOW


def _told(finding: Finding, held: tuple[Resource, ...], tree: Tree) -> Finding:
    alike = tuple(facts_behind(finding, held, Identity))
    if alike and all(value_of(one.only_reports) is True for one in alike):
        return a_step_lower(finding, REPORTS)
    if alike and all(_only_looks_up(one, tree) for one in alike):
        return a_step_lower(finding, LOOKS_UP)
    return finding


def _only_looks_up(user: Identity, tree: Tree) -> bool:
    """Whether a user may look up clusters and nothing else, in any file."""
    is_known = isinstance(user.grants, tuple) and not any(isinstance(one, Unknown) for one in user.grants)
    is_all = is_known and (user.managed is None or value_of(user.managed) == ())
    allowed = [grant for grant in known_records(user.grants) if value_of(grant.effect) != "deny"]
    words = [word for grant in allowed for word in value_of(grant.actions) or ("",)]
    if not is_all or not words or user.cluster_access or not all(map(_LOOKING_UP.fullmatch, words)):
        return False
    return value_of(user.name) is not None and not _is_let_in_by_name(user, tree)


def _is_let_in_by_name(user: Identity, tree: Tree) -> bool:
    """Whether another file has a user's name, or anything its ARN, by which clusters, roles and buckets let it in."""
    name, pointer = value_of(user.name) or "", user.at.pointer
    label = re.escape(str(pointer[2])) if pointer[:2] == ("resource", "aws_iam_user") and len(pointer) > 2 else "-"
    arn = rf"\baws_iam_user\.{label}(?:\[[^\]\n]{{0,80}}\])?\.arn\b|:user/[^\s\"]{{0,100}}{re.escape(name)}"
    return stands_elsewhere((name,), user.at.path.rpartition("/")[0], tree) or is_written(arn, tree)
