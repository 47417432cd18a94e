"""A custom agent, a chat mode or a prompt file becomes an agent: the tools it may use and the agents it hands on to.

`tools` says what there is; nothing in these files approves a call. Without it an agent has every tool, with an empty
list none; a prompt takes the tools of the agent that it is run with. A handoff is a button, which a person presses also
where `send: true` then sends the prompt by itself. Names that nobody knows are ignored, so they give nothing.
Sources: https://docs.github.com/en/copilot/reference/custom-agents-configuration;
https://code.visualstudio.com/docs/agents/reference/custom-agent-file-reference and
/docs/agent-customization/prompt-files, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.claude.frontmatter import credentials_in, read_definition, switch
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.claude.word_lists import entries_of
from nhilint.formats.copilot.hooks import COPILOT
from nhilint.formats.hook_commands import read_hooks
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.server import read_server
from nhilint.formats.mcp.servers import looks_like_server
from nhilint.model.fact import Fact, Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.frontmatter import Definition
    from nhilint.formats.claude.word_lists import Entry as Word
    from nhilint.formats.format import Claim
    from nhilint.formats.mcp.dialect import Dialect
    from nhilint.formats.node import Node
    from nhilint.source.document import Document

_SERVERS = "mcp-copilot"
_ENDINGS = (".agent.md", ".chatmode.md", ".prompt.md", ".md")
_TELLING = ("name", "description", "tools", "model", "mode", "agent", "handoffs", "target", "mcp-servers")
_OWN_SETS = frozenset({"edit", "execute", "read", "search", "web", "agent", "vscode", "todo", "browser"})
_STARTERS = frozenset({"agent", "custom-agent", "task", "runsubagent", "agent/runsubagent"})
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent, and the servers that only it has; a Markdown file without front matter of theirs is documentation."""
    definition = read_definition(document)
    fields = definition.fields
    if not fields.is_mapping or not any(fields[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    kind: Literal["subagent", "command"] = "command" if claim.format == "copilot-prompt" else "subagent"
    name = fields["name"].value if fields["name"].is_text and fields["name"].value.strip() else _stem(document.path)
    servers = tuple(_servers(fields["mcp-servers"]))
    agent = read_agent(definition, kind, name)
    return Extraction((Resource("agent", name, claim.format, agent), *servers))


def _stem(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return next((name[: -len(end)] for end in _ENDINGS if name.lower().endswith(end)), name) or name


def read_agent(definition: Definition, kind: Literal["subagent", "command"], name: str) -> Agent:
    """The agent that a file describes."""
    fields, body = definition
    at = fields["name"].at if fields["name"].exists else fields.at
    words = entries_of(fields["tools"])
    agent = Agent(
        at=at,
        name=Known(name, at),
        product=Known("copilot", at),
        kind=Known(kind, at),
        level=Known("project", at),
        purpose=fields["description"].text(),
        model=fields["model"].text() if fields["model"].is_text else None,
        initiation=Known("human" if switch(fields["disable-model-invocation"]) else "tool_mediated", at),
        acts_as=Known("user_proxy", at),
        tools_exposed=_exposed(fields["tools"], words, kind),
        tools=client_tools("vscode", "VS Code", [(w.text, w.at) for w in words if _is_own(w.text)]),
        servers=_server_names(fields["tools"], words),
        delegations=tuple(_delegations(fields, words)),
        credentials=tuple(credentials_in(body)),
        instructions=read_instructions(fields, body),
    )
    return read_hooks(fields["hooks"], COPILOT).held_by(agent)


def _exposed(tools: Node, words: tuple[Word, ...], kind: str) -> Fact[Literal["all", "list", "none"]]:
    if not tools.exists or tools.value is None:
        return None if kind == "command" else Known("all", tools.at)
    if any(word.text == "*" for word in words):
        return Known("all", tools.at)
    return Known("list" if words else "none", tools.at)


def _is_own(name: str) -> bool:
    """Whether a name is one of the client's own tools or sets of them, and not a server's or an extension's."""
    head, slash, _ = name.partition("/")
    return name != "*" and (not slash or head in _OWN_SETS) and "." not in name


def _server_names(tools: Node, words: tuple[Word, ...]) -> Fact[tuple[str, ...]]:
    if not tools.exists or any(word.text == "*" for word in words):
        return Known(("*",), tools.at)
    names = dict.fromkeys(word.text.rpartition("/")[0] for word in words if "/" in word.text and not _is_own(word.text))
    return Known(tuple(names), tools.at) if names else None


def _delegations(fields: Node, words: tuple[Word, ...]) -> Iterator[Delegation]:
    for count, handoff in enumerate(fields["handoffs"].items()):
        target = handoff["agent"].text()
        if count < _MOST and target is not None:
            yield Delegation(at=handoff["agent"].at, target=target, gate=Known("prompt", handoff.at))
    starter = next((word for word in words if word.text.lower() in _STARTERS), None)
    if starter is None:
        return
    named = [item for item in fields["agents"].items() if item.is_text][:_MOST]
    if not fields["agents"].exists:
        yield Delegation(at=starter.at, target=Known("*", starter.at), gate=Known("none", starter.at))
    for item in named:
        yield Delegation(at=item.at, target=Known(item.value, item.at), gate=Known("none", starter.at))


def _dialect() -> Dialect:
    """The servers of an agent file: besides variables, `${{ secrets.NAME }}` and `${{ vars.NAME }}` are replaced.

    Source: docs.github.com/en/copilot/reference/custom-agents-configuration, known through public agent files. VS Code
    reads the same files with a grammar of its own, so no notation is called dead.
    """
    base = DIALECTS[_SERVERS]
    forms = base.expansion.forms | {"expression"}
    return replace(base, expansion=replace(base.expansion, forms=forms, exhaustive=False))


def _servers(holder: Node) -> Iterator[Resource]:
    dialect = _dialect()
    for count, (name, node) in enumerate(holder.entries()):
        if count < _MOST and looks_like_server(node, dialect):
            yield read_server(Entry(name, node, dialect), _SERVERS)
