"""Hosted agents meet the roles that they run as."""

from __future__ import annotations

import pytest

from nhilint.link.agent_roles import join, power_of
from nhilint.model.fact import Known, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import Agent, Identity, Tool
from nhilint.model.vocabulary.capability import RunsAs
from nhilint.model.vocabulary.escalation import Escalation

ROLE, USE = Place("a.yaml", ("Role",)), Place("a.yaml", ("Agent", "role"))
ARN = "arn:aws:iam::111122223333:role/x"


def known(value):
    return Known(value, ROLE)


def role(**facts):
    return Identity(at=ROLE, name=known("x"), kind=known("role"), **facts)


def escalation(kind, **facts):
    return Escalation(at=ROLE, name=known("a way"), kind=known(kind), **facts)


def joined(identity, *, declared=True, arn=ARN, holder=Agent):
    runs_as = RunsAs(at=USE, identity=Known(arn, USE), declared=Known(value=True, at=ROLE) if declared else None)
    held = Resource("agent", "a", "f", holder(at=USE, runs_as=runs_as))
    return [resource.facts for resource in join((held, Resource("identity", "x", "f", identity)))]


@pytest.mark.parametrize(
    ("facts", "power", "through"),
    [
        ({}, "limited", ""),
        ({"admin": known(True)}, "administers", "a policy that allows everything"),
        ({"managed_admin": known(("arn:aws:iam::aws:policy/IAMFullAccess",))}, "administers", "IAMFullAccess"),
        ({"managed_admin": known(("x/Y",)), "boundary": known("b")}, "limited", ""),
        ({"escalations": (escalation("principal-access", id=known("own-agentcore-apikey")),)}, "limited", ""),
        ({"escalations": (escalation("new-passrole", ordinary=known(True)),)}, "limited", ""),
        ({"escalations": (escalation("resource-access"),)}, "limited", ""),
        ({"escalations": (escalation("resource-access"), escalation("new-passrole"))}, "escalates", "a way"),
    ],
)
def test_how_far_a_role_reaches(facts, power, through):
    assert power_of(role(**facts))[:2] == (power, through)


@pytest.mark.parametrize("holder", [Agent, Tool])
def test_joined_by_the_declaration(holder):
    agent, identity = joined(role(admin=known(True)), holder=holder)
    assert value_of(agent.runs_as.power) == "administers"
    assert value_of(identity.agent_principal) is True


def test_joined_by_the_full_id():
    agent, _ = joined(role(arn=known(ARN)), declared=False)
    assert value_of(agent.runs_as.power) == "limited"


def test_a_name_alone_is_no_evidence():
    agent, identity = joined(role(), declared=False, arn="x")
    assert agent.runs_as.power is None
    assert identity.agent_principal is None


def test_a_policy_is_no_role():
    policy = Identity(at=ROLE, name=known("x"), kind=known("policy"), admin=known(True))
    agent, _ = joined(policy)
    assert agent.runs_as.power is None


@pytest.mark.parametrize(("provider", "through"), [("gcp", "roles/owner"), ("aws", "a policy that allows everything")])
def test_joined_by_the_address_of_an_account(provider, through):
    address = "helpdesk@acme.iam.gserviceaccount.com"
    account = Identity(
        at=ROLE,
        name=known("helpdesk"),
        provider=known(provider),
        kind=known("service_account"),
        arn=known(address),
        managed=known(("roles/owner",)),
        admin=known(True),
    )
    agent, identity = joined(account, declared=False, arn=address)
    assert (value_of(agent.runs_as.power), value_of(agent.runs_as.power_through)) == ("administers", through)
    assert value_of(identity.agent_principal) is True
