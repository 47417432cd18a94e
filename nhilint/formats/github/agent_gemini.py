"""Reads steps that run Gemini CLI, or its fork Qwen Code, through their actions.

The action runs the CLI with `--yolo`: whatever tool is registered runs without a question. `tools.core` in the settings
(formerly `coreTools`) is what limits the tools; without it every command is possible. Nobody's access is checked.
Releases before 0.39.1 did not hold commands to that list in this mode (GHSA-wpqr-6v78-jr5g).

Sources, read 2026-11-22: https://github.com/google-github-actions/run-gemini-cli (action.yml) and
https://github.com/google-gemini/gemini-cli/blob/main/docs/reference/configuration.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.agent_inputs import key_of, number_of
from nhilint.formats.github.agent_rules import read_rules
from nhilint.formats.github.agent_step import AgentStep
from nhilint.formats.github.agents import OF_GEMINI
from nhilint.formats.github.project_code import neutral
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.source.deferred import Deferred
from nhilint.source.document import Syntax, Unreadable
from nhilint.source.document import read as read_document

if TYPE_CHECKING:
    from nhilint.formats.github.agent_step import CommandReach
    from nhilint.formats.github.trail import StepFacts
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Permission

_OLD_RELEASE = Deferred(r"v?0[.](?:[0-9]|[12][0-9]|3[0-8])[.][0-9]{1,3}|v?0[.]39[.]0")
"""Releases of Gemini CLI in which `--yolo` let every command of an allowed tool pass, whatever the list says."""


def read(step: StepFacts) -> AgentStep:
    """The agent of a step that uses one of the actions."""
    assert step.reference is not None
    inputs = step.node["with"]
    uses = step.node["uses"].at
    stated = inputs["settings"] if inputs["settings"].exists else inputs["settings_json"]
    settings = _parsed(stated)
    reach, permissions = _tools(stated, settings, uses)
    if value_of(reach) == "listed" and _OLD_RELEASE.fullmatch(str(inputs["gemini_cli_version"].value)):
        reach = Known("any", inputs["gemini_cli_version"].at)
    session = settings["model"]["maxSessionTurns"] if settings is not None else None
    return AgentStep(
        product=OF_GEMINI.get(step.reference.repository, "gemini-cli"),
        autonomy=Known("ungated", uses),
        command_reach=reach,
        tools_exposed=Known("list" if permissions else "all", stated.at if permissions else uses),
        permissions=permissions,
        checks_actor=Known(value=False, at=uses),
        credentials=(
            *key_of(inputs["gemini_api_key"], "google-api-key", "workload"),
            *key_of(inputs["google_api_key"], "google-api-key", "workload"),
            *key_of(inputs["gcp_workload_identity_provider"], None, "workload", federated=True),
        ),
        prompts=(inputs["prompt"],) if inputs["prompt"].is_text else (),
        max_turns=number_of(session.value, stated.at) if session is not None else None,
        model_cloud=True,
    )


def _parsed(node: Node) -> Node | None:
    """The settings; None when they are not given or cannot be read."""
    if not node.is_text or not node.value.strip():
        return None
    try:
        value = read_document(node.path, neutral(node.value, "0").encode(), Syntax.JSONC).value
    except Unreadable:
        return None
    return Node(value, node.path, node.pointer)


def _tools(stated: Node, settings: Node | None, uses: Place) -> tuple[Fact[CommandReach], tuple[Permission, ...]]:
    if settings is None:
        unread = stated.exists and stated.value not in (None, "")
        return (Unknown("settings that cannot be read here", stated.at) if unread else Known("any", uses)), ()
    core = settings["tools"]["core"]
    core = core if core.exists else settings["coreTools"]
    if not core.is_list:
        return Known("any", stated.at), ()
    rules = read_rules([(item.value, stated.at) for item in core.items() if isinstance(item.value, str)], stated.at)
    return Known(rules.reach, rules.at), rules.permissions
