"""Whether a command could be run in the containers of a repository's tasks, as ECS Exec lets one.

That takes an agent beside the container, which speaks with the task's own role: `ssmmessages:CreateControlChannel` and
the like. Who may call `ecs:ExecuteCommand` gets no shell where no role of a task may do so; and a service or a task is
started with `enableExecuteCommand`, or has no agent at all. Source: docs.aws.amazon.com/AmazonECS/latest/
developerguide/ecs-exec.html (prerequisites, "Enabling and using ECS Exec"), from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.ways_in import services_of
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.managed_instances import gains_of
from nhilint.settle.less_grave.words_elsewhere import is_written
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_BY_COMMANDS = frozenset({"prowler-ecs-executecommand"})
_OF_TASKS = "ecs-tasks.amazonaws.com"
_LETS_AGENT_IN = Deferred(r"/(?:AmazonSSM\w+|AmazonEC2RoleforSSM|AdministratorAccess|PowerUserAccess)$")
"""Policies of AWS with which the agent speaks, among others."""
_STATED = r"ssmmessages:|(?i:enable[-_]?execute[-_]?command)"


def reached_through_tasks(holder: Identity) -> bool:
    """Whether every way to more privilege that it has leads through such a command."""
    ways = gains_of(holder)
    return bool(ways) and all(value_of(way.id) in _BY_COMMANDS for way in ways)


def shows_tasks_without_agent(resources: Iterable[Resource], tree: Tree) -> bool:
    """Whether roles of tasks stand here, none has everything, and nothing here lets the agent in or asks for it."""
    facts = [one.facts for one in resources if isinstance(one.facts, Identity)]
    carried = [one for one in facts if any(_OF_TASKS in services_of(way) for way in known_records(one.trusts))]
    return bool(carried) and not any(map(_may_let_agent_in, carried)) and not is_written(_STATED, tree)


def _may_let_agent_in(role: Identity) -> bool:
    """Whether a role has everything or a policy of AWS with which the agent speaks; what cannot be read may be one."""
    has_one = any(_LETS_AGENT_IN.search(f"/{policy}") for policy in value_of(role.managed) or ())
    return has_one or isinstance(role.managed, Unknown) or value_of(role.admin) is True
