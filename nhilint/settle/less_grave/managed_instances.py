"""Whether the instances of a repository have an agent of Systems Manager through which a shell could be opened on them.

An instance registers with its own role, by one of AWS's policies for that or the actions in them, or by the role that
an account gives all of them (docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html, read
2026-11-23); eksctl gives its nodes such a policy. What could give one anywhere in the repository counts as giving it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.ways_in import services_of
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.words_elsewhere import is_written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.escalation import Escalation
    from nhilint.tree import Tree

_THROUGH_THE_AGENT = frozenset({"ssm-001", "ssm-002"})
"""A shell on an instance, or a command that is sent to it, by way of the agent."""
_NO_GAIN = frozenset({"resource-access", "node-access"})
_OF_INSTANCES = "ec2.amazonaws.com"
_LETS_AGENT_IN = (
    r"AmazonSSMManaged|AmazonEC2RoleforSSM|AmazonSSMFullAccess|ssmmessages|ec2messages|"
    r"default-ec2-instance-management-role|eksctl\.io/"
)
_OPENS_EVERYTHING = frozenset({"AdministratorAccess", "PowerUserAccess"})
"""Policies that let an instance register because they let it do anything."""


def reached_through_instances(holder: Identity) -> bool:
    """Whether every way to more privilege that it has leads through such an agent."""
    ways = gains_of(holder)
    return bool(ways) and all(value_of(way.id) in _THROUGH_THE_AGENT for way in ways)


def gains_of(holder: Identity) -> list[Escalation]:
    """The ways to more privilege that it has, without those that only open data or the machine it runs on."""
    return [way for way in known_records(holder.escalations) if _is_gain(way)]


def shows_instances_without_agent(resources: Iterable[Resource], tree: Tree, holders: Iterable[Identity]) -> bool:
    """Whether roles of instances stand here, what they hold is known, and nothing lets the agent in, or only what the
    holders have themselves: who reaches an instance of its own role wins nothing."""
    facts = [one.facts for one in resources if isinstance(one.facts, Identity)]
    carried = [one for one in facts if any(_OF_INSTANCES in services_of(way) for way in known_records(one.trusts))]
    if not carried or not all(map(_is_known, carried)):
        return False
    own = [one for one in holders if any(one is role for role in carried)]
    return not is_written(_LETS_AGENT_IN, tree, apart_from=_own_policies(own, facts))


def _own_policies(holders: list[Identity], every: Iterable[Identity]) -> frozenset[str]:
    """The policy files that tell what the one holder, a role of instances, may do, and nothing of anybody else."""
    if len(holders) != 1:
        return frozenset()
    others = [one for one in every if one is not holders[0]]
    return _paths(holders) - _paths(others) - {one.at.path for one in others}


def _paths(identities: Iterable[Identity]) -> frozenset[str]:
    return frozenset(
        grant.at.path for one in identities for grant in known_records(one.grants) if grant.at.path.endswith(".json")
    )


def _is_gain(way: Escalation) -> bool:
    return (
        value_of(way.kind) not in _NO_GAIN and value_of(way.inherent) is not True and value_of(way.ordinary) is not True
    )


def _is_known(role: Identity) -> bool:
    """Whether all of what a role holds could be read, and it does not hold everything."""
    is_read = not isinstance(role.grants, Unknown) and len(known_records(role.grants)) == len(role.grants)
    if not is_read or isinstance(role.managed, Unknown) or value_of(role.admin) is not False:
        return False
    return _OPENS_EVERYTHING.isdisjoint(policy.rpartition("/")[2] for policy in value_of(role.managed) or ())
