"""A subagent's file becomes an agent: the tools it may use, how much it asks, whom it may start.

`tools` says what there is, not what runs unasked: every call is still held to the session's rules. Left out, the
subagent has every tool of the session. Its own list never narrows a tool: `Bash(git *)` in it gives Bash as a whole,
and the list of `Agent(a, b)` binds only where the definition runs as the main agent. Plug-in subagents lose
`permissionMode`, `hooks` and `mcpServers`; whether a file belongs to a plug-in is known after linking.
Sources: https://code.claude.com/docs/en/sub-agents, read 2026-11-22;
https://github.com/anthropics/claude-code/issues/95002 for `Bash(…)` in `tools` (reproduced with 2.1.270).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.claude.frontmatter import count_of, credentials_in, read_definition, stem_of
from nhilint.formats.claude.hooks import read_hooks
from nhilint.formats.claude.inline_servers import read_inline_servers
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.claude.levels import is_in_claude_folder, is_in_other_product, product_of
from nhilint.formats.claude.permissions import StatedRule, judge_rules
from nhilint.formats.claude.rules import AGENT_TOOLS, Rule, parse_rule
from nhilint.formats.claude.settings import MODES
from nhilint.formats.claude.subagent_faults import ineffective_fields, skipped_definition, why_skipped
from nhilint.formats.claude.unloaded import NO_LOADER
from nhilint.formats.claude.word_lists import entries_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Autonomy, Delegation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from nhilint.formats.claude.frontmatter import Definition
    from nhilint.formats.claude.word_lists import Entry
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.source.document import Document

_ALL = frozenset({"*", "all"})


def extract(document: Document, claim: Claim) -> Extraction:
    """One subagent; a file without a name and a description is never loaded, and mostly documentation."""
    definition = read_definition(document)
    name, description = definition.fields["name"], definition.fields["description"]
    if is_in_other_product(document.path):
        return Extraction(recognised=False)
    if is_in_claude_folder(document.path) and why_skipped(definition.fields):
        return _skipped(document, definition, claim)
    if not (name.is_text and description.exists):
        return Extraction(recognised=False)
    if not is_in_claude_folder(document.path) and not _is_subagent(definition.fields):
        return Extraction(recognised=False)
    agent = read_subagent(document, definition)
    inline = read_inline_servers(definition.fields["mcpServers"], claim.format)
    shown = name.value if name.value.strip() else stem_of(document.path)
    return Extraction((Resource("agent", shown, claim.format, agent), *inline))


def _skipped(document: Document, definition: Definition, claim: Claim) -> Extraction:
    """A definition that is not loaded: it is told of only where its limits would have mattered."""
    ineffective = skipped_definition(definition.fields)
    if not ineffective:
        return Extraction(recognised=False)
    at, shown = ineffective[0].at, stem_of(document.path)
    agent = Agent(
        at=at,
        name=Known(shown, at),
        product=Known("claude-code", at),
        credentials=tuple(credentials_in(definition.body)),
        ineffective=ineffective,
    )
    return Extraction((Resource("agent", shown, claim.format, agent),))


def read_subagent(document: Document, definition: Definition) -> Agent:
    """The agent that a definition describes."""
    fields, body = definition
    product, at = product_of(document.path), fields["name"].at
    hooks = read_hooks(fields["hooks"])
    entries = entries_of(fields["tools"])
    exposed = _exposed(fields["tools"], entries)
    rules = [(parse_rule(entry.text), entry) for entry in entries]
    denied = tuple(entries_of(fields["disallowedTools"]))
    taken = {parse_rule(entry.text).tool for entry in denied}
    given = [(rule, entry) for rule, entry in rules if rule.tool not in taken and rule.tool not in _ALL]
    stated = [StatedRule(Rule(e.text, parse_rule(e.text).tool), "deny", e.at) for e in denied]
    own = [(rule.tool, entry.at) for rule, entry in given if rule.server is None]
    return Agent(
        at=at,
        name=fields["name"].text(),
        product=Known(product, at) if product is not None else Unknown(NO_LOADER, at),
        kind=Known("subagent", at),
        level=Known("project", fields.at) if is_in_claude_folder(document.path) else None,
        purpose=fields["description"].text(),
        model=fields["model"].text(),
        autonomy=_autonomy(fields["permissionMode"]),
        initiation=Known("tool_mediated", at),
        acts_as=Known("user_proxy", at),
        tools_exposed=exposed,
        tools=client_tools("claude-code", "Claude Code", own),
        permissions=judge_rules(stated, "project").permissions,
        commands=hooks.commands,
        endpoints=hooks.endpoints,
        delegations=tuple(_delegations(given, exposed, taken)),
        servers=_servers(fields["mcpServers"], given, exposed),
        credentials=(*hooks.credentials, *credentials_in(body)),
        instructions=read_instructions(fields, body),
        ineffective=(*ineffective_fields(fields, rules), *hooks.ineffective),
        max_turns=count_of(fields["maxTurns"]),
    )


def _is_subagent(fields: Node) -> bool:
    """Outside `.claude` only what no other product's agent file has: Copilot and Cursor spell tools as lists."""
    if fields["tools"].is_text or fields["disallowedTools"].exists or fields["permissionMode"].exists:
        return True
    model = fields["model"].value
    return isinstance(model, str) and model in ("inherit", "sonnet", "opus", "haiku", "fable")


def _exposed(tools: Node, entries: tuple[Entry, ...]) -> Fact[Literal["all", "list", "none"]]:
    if not tools.exists or tools.value is None:
        return Known("all", tools.at)
    if isinstance(tools.text(), Unknown) and tools.is_text:
        return Unknown("a template", tools.at)
    if any(entry.text.lower() in _ALL for entry in entries):
        return Known("all", tools.at)
    return Known("list", tools.at)


def _autonomy(mode: Node) -> Fact[Autonomy]:
    text = mode.text()
    if text is None or isinstance(text, Unknown):
        return text
    autonomy = MODES.get(text.value)
    return Known(autonomy, mode.at) if autonomy else Unknown("no mode that Claude Code knows", mode.at)


def _delegations(
    given: list[tuple[Rule, Entry]], exposed: Fact[Literal["all", "list", "none"]], taken: set[str]
) -> Iterator[Delegation]:
    """Whom it may start. A subagent that has Agent may start every type: the list in parentheses is not read there."""
    for rule, entry in given:
        if rule.tool in AGENT_TOOLS:
            for target in (rule.argument or "*").split(",")[:50]:
                name = Known(target.strip(), entry.at)
                yield Delegation(at=entry.at, target=name, gate=Known("none", entry.at))
    if isinstance(exposed, Known) and exposed.value == "all" and not taken & AGENT_TOOLS:
        yield Delegation(at=exposed.at, target=Known("*", exposed.at), gate=Known("none", exposed.at))


def _servers(
    node: Node, given: list[tuple[Rule, Entry]], exposed: Fact[Literal["all", "list", "none"]]
) -> Fact[tuple[str, ...]]:
    """Servers it asks for by name; `*` when it has all of the session's."""
    if isinstance(exposed, Known) and exposed.value == "all":
        return Known(("*",), exposed.at)
    names = {rule.server: entry.at for rule, entry in given if rule.server}
    for item in node.items():
        if item.is_text:
            names.setdefault(item.value, item.at)
        for name, inner in item.entries():
            names.setdefault(name, inner.at.at_key())
    return Known(tuple(names), next(iter(names.values()))) if names else None
