"""Reads steps that run Codex through its action.

The action refuses people without write access unless `allow-users` names them. Codex runs any command inside its
sandbox: without network and without writing outside the work tree, unless `sandbox`, `codex-args` or settings open it;
the action states a mode itself, so that `sandbox_mode` in settings is without effect. Its key is kept from it by a
proxy and by taking `sudo` away; `safety-strategy: unsafe` gives both back, `read-only` lets it only read.

Source: https://github.com/openai/codex-action (action.yml, src/checkActorPermissions.ts, src/runCodexExec.ts), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.agent_flags import Flags, read_flags
from nhilint.formats.github.agent_inputs import allowed_names, key_of
from nhilint.formats.github.agent_step import AgentStep
from nhilint.formats.github.codex_settings import settings_of, under
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import Sandbox

if TYPE_CHECKING:
    from nhilint.formats.github.agent_step import CommandReach
    from nhilint.formats.github.trail import StepFacts
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.source.value import Value

ACTIONS = frozenset({"openai/codex-action"})
BYPASS = ("--dangerously-bypass-approvals-and-sandbox", "--yolo")
FULL = "danger-full-access"
READ_ONLY = "read-only"


def read(step: StepFacts) -> AgentStep:
    """The agent of a step that uses the action."""
    inputs = step.node["with"]
    arguments = inputs["codex-args"]
    flags = (
        read_flags(arguments.value.replace('"', " ").strip("[]").replace(",", " ")) if arguments.is_text else Flags(())
    )
    stated = inputs["sandbox"]
    mode, at = _mode(stated, arguments, flags, step)
    network = opens_network(settings_of(step, flags.words), mode)
    unsafe = inputs["safety-strategy"].value == "unsafe"
    return AgentStep(
        product="codex",
        autonomy=Known("ungated", at),
        command_reach=reach(mode, at, network=network),
        tools_exposed=Known("all", step.node["uses"].at),
        sandbox=sandbox_of(mode, at, network=network, unsafe=inputs["safety-strategy"].at if unsafe else None),
        checks_actor=_checks_actor(inputs["allow-users"], step.node["uses"].at),
        allowed_actors=allowed_names(inputs["allow-users"]),
        allowed_bots=_bots(inputs),
        credentials=tuple(key_of(inputs["openai-api-key"], "openai-project-key", "workload")),
        prompts=tuple(inputs[name] for name in ("prompt", "prompt-file") if inputs[name].is_text),
    )


def opens_network(settings: dict[str, Value], mode: str) -> bool:
    """Whether the sandbox that may write in the work tree is given the network; the one that only reads never is."""
    return mode != READ_ONLY and under(settings, "sandbox_workspace_write", "network_access") is True


def mode_of_run(flags: Flags, settings: dict[str, Value], default: str) -> str:
    """The sandbox of a run on the command line: an option decides, then the settings."""
    stated = flags.value("--sandbox", "-s")
    if stated is None and flags.has("--full-auto"):
        return "workspace-write"
    configured = under(settings, "sandbox_mode")
    return stated or (configured if isinstance(configured, str) and configured else default)


def reach(mode: str, at: Place, *, network: bool) -> Fact[CommandReach]:
    """How far commands go in a sandbox mode."""
    if "${{" in mode or "EXPRESSION" in mode:
        return Unknown("an expression", at)
    return Known("any" if mode == FULL or network else "sandboxed", at)


def sandbox_of(mode: str, at: Place, *, network: bool, unsafe: Place | None) -> Sandbox:
    """The sandbox of a mode. `unsafe` is the place that gives the runner's own rights back."""
    full = mode == FULL
    return Sandbox(
        at=at,
        enabled=Known(not full, at),
        network=Known("all" if full or network else "none", at),
        filesystem=Known("all" if full else "read_only" if mode == READ_ONLY else "workspace", at),
        escapes=Known(("safety-strategy: unsafe",), unsafe) if unsafe is not None else None,
    )


def _mode(stated: Node, arguments: Node, flags: Flags, step: StepFacts) -> tuple[str, Place]:
    if flags.has(*BYPASS):
        return FULL, arguments.at
    value = flags.value("--sandbox", "-s")
    if value is not None:
        return value, arguments.at
    safety = step.node["with"]["safety-strategy"]
    if safety.value == READ_ONLY:
        return READ_ONLY, safety.at
    if stated.is_text and stated.value:
        return stated.value, stated.at
    return "workspace-write", step.node["uses"].at


def _checks_actor(users: Node, at: Place) -> Fact[bool]:
    names = allowed_names(users)
    if names is None:
        return Known(value=True, at=at)
    return names if isinstance(names, Unknown) else Known("*" not in names.value, names.at)


def _bots(inputs: Node) -> Fact[tuple[str, ...]]:
    """`allow-bots` lets the platform's own bot in, which outsiders cannot be."""
    return allowed_names(inputs["allow-bot-users"])
