"""Reads steps that run Claude Code: the action, its base action, and the settings and arguments both pass on.

Headless, Claude Code refuses whatever would need a question: without allow rules it reads and answers. Asked by a
mention (no `prompt`), the action lets it edit files and commit them too. The action refuses people without write access
unless `allowed_non_write_users` names them, which counts only together with `github_token`; without a `github_token` it
works with a token of Anthropic's app. The base action checks nobody. Since 1.0 `allowed_tools` is no input any more: a
list of tools stands in `claude_args` or `settings`, and which release a commit is, its id does not tell.

Sources, read 2026-11-22: https://github.com/anthropics/claude-code-action (action.yml, docs/security.md,
docs/migration-guide.md, src/github/validation, src/modes, src/github/token.ts) and https://code.claude.com/docs/en/permission-modes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.agent_flags import Flags, read_flags, spelled_out
from nhilint.formats.github.agent_inputs import allowed_names, key_of, number_of
from nhilint.formats.github.agent_rules import read_rules, split_rules
from nhilint.formats.github.agent_step import AgentStep, rule_of
from nhilint.formats.github.expression import embedded
from nhilint.formats.github.project_code import neutral
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known, Unknown, known_records
from nhilint.model.vocabulary.tool import IneffectiveSetting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.github.agent_step import CommandReach
    from nhilint.formats.github.permissions import Permissions
    from nhilint.formats.github.trail import StepFacts
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Agent, Autonomy
    from nhilint.model.vocabulary.credential import Credential

_MODES: dict[str, Autonomy] = {
    "bypassPermissions": "ungated",
    "auto": "classifier_gated",
    "acceptEdits": "asks_for_writes",
    "default": "asks_for_writes",
    "dontAsk": "asks_for_writes",
    "plan": "suggest",
}
_OTHER_FLAGS = ("--model", "--max-turns", "--system-prompt", "--append-system-prompt", "--mcp-config", "--json-schema")
_SKIP = ("--dangerously-skip-permissions",)
_ALLOWED = ("--allowedTools", "--allowed-tools")
_CLOUDS = ("use_bedrock", "use_vertex", "use_foundry")
_PROMPTS = ("prompt", "direct_prompt", "override_prompt", "custom_instructions")
_SECURITY = "https://github.com/anthropics/claude-code-action/blob/main/docs/security.md"


def read(step: StepFacts) -> AgentStep | None:
    """The agent of a step that uses one of the actions; None where the action stops before it starts one.

    Without a token of its own it asks for the job's identity and ends where the job may not prove one
    (src/github/token.ts of the action, read 2026-11-22).
    """
    inputs = step.node["with"]
    is_base = step.reference is not None and step.reference.name.partition("/")[2] != "claude-code-action"
    if not is_base and not inputs["github_token"].exists and _proves_nothing(step.job.permissions):
        return None
    arguments = inputs["claude_args"]
    flags = read_flags(arguments.value) if arguments.is_text else Flags(())
    settings = _settings(inputs["settings"])
    old = _reads_old_inputs(step)
    rules = read_rules(_rules(inputs, arguments, flags, settings, old=old is not False), step.node["uses"].at)
    prompts = tuple(inputs[name] for name in (*_PROMPTS, "prompt_file") if inputs[name].is_text)
    by_mention = not is_base and not inputs["prompt"].exists and not inputs["direct_prompt"].exists
    mode, mode_at = _mode(arguments, flags, settings, step)
    reach = _reach(mode, mode_at, rules.reach, rules.at, by_mention=by_mention)
    reach = _as_far_as_told(reach, inputs, rules.at, by_any_release=old is not None or mode == "bypassPermissions")
    token = inputs["github_token"]
    return AgentStep(
        product="claude-code",
        autonomy=Known(_MODES.get(mode, "asks_for_writes"), mode_at),
        command_reach=reach,
        tools_exposed=Known("all" if mode == "bypassPermissions" else "list", mode_at),
        permissions=rules.permissions,
        checks_actor=Known(value=False, at=step.node["uses"].at) if is_base else _checks_actor(inputs, step),
        allowed_actors=None if is_base else allowed_names(inputs["allowed_non_write_users"]),
        allowed_bots=None if is_base else allowed_names(inputs["allowed_bots"]),
        credentials=tuple(_credentials(inputs)),
        prompts=prompts,
        reads_event=by_mention,
        token=token if token.is_text and token.value and not is_base else None,
        vendor_app=not is_base and not (token.is_text and token.value),
        max_turns=number_of(flags.value("--max-turns") or inputs["max_turns"].value, arguments.at),
        model_cloud=any(str(inputs[name].value).lower() == "true" for name in _CLOUDS),
        hides_identity=True,
        ineffective=() if is_base else tuple(_ineffective(inputs)),
        prints_transcript=_prints_transcript(inputs["show_full_output"]),
        arguments=Known(arguments.value, arguments.at) if arguments.is_text and _asks(arguments.value) else None,
    )


def with_arguments(agent: Agent, arguments: str, place_of: Callable[[str], Place]) -> Agent:
    """The agent of an action, its `arguments` as a caller fills them in. `place_of` is where a part of them stands.

    Only what opens something is taken over: what else the agent may do, the caller's own inputs may hide.
    """
    if isinstance(agent.command_reach, Known) or agent.arguments is None:
        return agent
    flags, at = read_flags(arguments), agent.arguments.at
    stated = [(rule, place_of(rule)) for rule in split_rules(" ".join(flags.values(*_ALLOWED)))]
    rules = read_rules(stated, at)
    others = tuple(rule for rule in known_records(agent.permissions) if rule.at != at)
    told = replace(agent, permissions=(*rules.permissions, *others))
    skip = next((flag for flag in _SKIP if flags.has(flag)), None)
    if skip is not None or flags.value("--permission-mode") == "bypassPermissions":
        place = place_of(skip or "bypassPermissions")
        free = Known("ungated", place)
        return replace(told, autonomy=free, tools_exposed=Known("all", place), command_reach=Known("any", place))
    if rules.reach == "any" or (rules.reach == "listed" and not _hides_tools(arguments)):
        told = replace(told, command_reach=Known(rules.reach, rules.at))
        return replace(told, command_rule=rule_of(told))
    return told


def _asks(arguments: str) -> bool:
    return any("inputs." in part.source.lower() for part in embedded(arguments))


def _proves_nothing(permissions: Permissions | None) -> bool:
    """Whether stated permissions leave the job's identity out."""
    if permissions is None or permissions.unclear or permissions.write_all:
        return False
    return all(scope != "id-token" for scope, _ in permissions.writes)


def _prints_transcript(node: Node) -> Fact[bool]:
    """Whether every message and every tool's answer goes to the job's log; they do not unless it is asked for."""
    if not node.exists:
        return None
    if node.is_text and "${{" in node.value:
        return node.unknown("an expression")
    return Known(str(node.value).lower() == "true", node.at)


def _hides_tools(text: str) -> bool:
    """Whether an expression may name tools: not when it only fills in the value of a flag about something else."""
    if spelled_out(text)[1]:
        return False
    return any(not text[: part.start].rstrip("\"'= ").endswith(_OTHER_FLAGS) for part in embedded(text))


def _settings(node: Node) -> Node:
    """The settings given as JSON; a path to a file stays unread."""
    if node.is_text and node.value.lstrip().startswith("{"):
        try:
            return Node(json.loads(neutral(node.value, "0")), node.path, node.pointer)
        except (ValueError, RecursionError):
            return Node({}, node.path, node.pointer)
    return Node({}, node.path, node.pointer)


def _reads_old_inputs(step: StepFacts) -> bool | None:
    """Whether the release that is used is one before 1.0; None where a commit hides it."""
    version = step.reference.version.lower() if step.reference is not None else ""
    if step.node["with"]["claude_args"].exists or version.startswith(("v1", "1.", "main")):
        return False
    return True if version.startswith(("beta", "v0", "0.")) else None


def _rules(inputs: Node, arguments: Node, flags: Flags, settings: Node, *, old: bool) -> Iterator[tuple[str, Place]]:
    for rule in split_rules(" ".join(flags.values(*_ALLOWED))):
        yield rule, arguments.at
    allowed = inputs["allowed_tools"]
    if allowed.is_text and old:
        for rule in split_rules(allowed.value):
            yield rule, allowed.at
    for item in settings["permissions"]["allow"].items():
        if isinstance(item.value, str):
            yield item.value, inputs["settings"].at


def _mode(arguments: Node, flags: Flags, settings: Node, step: StepFacts) -> tuple[str, Place]:
    if flags.has(*_SKIP):
        return "bypassPermissions", arguments.at
    stated = flags.value("--permission-mode")
    if stated is not None:
        return stated, arguments.at
    default = settings["permissions"]["defaultMode"].value
    if isinstance(default, str):
        return default, step.node["with"]["settings"].at
    return "default", step.node["uses"].at


def _reach(mode: str, mode_at: Place, reach: CommandReach, at: Place, *, by_mention: bool) -> Fact[CommandReach]:
    if mode == "bypassPermissions":
        return Known("any", mode_at)
    if mode not in _MODES:
        return Unknown("a permission mode that is not known", mode_at)
    return Known("listed", at) if by_mention and reach == "none" else Known(reach, at)


def _as_far_as_told(reach: Fact[CommandReach], inputs: Node, at: Place, *, by_any_release: bool) -> Fact[CommandReach]:
    """The reach of the rules at a place; unknown where an expression, or a command's own file, may add to them, and
    where not every release reads them."""
    arguments, prompt, old = inputs["claude_args"], inputs["prompt"], inputs["allowed_tools"]
    if not by_any_release and at == old.at:
        return old.unknown("up to the release behind the commit: none since 1.0 reads it")
    if arguments.is_text and isinstance(reach, Known) and reach.value != "any" and _hides_tools(arguments.value):
        return arguments.unknown("an expression")
    if reach == Known("none", at) and str(prompt.value).lstrip().startswith("/"):
        return prompt.unknown("up to the file of the command that the prompt names")
    return reach


def _checks_actor(inputs: Node, step: StepFacts) -> Fact[bool]:
    """`*` lifts the check, but only when the action is given a token to work with."""
    users = inputs["allowed_non_write_users"]
    if not users.exists or not inputs["github_token"].exists:
        return Known(value=True, at=step.node["uses"].at)
    if not users.is_text or "${{" in users.value:
        return users.unknown("an expression")
    return Known(users.value.strip() != "*", users.at)


def _credentials(inputs: Node) -> Iterator[Credential]:
    yield from key_of(inputs["anthropic_api_key"], "anthropic-api-key", "workload")
    yield from key_of(inputs["claude_code_oauth_token"], "anthropic-oauth-token", "human")
    yield from key_of(inputs["anthropic_federation_rule_id"], None, "workload", federated=True)


def _ineffective(inputs: Node) -> Iterator[IneffectiveSetting]:
    users = inputs["allowed_non_write_users"]
    if users.is_text and users.value.strip() and not inputs["github_token"].exists:
        at = users.at
        yield IneffectiveSetting(
            at=at,
            setting=Known("allowed_non_write_users", at),
            reason=Known("the action reads it only when github_token is given", at),
            instead=Known("give github_token the job's own token, or take the line away", at),
            source=Known(_SECURITY, at),
            protective=Known(value=False, at=at),
        )
