"""A hosted agent, tool or build meets the cloud role or account that it runs as: what whoever steers it may really do.

Joined by the declaration that the same configuration refers to, or by the same full id; a name alone is no evidence. An
account of Google Cloud is one by its address, with the roles that the whole repository gives it.
The role learns that an agent service holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Agent, Identity, Tool, Workflow

if TYPE_CHECKING:
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.capability import RunsAs
    from nhilint.model.vocabulary.escalation import Escalation

Power = Literal["administers", "escalates", "limited"]

_PRINCIPALS = frozenset({"role", "service_account", "user"})
"""Kinds of identities under which tools work: a role by its ARN, an account by its address, a user by its profile."""
_OWN_WORK = frozenset(
    {"own-agentcore-token", "own-agentcore-apikey", "bedrock-002", "prowler-agentcorebrowsersessionconnect"}
)
"""Paths whose permissions a gateway needs to fetch its own keys, and an agent to use its own tools."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with agents and tools that know what their role may do."""
    if not any(_runs_as(resource) for resource in resources):
        return resources
    by_place: dict[Place, Identity] = {}
    by_arn: dict[str, Identity] = {}
    for resource in resources:
        if isinstance(resource.facts, Identity) and value_of(resource.facts.kind) in _PRINCIPALS:
            by_place.setdefault(resource.at, resource.facts)
            by_arn.setdefault(value_of(resource.facts.arn) or "", resource.facts)
    by_arn.pop("", None)
    held: set[Place] = set()
    linked = tuple(_with_power(resource, by_place, by_arn, held) for resource in resources)
    return tuple(_of_an_agent(resource, held) for resource in linked)


def _runs_as(resource: Resource) -> RunsAs | None:
    facts = resource.facts
    return facts.runs_as if isinstance(facts, Agent | Tool | Workflow) else None


def _with_power(
    resource: Resource, by_place: dict[Place, Identity], by_arn: dict[str, Identity], held: set[Place]
) -> Resource:
    runs_as, facts = _runs_as(resource), resource.facts
    if runs_as is None or not isinstance(facts, Agent | Tool | Workflow):
        return resource
    role = by_arn.get(value_of(runs_as.identity) or "")
    if isinstance(runs_as.declared, Known):
        role = by_place.get(runs_as.declared.at, role)
    if role is None:
        return resource
    if not isinstance(facts, Workflow):
        held.add(role.at)
    power, through, at = power_of(role)
    declared = Known(value=True, at=role.at)
    told = replace(runs_as, declared=declared, power=Known(power, at), power_through=Known(through, at))
    return replace(resource, facts=replace(facts, runs_as=told))


def power_of(role: Identity) -> tuple[Power, str, Place]:
    """How far a role reaches, what gives it that reach, and the statement or attachment that does."""
    if value_of(role.admin) and role.admin is not None:
        at = _where_all_is_allowed(role) or role.admin.at
        return "administers", _owning_role(role) or "a policy that allows everything", at
    managed = role.managed_admin
    if isinstance(managed, Known) and managed.value and role.boundary is None:
        attached = next((policy.at for policy in known_records(role.admin_attachments)), managed.at)
        return "administers", managed.value[0].rsplit("/", 1)[-1], attached
    escalations = () if isinstance(role.escalations, Unknown) else role.escalations
    for escalation in escalations:
        if not isinstance(escalation, Unknown) and _gains(escalation):
            return "escalates", value_of(escalation.name) or "", escalation.at
    for chain in known_records(role.role_chains):
        way = ", then ".join(value_of(link.does) or "" for link in known_records(chain.links))
        return "escalates", f"{way}, which {value_of(chain.power)}", chain.at
    return "limited", "", role.at


def _owning_role(role: Identity) -> str | None:
    """On Google Cloud: the role by which it may do everything, which need not be the first that it holds."""
    owning = (value_of(grant.role) for grant in known_records(role.grants) if value_of(grant.role_power) == "owner")
    named = value_of(role.managed) or () if value_of(role.provider) == "gcp" else ()
    return next((name for name in owning if name in named), next(iter(named), None))


def _where_all_is_allowed(role: Identity) -> Place | None:
    """The statement that allows everything by itself; None where only several together do."""
    for grant in known_records(role.grants):
        allows = value_of(grant.effect) == "allow" and value_of(grant.all_actions) and value_of(grant.all_resources)
        if allows:
            return grant.actions.at if isinstance(grant.actions, Known) else grant.at
    return None


def _gains(escalation: Escalation) -> bool:
    """Whether a way leads to more than hosted agents and gateways need for their own work."""
    told = value_of(escalation.kind) != "resource-access" and value_of(escalation.id) not in _OWN_WORK
    return told and value_of(escalation.ordinary) is not True


def _of_an_agent(resource: Resource, held: set[Place]) -> Resource:
    facts = resource.facts
    if isinstance(facts, Identity) and facts.at in held and value_of(facts.kind) in _PRINCIPALS:
        return replace(resource, facts=replace(facts, agent_principal=Known(value=True, at=facts.at)))
    return resource
