"""AWS-managed policies that open whole services become statements, as if they stood where the policy is attached.

A holder of `AmazonS3FullAccess` may do what `s3:*` on every resource allows, so that it is judged alike. What the other
managed policies hold is not told here; those that administer are judged by their level. `PowerUserAccess` is the job
function of developers, so that it counts only with what is no person: a service, a federated workload, or a user that
keys are made for (docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html, read 2026-11-23).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import literal
from nhilint.formats.aws.deployers import PIPELINES
from nhilint.formats.aws.granted import grant
from nhilint.formats.aws.statement import denied_everywhere, read_statement
from nhilint.formats.aws.ways_in import has_only, services_of
from nhilint.knowledge import aws
from nhilint.model.fact import known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.formats.aws.statement import Statement
    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.model.vocabulary.trust import Trust
    from nhilint.source.value import Value

_CALLED = "AWS' policy "
_TO_DEPLOY_WITH = frozenset({"AWSCloudFormationFullAccess", "AWSCodeBuildAdminAccess", "AWSLambda_FullAccess"})
"""What a pipeline brings out its work with."""


def lent_statements(attached: Iterable[Node], trusts: Many[Trust], *, has_keys: bool) -> list[Statement]:
    """What managed policies open as a whole, each policy once, at the place that attaches it. `trusts` are the ways in
    to the holder; `has_keys` says whether lasting keys are made for it."""
    ways = known_records(trusts)
    in_pipelines = has_only(trusts, ways) and all(value_of(way.issuer_kind) in PIPELINES for way in ways)
    for_work = has_keys or any(services_of(way) or way.issuer is not None for way in ways)
    found: dict[str, Statement] = {}
    for node in attached:
        given = aws.wide_grant(str(node.value)) if node.is_text else None
        if given is None or given.policy in found:
            continue
        meant = (given.leaves_out and not for_work) or (in_pipelines and given.policy in _TO_DEPLOY_WITH)
        if not meant:
            found[given.policy] = read_statement(literal(_statement(given), node.at))
    return list(found.values())


def lent_grants(lent: Sequence[Statement], held: Sequence[Statement]) -> tuple[Grant, ...]:
    """The same as grants; `held` are all statements of the holder, which may deny some of it."""
    denied = denied_everywhere(held) if lent else aws.ActionSet()
    return tuple(grant(one, index, None, denied, held) for index, one in enumerate(lent))


def policy_of(statement: Statement) -> str | None:
    """What a managed policy is called whose statement it is; None for a statement that the file writes out."""
    sid = statement.node["Sid"].value
    return sid if isinstance(sid, str) and sid.startswith(_CALLED) else None


def _statement(given: aws.WideGrant) -> Value:
    words = "NotAction" if given.leaves_out else "Action"
    return {"Sid": _CALLED + given.policy, "Effect": "Allow", words: list(given.words), "Resource": "*"}
