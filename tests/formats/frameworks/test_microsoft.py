"""Declarative agents: prompt agents, hosted ones and manifests; the approval of MCP tools; formulas are unknown."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.frameworks.reading import agents, can, extract, gates, tools_of

PROMPT = """
kind: Prompt
name: Helper
model: {{id: =Env.MODEL, connection: {{kind: key, apiKey: {key}}}}}
tools:
  - kind: mcp
    name: issues
    url: https://api.githubcopilot.com/mcp/
    approvalMode: {mode}
  - kind: code_interpreter
"""


def prompt(mode="{kind: never}", key="=Env.KEY"):
    return PROMPT.format(mode=mode, key=key)


@pytest.mark.parametrize(
    ("mode", "approval", "gate"),
    [
        ("{kind: never}", "auto", "none"),
        ("never", "auto", "none"),
        ("always", "prompt", "prompt"),
        ("{kind: specify}", "prompt", "prompt"),
    ],
)
def test_the_mode_decides_about_each_call(mode, approval, gate):
    tool = tools_of(agents(("a.yaml", prompt(mode)))["Helper"])["issues"]
    assert value_of(tool.approval) == approval
    assert gates(tool) == {gate}


def test_of_a_list_only_the_listed_tools_run_unasked():
    text = prompt().replace("    approvalMode:", "    allowedTools: [list_issues]\n    approvalMode:")
    tool = tools_of(agents(("a.yaml", text))["Helper"])["issues"]
    assert (tool.approval, value_of(tool.auto_approved)) == (None, ("list_issues",))


def test_a_missing_or_computed_mode_says_nothing():
    tool = tools_of(agents(("a.yaml", prompt("null")))["Helper"])["issues"]
    assert tool.approval is None
    tool = tools_of(agents(("a.yaml", prompt("=Env.MODE")))["Helper"])["issues"]
    assert isinstance(tool.approval, Unknown)


def test_tools_of_the_service_are_known():
    agent = agents(("a.yaml", prompt()))["Helper"]
    assert can(tools_of(agent)["code_interpreter"]) == {"code_execution:execute"}
    assert isinstance(agent.model, Unknown)
    assert not agent.credentials


def test_a_key_in_clear_is_a_credential():
    agent = agents(("a.yaml", prompt(key=sample("openai-project-key"))))["Helper"]
    assert [value_of(c.source) for c in known_records(agent.credentials)] == ["literal"]


def test_a_manifest_wraps_the_agent():
    text = (
        "name: outer\ntemplate:\n  kind: hosted\n  name: inner\n  environment_variables:\n"
        "    - {name: API_KEY, value: '${API_KEY}'}\nresources: []\n"
    )
    agent = agents(("agent.manifest.yaml", text))["inner"]
    assert [value_of(c.reference) for c in known_records(agent.credentials)] == ["API_KEY"]


@pytest.mark.parametrize("model", ["{id: m, connection: {kind: key, apiKey: KEY}}", "{configuration: {api_key: KEY}}"])
def test_the_front_matter_of_a_prompty_file_is_an_agent(model):
    text = f"---\nname: Sum up\nmodel: {model.replace('KEY', sample('openai-project-key'))}\n---\nsystem:\nSum up.\n"
    agent = agents(("sum.prompty", text))["Sum up"]
    assert [value_of(c.source) for c in known_records(agent.credentials)] == ["literal"]
    reference = model.replace("KEY", '"${env:KEY}"')
    by_reference = f"---\nname: Sum up\nmodel: {reference}\ntemplate: {{format: x}}\n---\nSum up.\n"
    agent = agents(("sum.prompty", by_reference))["Sum up"]
    assert [value_of(c.reference) for c in known_records(agent.credentials)] == ["KEY"]
    assert extract("sum.prompty", "---\nname: x\n---\nhello\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "kind: Prompt\n",
        "apiVersion: v1\nkind: hosted\nresources: []\n",
        "kind: [Prompt, hosted]\nmodel: x\n",
        "- kind: Prompt\n",
        "services:\n  a: {kind: hosted}\n",
    ],
)
def test_other_kinds_are_left(text):
    assert extract("agent.yaml", text) is None
