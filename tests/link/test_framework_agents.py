"""Agents of a framework reach each other's tools along their delegations, and the ways through them are found."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nhilint.link.framework_agents import DEEPEST, PRODUCTS, join
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.agent import Agent, Delegation, Trigger
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool

AT = Place("team.yaml", ("x",))


def known(value, at=AT):
    return Known(value, at)


def tool(name, *pairs, gate="none", kind="builtin", exposed=None, enabled=None, **flags):
    """A tool that can do each `category:access`, with the same flags for all of them."""
    held = tuple(
        Capability(
            at=AT,
            category=known(pair.split(":")[0]),
            access=known(pair.split(":")[1]),
            gate=known(gate),
            through=known(name),
            **{key: known(value) for key, value in flags.items()},
        )
        for pair in pairs
    )
    return Tool(
        at=AT,
        name=known(name),
        kind=known(kind),
        capabilities=held,
        exposed=known(exposed) if exposed else None,
        enabled=known(enabled) if enabled is not None else None,
    )


def agent(name, tools=(), to=(), path="team.yaml", product="crewai", **facts):
    at = Place(path, (name,))
    delegations = tuple(Delegation(at=at, target=known(target, at), gate=known("none", at)) for target in to)
    return Resource(
        "agent",
        name,
        product,
        Agent(
            at=at,
            name=known(name, at),
            product=known(product, at),
            tools_exposed=known("list", at),
            tools=tuple(tools),
            delegations=delegations,
            **facts,
        ),
    )


READER = tool("browse", "web:read", reads_untrusted=True, sends_out=True, private_data=False)
CLERK = tool("crm", "crm:read", reads_untrusted=False, sends_out=False, private_data=True)
SHELL = tool("shell", "code_execution:execute", reads_untrusted=False, sends_out=True, private_data=False)


def joined(*resources):
    return {resource.name: resource.facts for resource in join(resources)}


def ways(facts):
    return [tuple(value_of(one.through) for one in (f.source, f.stake, f.way_out)) for f in known_records(facts.flows)]


def reach(facts):
    return {value_of(one.through) for one in known_records(facts.capabilities)}


def test_one_agent_with_all_three_parts_has_a_flow():
    found = joined(agent("a", [READER, CLERK]))
    assert ways(found["a"]) == [("browse", "crm", "browse")]


@pytest.mark.parametrize(
    "tools",
    [
        [READER],
        [CLERK],
        [READER, tool("crm", "crm:read", gate="prompt", private_data=True)],
        [READER, tool("crm", "crm:read", private_data=True, enabled=False)],
        [READER, tool("crm", "crm:read", kind="mcp_server", exposed="list", private_data=True)],
        [READER, SHELL],
        [tool("table", "files:read", reads_untrusted=True), tool("mail", "mail:send", sends_out=True), CLERK],
    ],
)
def test_without_one_part_there_is_none(tools):
    assert ways(joined(agent("a", tools))["a"]) == []


def test_a_trigger_that_nobody_can_lock_is_a_source():
    inbox = Trigger(at=AT, name=known("Inbox"), open_to=known("anyone"), carries_input=known(value=True))
    mail = tool("mail", "mail:send", sends_out=True)
    assert ways(joined(agent("a", [CLERK, mail], triggers=(inbox,)))["a"]) == [("Inbox", "crm", "mail")]
    unlocked = replace(inbox, authenticated=known(value=False))
    assert ways(joined(agent("a", [CLERK, mail], triggers=(unlocked,)))["a"]) == []


def test_a_calendar_alone_makes_no_flow():
    events = tool("events", "calendar:read", reads_untrusted=True, private_data=True)
    book = tool("book", "calendar:write", sends_out=True)
    assert ways(joined(agent("a", [events, book]))["a"]) == []


def test_the_missing_part_may_come_from_a_delegate():
    found = joined(agent("a", [READER], to=["b"]), agent("b", [CLERK]))
    assert ways(found["a"]) == [("browse", "crm (by way of b)", "browse")]
    assert ways(found["b"]) == []


def test_a_star_is_every_other_agent_of_the_file():
    found = joined(agent("a", [READER], to=["*"]), agent("b", [CLERK]), agent("c", [SHELL], path="other.yaml"))
    assert reach(found["a"]) == {"browse", "crm (by way of b)"}


def test_a_delegate_in_another_file_is_found_by_its_path():
    found = joined(agent("a", to=["sub/b.yaml"], path="app/root.yaml"), agent("b", [CLERK], path="app/sub/b.yaml"))
    assert reach(found["a"]) == {"crm (by way of b)"}
    assert value_of(known_records(found["a"].delegations)[0].resolved) is True


def test_agents_that_start_each_other_end():
    found = joined(agent("a", [READER], to=["b"]), agent("b", [CLERK], to=["a"]))
    assert reach(found["a"]) == {"browse", "crm (by way of b)"}
    assert reach(found["b"]) == {"crm", "browse (by way of a)"}


def test_a_chain_is_followed_so_far():
    names = [f"n{number}" for number in range(DEEPEST + 3)]
    chain = [agent(name, [SHELL] if name == names[-1] else [], to=names[i + 1 : i + 2]) for i, name in enumerate(names)]
    found = joined(*chain)
    assert reach(found[names[2]]) == {f"shell (by way of {names[5]}) (by way of {names[4]}) (by way of {names[3]})"}
    assert reach(found[names[0]]) == set()


def test_what_a_caller_gains_is_of_a_higher_tier():
    found = joined(agent("a", [READER], to=["b"]), agent("b", [CLERK, SHELL]))
    (delegation,) = known_records(found["a"].delegations)
    assert [value_of(one.through) for one in known_records(delegation.gains)] == ["shell"]
    (other,) = known_records(joined(agent("a", [SHELL], to=["b"]), agent("b", [CLERK]))["a"].delegations)
    assert other.gains == ()


def test_a_delegate_that_is_not_there_gives_nothing():
    (delegation,) = known_records(joined(agent("a", [READER], to=["ghost"]))["a"].delegations)
    assert (value_of(delegation.resolved), delegation.gains) == (False, ())


def test_agents_of_other_products_are_left_as_they_are():
    other = agent("a", [READER, CLERK], product="claude-code")
    assert "claude-code" not in PRODUCTS
    assert join((other,)) == (other,)
    assert join((other, agent("b")))[0] is other


def test_a_path_may_also_be_meant_from_the_root():
    found = joined(agent("a", to=["app/sub/b.yaml"], path="app/root.yaml"), agent("b", [CLERK], path="app/sub/b.yaml"))
    assert reach(found["a"]) == {"crm (by way of b)"}
