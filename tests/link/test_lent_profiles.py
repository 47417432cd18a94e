"""A profile means the user or role that it is called after, where there is just one."""

from __future__ import annotations

import pytest

from nhilint.link.lent_profiles import join
from nhilint.model.fact import Known, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import Identity, Tool
from nhilint.model.vocabulary.capability import RunsAs
from nhilint.model.vocabulary.credential import Credential

SERVER, VARIABLE = (
    Place(".mcp.json", ("mcpServers", "a")),
    Place(".mcp.json", ("mcpServers", "a", "env", "AWS_PROFILE")),
)


def tool(profile="deployer", variable="AWS_PROFILE", runs_as=None):
    lent = Credential(
        at=VARIABLE,
        name=Known(variable, VARIABLE),
        reference=Known(profile, VARIABLE),
        source=Known("ambient_profile", VARIABLE),
    )
    return Resource("tool", "a", "mcp", Tool(at=SERVER, credentials=(lent,), runs_as=runs_as))


def identity(number=0, name="deployer", kind="user", provider="aws", *, stated=True):
    at = Place("main.tf", ("resource", str(number)))
    facts = Identity(
        at=at,
        name=Known(name, Place("main.tf", ("resource", str(number), "name")) if stated else at),
        kind=Known(kind, at),
        provider=Known(provider, at),
    )
    return Resource("identity", name, "terraform-aws", facts)


def declared_at(*resources):
    runs_as = join(resources)[0].facts.runs_as
    return runs_as.declared.at if runs_as is not None and runs_as.declared is not None else None


@pytest.mark.parametrize("kind", ["user", "role"])
def test_the_one_of_that_name(kind):
    linked = join((tool(), identity(kind=kind)))[0].facts.runs_as
    assert value_of(linked.identity) == "deployer"
    assert linked.identity.at == VARIABLE
    assert linked.declared.at == Place("main.tf", ("resource", "0"))


@pytest.mark.parametrize(
    "others",
    [
        (identity(0), identity(1)),
        (identity(name="Deployer"),),
        (identity(kind="group"),),
        (identity(provider="gcp"),),
        (identity(stated=False),),
        (),
    ],
)
def test_no_other_evidence_counts(others):
    assert declared_at(tool(), *others) is None


def test_profiles_of_other_clouds_and_what_is_known_already():
    assert declared_at(tool(variable="DATABRICKS_CONFIG_PROFILE"), identity()) is None
    known = RunsAs(at=VARIABLE, identity=Known("someone", VARIABLE))
    assert value_of(join((tool(runs_as=known), identity()))[0].facts.runs_as.identity) == "someone"
