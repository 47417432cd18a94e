"""Workflows: who can start an agent, what its tool nodes can do at their chosen operation, and what asks a person."""

from __future__ import annotations

import pytest

from nhilint.formats.frameworks.n8n_tools import DEFAULTS
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from tests.formats.frameworks.reading import agents, can, extract, gates, linked, tools_of

BASE, CHAIN = "n8n-nodes-base.", "@n8n/n8n-nodes-langchain."


def workflow(trigger=None, tools=(), between=(), **extra):
    """A trigger, steps in between, an agent called Helper, and its tools."""
    steps = [trigger or {"name": "Start", "type": f"{BASE}manualTrigger"}, *between]
    helper = {"name": "Helper", "type": f"{CHAIN}agent", "parameters": {}}
    connections = {}
    for one, following in zip(steps, [*steps[1:], helper], strict=True):
        connections[one["name"]] = {"main": [[{"node": following["name"], "type": "main", "index": 0}]]}
    for tool in tools:
        connections[tool["name"]] = {"ai_tool": [[{"node": "Helper", "type": "ai_tool", "index": 0}]]}
    return {"nodes": [*steps, helper, *tools], "connections": connections, **extra}


def node(kind, name="Node", **parameters):
    return {"name": name, "type": kind, "parameters": parameters}


def helper(document) -> Agent:
    return agents(("flow.json", document))["Helper"]


def trigger_of(kind, **parameters):
    return known_records(helper(workflow(node(kind, "Start", **parameters))).triggers)[0]


@pytest.mark.parametrize(
    ("kind", "parameters", "open_to", "authenticated"),
    [
        (f"{BASE}webhook", {"path": "x"}, "anyone", False),
        (f"{BASE}webhook", {"authentication": "none"}, "anyone", False),
        (f"{BASE}webhook", {"authentication": "headerAuth"}, None, True),
        (f"{BASE}webhook", {"options": {"ipWhitelist": "10.0.0.1"}}, None, None),
        (f"{BASE}webhook", {"authentication": "={{ $vars.auth }}"}, None, None),
        (f"{BASE}formTrigger", {}, "anyone", False),
        (f"{CHAIN}chatTrigger", {}, "writers", True),
        (f"{CHAIN}chatTrigger", {"public": True}, "anyone", False),
        (f"{CHAIN}chatTrigger", {"public": True, "authentication": "n8nUserAuth"}, None, True),
        (f"{BASE}telegramTrigger", {"updates": ["message"]}, "anyone", False),
        (f"{BASE}telegramTrigger", {"additionalFields": {"chatIds": "12"}}, "contributors", True),
        (f"{BASE}gmailTrigger", {}, "anyone", None),
        (f"{BASE}gmailTrigger", {"filters": {"sender": "boss@acme.example"}}, None, None),
        (f"{BASE}scheduleTrigger", {}, "nobody", None),
        (f"{BASE}slackTrigger", {}, None, None),
    ],
)
def test_who_can_start_the_agent(kind, parameters, open_to, authenticated):
    trigger = trigger_of(kind, **parameters)
    assert (value_of(trigger.open_to), value_of(trigger.authenticated)) == (open_to, authenticated)


def test_a_condition_on_the_sender_leaves_the_answer_open():
    step = node(f"{BASE}if", "Me?", conditions={"value1": "={{ $json.message.chat.id }}"})
    found = helper(workflow(node(f"{BASE}telegramTrigger", "Start"), between=[step]))
    assert isinstance(known_records(found.triggers)[0].open_to, Unknown)
    other = node(f"{BASE}if", "Voice?", conditions={"value1": "={{ $json.voice }}"})
    found = helper(workflow(node(f"{BASE}telegramTrigger", "Start"), between=[other]))
    assert value_of(known_records(found.triggers)[0].open_to) == "anyone"


@pytest.mark.parametrize(
    ("kind", "parameters", "expected"),
    [
        (f"{BASE}gmailTool", {}, {"mail:send"}),
        (f"{BASE}gmailTool", {"operation": "getAll"}, {"mail:read"}),
        (f"{BASE}gmailTool", {"operation": "addLabels"}, {"mail:write"}),
        (f"{BASE}gmailTool", {"resource": "draft"}, {"mail:write"}),
        (f"{BASE}googleSheetsTool", {}, {"files:read"}),
        (f"{BASE}googleSheetsTool", {"operation": "append"}, {"files:write"}),
        (f"{CHAIN}toolCode", {"jsCode": "return 1"}, {"other:execute"}),
        (f"{BASE}httpRequestTool", {"url": "https://api.acme.example/orders/{id}"}, {"other:read"}),
        (f"{BASE}httpRequestTool", {"url": "={{ $fromAI('url') }}"}, {"web:read"}),
        (f"{BASE}httpRequestTool", {"url": "={{ $fromAI('url') }}", "method": "POST"}, {"web:read", "web:write"}),
        (f"{CHAIN}toolVectorStore", {}, {"database:read"}),
    ],
)
def test_a_tool_can_do_what_its_operation_needs(kind, parameters, expected):
    found = helper(workflow(tools=[node(kind, "Tool", **parameters)]))
    assert can(tools_of(found)["Tool"]) == expected


@pytest.mark.parametrize("operation", ["={{ $json.op }}", "somethingNew"])
def test_an_operation_that_is_not_known_is_unknown(operation):
    found = helper(workflow(tools=[node(f"{BASE}gmailTool", "Tool", operation=operation)]))
    assert isinstance(tools_of(found)["Tool"].capabilities, Unknown)


def test_every_default_operation_is_one_that_is_understood():
    for service, (resource, operations) in DEFAULTS.items():
        assert resource in operations
        for kind in operations:
            parameters = {"resource": kind} if kind else {}
            found = helper(workflow(tools=[node(f"{BASE}{service}Tool", "Tool", **parameters)]))
            assert known_records(tools_of(found)["Tool"].capabilities) is not None
            assert not isinstance(tools_of(found)["Tool"].capabilities, Unknown), (service, kind)


def test_a_review_node_asks_before_the_tool_behind_it():
    document = workflow(tools=[node(f"{BASE}slackHitlTool", "Ask")])
    document["nodes"].append(node(f"{BASE}gmailTool", "Mail"))
    document["connections"]["Mail"] = {"ai_tool": [[{"node": "Ask", "type": "ai_tool", "index": 0}]]}
    assert gates(tools_of(helper(document))["Mail"]) == {"prompt"}


def test_a_disabled_tool_is_no_tool():
    found = helper(workflow(tools=[{**node(f"{BASE}gmailTool", "Mail"), "disabled": True}]))
    assert not found.tools


def test_mail_of_strangers_private_data_and_a_way_out_make_a_flow():
    tools = [node(f"{BASE}postgresTool", "Customers", operation="select"), node(f"{BASE}gmailTool", "Mail")]
    found = helper(workflow(node(f"{BASE}gmailTrigger", "Inbox"), tools=tools))
    (flow,) = known_records(found.flows)
    assert [value_of(one.through) for one in (flow.source, flow.stake, flow.way_out)] == ["Inbox", "Customers", "Mail"]
    assert not helper(workflow(tools=tools)).flows


def test_another_agent_as_a_tool_is_a_delegate():
    document = workflow(tools=[node(f"{CHAIN}agentTool", "Clerk")])
    document["nodes"].append(node(f"{BASE}postgresTool", "Customers", operation="select"))
    document["connections"]["Customers"] = {"ai_tool": [[{"node": "Clerk", "type": "ai_tool", "index": 0}]]}
    found = agents(("flow.json", document))
    assert {value_of(c.through) for c in known_records(found["Helper"].capabilities)} >= {"Customers (by way of Clerk)"}


def test_an_mcp_trigger_offers_its_tools_to_whoever_calls():
    document = workflow()
    document["nodes"] += [node(f"{CHAIN}mcpTrigger", "Server", path="x"), node(f"{BASE}gmailTool", "Mail")]
    document["connections"]["Mail"] = {"ai_tool": [[{"node": "Server", "type": "ai_tool", "index": 0}]]}
    found = agents(("flow.json", document))["Server"]
    assert value_of(known_records(found.triggers)[0].authenticated) is False
    assert can(tools_of(found)["Mail"]) == {"mail:send"}


def test_an_mcp_client_is_a_server_with_its_address_and_list():
    client = node(f"{CHAIN}mcpClientTool", "Notes", endpointUrl="https://notes.acme.example/mcp", includeTools=["read"])
    tool = tools_of(helper(workflow(tools=[client])))["Notes"]
    assert value_of(tool.endpoint.host) == "notes.acme.example"
    assert value_of(tool.exposed) == "list"


def test_credentials_in_clear_are_found_without_an_agent_too():
    key = sample("github-pat-classic")
    header = {"name": "=Authorization", "value": f"Bearer {key}"}
    request = node(f"{BASE}httpRequest", "Call", headerParameters={"parameters": [header]})
    document = {"nodes": [node(f"{BASE}manualTrigger", "Start"), request], "connections": {}}
    (found,) = [r for r in linked(("flow.json", document)) if r.kind == "credential"]
    assert value_of(found.facts.source) == "literal"
    assert found.at.pointer[:2] == ("nodes", 1)
    assert key not in repr(found)


def test_code_and_prompts_are_not_taken_for_passwords():
    code = node(f"{BASE}code", "Code", jsCode="const token = `${items[0].json.url}`;\nreturn [{a: token}];")
    document = {"nodes": [code], "connections": {}}
    assert not extract("flow.json", document).resources


@pytest.mark.parametrize(
    "document",
    [
        {"nodes": [{"type": "n8n-nodes-base.webhook"}]},
        {"nodes": [{"type": "other", "note": '"n8n-nodes-base.'}], "connections": {}},
        ['"n8n-nodes-base.'],
        {"dependencies": {'"n8n-nodes-base.x': "1"}},
    ],
)
def test_other_documents_that_mention_nodes_are_left(document):
    assert extract("x.json", document) is None


@pytest.mark.parametrize(
    ("document", "setting"),
    [
        (workflow(), "production"),
        (workflow(name="Desk", settings={}, active=True, pinData={}), "production"),
        (workflow(name="Desk", settings={}, versionId="v1"), "production"),
        (workflow(name="Desk", settings={}, active=False), "template"),
        (workflow(pinData={}, meta={"instanceId": "x"}), "template"),
        ({"workflow": {"views": 7, "user": {"username": "x"}, "workflow": workflow(active=True)}}, "template"),
    ],
)
def test_only_what_an_instance_may_run_is_more_than_a_template(document, setting):
    assert {resource.setting for resource in extract("flow.json", document).resources} == {setting}


def names_in_clear(document):
    return sorted(value_of(r.facts.name) for r in extract("flow.json", document).resources if r.kind == "credential")


def test_of_a_recorded_request_only_keys_outlive_it():
    value = sample("generic-api-key")
    recorded = {"headers": {"authorization": value, "postman-token": value}, "body": {"apikey": value, "token": value}}
    document = workflow(node(f"{BASE}webhook"), pinData={"Node": [{"json": recorded}]})
    assert names_in_clear(document) == ["apikey"]


@pytest.mark.parametrize(
    ("cookie", "names"),
    [("visit=", []), ("sessionid=", ["Cookie"]), ("session=", ["Cookie"]), ("auth_token=", ["Cookie"])],
)
def test_a_cookie_counts_where_it_signs_somebody_in(cookie, names):
    headers = {"parameters": [{"name": "Cookie", "value": cookie + sample("generic-api-key")}]}
    assert names_in_clear(workflow(node(f"{BASE}httpRequest", headerParameters=headers))) == names
