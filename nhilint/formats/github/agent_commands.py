"""Reads steps whose script runs an agent's command line: `claude -p`, `codex exec`, `gemini`, `copilot -p`, and others.

Only headless runs count; asking for a version or installing the program runs no agent. What a program does without a
flag is its documented default; where a settings file decides, the reach is unknown. Compiled agentic workflows
(`*.lock.yml` of gh-aw) start their agent inside a container of their own; their source is what tells, not the script.

Sources, read 2026-11-22: https://code.claude.com/docs/en/cli-reference,
https://developers.openai.com/codex/noninteractive, https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/headless.md,
https://docs.github.com/en/copilot/reference/cli-command-reference, https://opencode.ai/docs/permissions,
https://cursor.com/docs/cli/reference/parameters, https://aider.chat/docs/config/options.html.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.github import agent_codex
from nhilint.formats.github.agent_flags import Flags
from nhilint.formats.github.agent_holdings import is_model_key
from nhilint.formats.github.agent_inputs import number_of
from nhilint.formats.github.agent_rules import read_rules, split_rules
from nhilint.formats.github.agent_step import AgentStep
from nhilint.formats.github.codex_settings import overridden, settings_of
from nhilint.formats.github.project_code import neutral
from nhilint.formats.github.secrets import secrets_in
from nhilint.knowledge.tools.shell_text import split_commands
from nhilint.knowledge.tools.words import program_name
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.github.agent_rules import Rules
    from nhilint.formats.github.agent_step import CommandReach
    from nhilint.formats.github.trail import StepFacts
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Sandbox
    from nhilint.source.value import Value


class Program(NamedTuple):
    """One command line: what makes it headless, what lifts every question, and what lists allowed tools.

    `default` is how far its commands go without such a flag; None when a settings file decides.
    """

    product: str
    headless: tuple[str, ...]
    ungated: tuple[str, ...]
    allow: tuple[str, ...] = ()
    default: CommandReach | None = None


_PROGRAMS = {
    "claude": Program(
        "claude-code",
        ("-p", "--print"),
        ("--dangerously-skip-permissions",),
        ("--allowedTools", "--allowed-tools"),
        "none",
    ),
    "codex": Program("codex", ("exec", "e"), agent_codex.BYPASS, (), "sandboxed"),
    "gemini": Program("gemini-cli", ("-p", "--prompt", "--yolo", "-y"), ("--yolo", "-y"), ("--allowed-tools",), "none"),
    "qwen": Program("qwen-code", ("-p", "--prompt", "--yolo", "-y"), ("--yolo", "-y"), ("--allowed-tools",), "none"),
    "copilot": Program(
        "copilot-cli",
        ("-p", "--prompt", "--prompt-file"),
        ("--allow-all-tools", "--allow-all", "--yolo"),
        ("--allow-tool",),
        "none",
    ),
    "opencode": Program("opencode", ("run", "github"), ("--dangerously-skip-permissions", "--auto")),
    "cursor-agent": Program("cursor", ("-p", "--print"), ("-f", "--force", "--yolo"), (), "none"),
    "aider": Program("aider", ("--message", "-m", "--message-file", "-f", "--yes", "--yes-always"), (), (), "none"),
    "goose": Program("goose", ("run",), ()),
    "amp": Program("amp", ("-x", "--execute"), ("--dangerously-allow-all",), (), "none"),
    "droid": Program("factory", ("exec",), ("--skip-permissions-unsafe",), (), "none"),
    "crush": Program("crush", ("run",), ("--yolo", "-y")),
    "cn": Program("continue", ("-p", "--print"), ("--auto",), ("--allow",), "none"),
    "auggie": Program("augment", ("-p", "--print"), ()),
    "kiro-cli": Program("kiro", ("--no-interactive",), ("--trust-all-tools", "-a"), (), "none"),
}
_HEADLESS = frozenset(word for program in _PROGRAMS.values() for word in program.headless)
_PACKAGES = {
    "@anthropic-ai/claude-code": "claude",
    "@openai/codex": "codex",
    "@google/gemini-cli": "gemini",
    "@qwen-code/qwen-code": "qwen",
    "@github/copilot": "copilot",
    "opencode-ai": "opencode",
}
_ANY_PROGRAM = Deferred(
    r"(?<![\w./-])(?:"
    + "|".join(sorted(_PROGRAMS))
    + r")(?![\w/.-])|/bin/(?:claude|codex|copilot)\b|"
    + "|".join(map(re.escape, _PACKAGES))
)
_RUNNERS = frozenset({"npx", "bunx", "pnpx", "uvx"})
_WRAPPERS = frozenset({"sudo", "timeout", "env", "exec", "time", "nohup", "stdbuf", "command", "nice", "unbuffer"})


class Run(NamedTuple):
    """One headless run of an agent found in a script."""

    program: Program
    flags: Flags


def read(step: StepFacts) -> AgentStep | None:
    """The agent that a step's script runs; None when it runs none. The widest of several stands for all."""
    run = step.node["run"]
    text = run.value
    runs = list(runs_in(text)) if isinstance(text, str) else []
    if not runs:
        return None
    at = run.at
    return min((_agent(found, step, at) for found in runs), key=width)


def width(agent: AgentStep) -> int:
    """The rank of an agent by how far its commands go, the widest first."""
    reach = agent.command_reach.value if isinstance(agent.command_reach, Known) else "unknown"
    return ("any", "unknown", "sandboxed", "listed", "none").index(reach)


def runs_in(text: str) -> tuple[Run, ...]:
    """Every headless run of an agent in a script, whatever the CI system that runs it."""
    if not any(word in text for word in _HEADLESS) or _ANY_PROGRAM.search(text) is None:
        return ()
    return _runs_among(text)


@lru_cache(maxsize=128)
def _runs_among(text: str) -> tuple[Run, ...]:
    """The runs of a script that names a program. Compiled workflows hold the same long scripts over and over."""
    try:
        commands = split_commands(neutral(text))
    except ValueError:
        return ()
    pending = [command.words for command in commands]
    for command in commands:
        for inner in command.substitutions[:20]:
            try:
                pending.extend(nested.words for nested in split_commands(inner))
            except ValueError:
                continue
    return tuple(found for words in pending if (found := _run(words)) is not None)


def _run(words: Sequence[str]) -> Run | None:
    rest = list(words)
    while rest and (rest[0] in _WRAPPERS or "=" in rest[0] or rest[0].startswith("-") or rest[0][:1].isdigit()):
        rest = rest[1:]
    if rest and rest[0] in _RUNNERS:
        rest = list(dropwhile(lambda word: word.startswith("-"), rest[1:]))
    if not rest:
        return None
    bare = rest[0].rpartition("@")[0] or rest[0]
    program = _PROGRAMS.get(_PACKAGES.get(bare) or _PACKAGES.get(rest[0]) or program_name(rest[0]))
    flags = Flags(tuple(rest[1:]))
    if program is None or not _is_headless(program, rest[1:], flags):
        return None
    return Run(program, flags)


def _is_headless(program: Program, arguments: Sequence[str], flags: Flags) -> bool:
    if flags.has("--version", "--help", "-h"):
        return False
    verbs = [word for word in program.headless if not word.startswith("-")]
    if verbs and arguments[:1] and arguments[0] in verbs:
        return True
    return flags.has(*(word for word in program.headless if word.startswith("-")))


def _agent(found: Run, step: StepFacts, at: Place) -> AgentStep:
    settings = settings_of(step, found.flags.words) if found.program.product == "codex" else None
    return replace(gated_run(found, at, settings), credentials=tuple(_keys(step)), prompts=(step.node["run"],))


def gated_run(found: Run, at: Place, settings: dict[str, Value] | None = None) -> AgentStep:
    """What a run may do without a question, by its flags and its program's defaults; `at` is the script.

    `settings` are those of Codex where they are more than its options say.
    """
    program, flags = found
    settings = overridden({}, flags.words) if settings is None else settings
    rules = read_rules(((rule, at) for rule in split_rules(" ".join(flags.values(*program.allow)))), at)
    mode = flags.value("--permission-mode", "--approval-mode") or ""
    ungated = flags.has(*program.ungated) or mode in ("bypassPermissions", "yolo")
    return AgentStep(
        product=program.product,
        autonomy=Known("ungated" if ungated or program.product in ("codex", "aider") else "asks_for_writes", at),
        command_reach=_reach(found, settings, rules, at, ungated=ungated),
        tools_exposed=Known("all" if ungated else "list", at),
        permissions=rules.permissions,
        sandbox=_sandbox(found, settings, at),
        checks_actor=Known(value=False, at=at),
        max_turns=number_of(flags.value("--max-turns"), at),
    )


def _reach(found: Run, settings: dict[str, Value], rules: Rules, at: Place, *, ungated: bool) -> Fact[CommandReach]:
    program, flags = found
    if program.product == "codex":
        mode = agent_codex.FULL if ungated else agent_codex.mode_of_run(flags, settings, "workspace-write")
        return agent_codex.reach(mode, at, network=agent_codex.opens_network(settings, mode))
    if ungated:
        return Known("any", at)
    if rules.permissions:
        return Known(rules.reach, at)
    if program.default is None:
        return Unknown("up to the program's own settings", at)
    return Known(program.default, at)


def _sandbox(found: Run, settings: dict[str, Value], at: Place) -> Sandbox | None:
    program, flags = found
    if program.product != "codex":
        return None
    full = flags.has(*program.ungated)
    mode = agent_codex.FULL if full else agent_codex.mode_of_run(flags, settings, agent_codex.READ_ONLY)
    return agent_codex.sandbox_of(mode, at, network=agent_codex.opens_network(settings, mode), unsafe=None)


def _keys(step: StepFacts) -> Iterator[Credential]:
    """The keys to models in the environment of the script."""
    for environment in step.environments:
        for name, node in environment.entries():
            mentions = secrets_in([(node.value, node.pointer)]) if node.is_text else ()
            if mentions and is_model_key(mentions[0].name):
                personal = "OAUTH" in mentions[0].name.upper() or "OAUTH" in name.upper()
                yield Credential(
                    at=node.at,
                    name=Known(name, node.at),
                    reference=Known(mentions[0].name, node.at),
                    source=Known("ci_secret", node.at),
                    location=Known("env", node.at),
                    principal=Known("human" if personal else "workload", node.at),
                    type=Known("anthropic-oauth-token", node.at) if personal else None,
                )
