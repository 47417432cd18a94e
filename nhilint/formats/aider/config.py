"""`.aider.conf.yml` becomes one agent: what it does unasked, what it runs by itself, its keys and addresses.

Edits are made without a question in any case. `yes-always` says yes to the rest, but for shell commands that the
model suggests, which it then refuses. With `auto-test` and `auto-lint` (on unless switched off) the test and lint
commands run after each edit. Source: https://aider.chat/docs/config/options.html and
https://aider.chat/docs/config/aider_conf.html; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.claude.commands import read_command
from nhilint.formats.endpoints import endpoint
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.capability import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_KEYS = ("openai-api-key", "anthropic-api-key")
_LISTS = ("api-key", "set-env")
_NONE = Expansion()
_MOST = 100


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent; a file that is no mapping configures nothing."""
    root = Node.root(document, braces)
    if not root.is_mapping:
        return Extraction(recognised=False)
    commands = tuple(_commands(root))
    yes = root.first("yes-always", "yes")
    agent = replace(
        session(root, "aider"),
        model=root["model"].text(),
        autonomy=Known("asks_for_writes", yes.at),
        tools_exposed=Known("all", root.at),
        commands=tuple(found.record for found in commands),
        endpoints=tuple(_endpoints(root["openai-api-base"])),
        credentials=(*(c for found in commands for c in found.credentials), *_credentials(root)),
    )
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _commands(root: Node) -> Iterator[ReadCommand]:
    if root["auto-test"].value is True and root["test-cmd"].is_text:
        yield from filter(None, [read_command("test-cmd", root["test-cmd"])])
    if root["auto-lint"].value is not False:
        for item in list(root["lint-cmd"].items())[:_MOST]:
            if item.is_text:
                yield from filter(None, [read_command("lint-cmd", item)])
    if root["notifications-command"].is_text:
        yield from filter(None, [read_command("notifications-command", root["notifications-command"])])


def _endpoints(node: Node) -> Iterator[Endpoint | Unknown]:
    found = endpoint(node, "openai-api-base")
    if found is not None:
        yield replace(found, carries=Known("model_traffic", node.at)) if isinstance(found, Endpoint) else found


def _credentials(root: Node) -> Iterator[Credential]:
    for key in _KEYS:
        node = root[key]
        if node.is_text and node.value:
            yield from read_slot(node.value, Slot(key, node.at, "field", sensitive=True), _NONE)[0]
    for key in _LISTS:
        for item in list(root[key].items())[:_MOST]:
            name, found, value = item.value.partition("=") if item.is_text else ("", "", "")
            if found and value and (key == "api-key" or is_credential_name(name)):
                slot = Slot(name, item.at, "field", sensitive=True, start=len(name) + 1)
                yield from read_slot(value, slot, _NONE)[0]
