"""Components: agents at any depth, where their code runs, their workbenches and hand-overs."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import known_records, value_of
from tests.formats.frameworks.reading import agents, can, extract, tools_of


def component(provider, kind, **config):
    return {"provider": provider, "component_type": kind, "config": config}


def team(*members):
    return component("autogen_agentchat.teams.Swarm", "team", participants=list(members))


def assistant(name="helper", **config):
    return component("autogen_agentchat.agents.AssistantAgent", "agent", name=name, **config)


@pytest.mark.parametrize(
    ("executor", "confined"),
    [
        ("local.LocalCommandLineCodeExecutor", False),
        ("jupyter.JupyterCodeExecutor", False),
        ("docker.DockerCommandLineCodeExecutor", True),
        ("docker_jupyter.DockerJupyterCodeExecutor", True),
        ("azure.ACADynamicSessionsCodeExecutor", True),
    ],
)
def test_the_executor_says_where_code_runs(executor, confined):
    runs = component(f"autogen_ext.code_executors.{executor}", "code_executor")
    tool = component("autogen_ext.tools.code_execution.PythonCodeExecutionTool", "tool", executor=runs)
    agent = agents(("team.json", team(assistant(tools=[tool]))))["helper"]
    assert value_of(agent.sandbox.enabled) is confined


def test_workbenches_and_functions_are_tools():
    function = component("autogen_core.tools.FunctionTool", "tool", name="add", source_code="def add(): ...")
    bench = component(
        "autogen_ext.tools.mcp.McpWorkbench",
        "workbench",
        server_params={"type": "StdioServerParams", "command": "uvx", "args": ["x-mcp"]},
    )
    agent = agents(("team.json", team(assistant(workbench=[bench], tools=[function]))))["helper"]
    assert {name: can(tool) for name, tool in tools_of(agent).items() if name == "add"} == {"add": {"other:execute"}}
    assert [r.kind for r in extract("team.json", team(assistant(workbench=[bench]))).resources] == ["agent", "tool"]


def test_hand_overs_join_the_members_of_a_team():
    surfer = component("autogen_ext.agents.web_surfer.MultimodalWebSurfer", "agent", name="surfer")
    found = agents(("team.json", team(assistant(handoffs=["surfer"]), surfer)))
    assert "MultimodalWebSurfer (by way of surfer)" in {
        value_of(c.through) for c in known_records(found["helper"].capabilities)
    }


def test_the_key_of_a_model_is_a_credential():
    model = component(
        "autogen_ext.models.openai.OpenAIChatCompletionClient", "model", api_key=sample("openai-project-key")
    )
    agent = agents(("team.json", team(assistant(model_client=model))))["helper"]
    assert [value_of(c.source) for c in known_records(agent.credentials)] == ["literal"]


@pytest.mark.parametrize(
    "document",
    [
        {"text": "autogen_agentchat.agents"},
        component("acme.autogen_ext.Thing", "agent", name="x"),
        ["autogen_ext."],
    ],
)
def test_other_documents_are_left(document):
    assert extract("x.json", document) is None
