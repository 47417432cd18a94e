"""An agentic workflow becomes one agent: what starts it, whose text it reads, what it may run, and what it may ask for.

The Markdown file is the source; what GitHub runs is the compiled `.lock.yml` beside it, which `nhilint.link.gh_aw`
compares. A shared part without `on`, and a file of a project in a folder of this one, gives only the servers that it
declares. What imported parts add is not merged in.
Source: https://github.github.com/gh-aw/reference/frontmatter/, read 2026-11-22; the same in
https://github.com/github/gh-aw, docs/src/content/docs/reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from msgspec.structs import replace

from nhilint.formats.claude.frontmatter import count_of, credentials_in, stem_of
from nhilint.formats.gh_aw.confinement import read_commands, read_sandbox, safeguards_off
from nhilint.formats.gh_aw.digest import digest_of_source
from nhilint.formats.gh_aw.outputs import read_outputs
from nhilint.formats.gh_aw.reading import (
    credentials_of,
    holdings,
    reads_outside,
    starts_with_their_rights,
    token_of,
    untrusted_texts,
)
from nhilint.formats.gh_aw.starting import read_starting
from nhilint.formats.github.workflow import FOLDER
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.formats.mcp.dialect import Dialect
    from nhilint.source.document import Document

Level = Literal["strong", "weak", "default", "none"]

_TELLING = ("safe-outputs", "engine", "tools", "network", "permissions", "mcp-servers", "sandbox")


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and its servers; other Markdown beside workflows is documentation."""
    root = Node.root(document)
    fields, body = root["frontmatter"], root["body"]
    starts_itself = (fields["on"].exists or fields["true"].exists) and f"/{FOLDER}" not in document.path
    if not fields.is_mapping or not any(fields[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    servers = read_servers(fields, _dialect(), claim.format) or ()
    if not starts_itself:
        return Extraction(servers, recognised=bool(servers))
    agent = read_workflow(fields, body, document)
    named = tuple(server.facts for server in servers if isinstance(server.facts, Tool))
    agent = replace(agent, tools=(*cast("tuple[Tool, ...]", agent.tools), *named))
    return Extraction((Resource("agent", stem_of(document.path), claim.format, agent), *servers))


def _dialect() -> Dialect:
    """The servers of the front matter, as Copilot's coding agent writes them, below another key."""
    base = DIALECTS["mcp-copilot"]
    forms = base.expansion.forms | {"expression"}
    gates = replace(base.gates, chosen=(("allowed",),))
    return replace(
        base,
        client="gh-aw",
        title="GitHub Agentic Workflows",
        routes=(("mcp-servers",),),
        bare=False,
        gates=gates,
        expansion=replace(base.expansion, forms=forms, exhaustive=False),
    )


def read_workflow(fields: Node, body: Node, document: Document) -> Agent:
    """The agent that a source describes."""
    at = fields.at
    name = stem_of(document.path)
    starting, sandbox = read_starting(fields), read_sandbox(fields)
    commands = read_commands(fields["tools"]["bash"], sandbox)
    outputs, token = read_outputs(fields["safe-outputs"]), token_of(fields)
    rights, held = holdings(fields, token, outputs)
    texts = untrusted_texts(fields, body, starting)
    return Agent(
        at=at,
        name=Known(name, at),
        product=Known("gh-aw", at),
        kind=Known("ci_step", at),
        level=Known("project", at),
        purpose=fields["description"].text(),
        model=fields["engine"]["model"].text(),
        initiation=Known("autonomous", at),
        acts_as=Known("own_identity", at),
        triggers=starting.triggers,
        untrusted_input=Known(tuple(dict.fromkeys(word for word, _ in texts)), texts[0][1] if texts else at),
        tools_exposed=Known("list", fields["tools"].at),
        tools=outputs.tools,
        permissions=commands.permissions,
        sandbox=sandbox,
        credentials=(*credentials_of(fields), *credentials_in(body)),
        safeguards_off=safeguards_off(
            fields, outputs, reads_outside=reads_outside(fields, value_of(commands.reach), texts)
        ),
        source_digest=_digest(fields, document),
        max_turns=count_of(fields["max-turns"]),
        token_permissions=token.entries if token is not None else (),
        id_token=Known(any(scope in ("id-token", "*") for scope, _ in (token.writes if token else ())), at),
        allowed_bots=_bots(fields),
        checks_actor=starting.checks_actor,
        open_to=starting.open_to,
        started_by=starting.started_by,
        command_reach=commands.reach,
        rights=cast("Fact[Level]", rights),
        held=held,
        starts_with_their_rights=starts_with_their_rights(fields, token, outputs),
        job=Known("agent", at),
    )


def _digest(fields: Node, document: Document) -> Fact[str]:
    digest = digest_of_source(document.text, imports=fields["imports"].exists)
    return Known(digest, fields.at) if digest else Unknown("made of more than this file", fields.at)


def _bots(fields: Node) -> Fact[tuple[str, ...]]:
    node = fields["on"]["bots"] if fields["on"]["bots"].exists else fields["bots"]
    found = node.texts()
    return found if not isinstance(found, Known) or found.value else None
