"""Reads two smaller actions: GitHub's model inference, which has no tools of its own, and opencode's.

The inference action sends a prompt and returns text; only `copilot-allow-tools` gives it tools. opencode refuses people
without write access, runs any command by default and works with a token of its own app unless told otherwise. Not here:
what the settings of the repository take from it (`link.opencode_in_pipelines`).

Sources, read 2026-11-22: https://github.com/actions/ai-inference (action.yml), https://opencode.ai/docs/github and
https://opencode.ai/docs/permissions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.agent_rules import read_rules, split_rules
from nhilint.formats.github.agent_step import AgentStep
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from nhilint.formats.github.trail import StepFacts

_PROMPTS = ("prompt", "system-prompt", "input", "prompt-file", "system-prompt-file", "file_input")


def read(step: StepFacts) -> AgentStep:
    """The agent of a step that uses one of the actions."""
    inputs, at = step.node["with"], step.node["uses"].at
    if step.reference is not None and step.reference.owner == "actions":
        allowed = inputs["copilot-allow-tools"]
        rules = read_rules(((rule, allowed.at) for rule in split_rules(allowed.value if allowed.is_text else "")), at)
        token = inputs["token"]
        given = token.is_text and rules.permissions
        return AgentStep(
            product="github-models",
            autonomy=Known("ungated" if rules.permissions else "suggest", at),
            command_reach=Known(rules.reach, rules.at),
            tools_exposed=Known("list" if rules.permissions else "none", at),
            permissions=rules.permissions,
            checks_actor=Known(value=False, at=at),
            prompts=tuple(inputs[name] for name in _PROMPTS if inputs[name].is_text),
            token=token if given else None,
        )
    own_token = str(inputs["use_github_token"].value).lower() == "true"
    return AgentStep(
        product="opencode",
        autonomy=Known("ungated", at),
        command_reach=Known("any", at),
        tools_exposed=Known("all", at),
        checks_actor=Known(value=True, at=at),
        prompts=(inputs["prompt"],) if inputs["prompt"].is_text else (),
        reads_event=not inputs["prompt"].exists,
        vendor_app=not own_token,
    )
