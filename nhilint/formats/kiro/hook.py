"""A hook of Kiro's editor becomes an agent that is started by an event: what it runs, or that it asks the agent.

Three forms: a `.kiro.hook` file with `when` and `then`, a list of hooks with `trigger` and `action`, and a mapping of
hooks by event. A hook that is switched off, or that only asks the agent, runs nothing by itself.
Source: https://kiro.dev/docs/hooks/ and files of public repositories (cremich/promptz, cancleeric/trustforge), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.claude.commands import read_command
from nhilint.formats.hook_commands import read_hooks
from nhilint.formats.kiro.agent import HOOKS
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; one of neither form is another tool's."""
    root = Node.root(document)
    if root["then"].is_mapping:
        command = root["then"]["command"]
        event = root["when"]["type"].value if root["when"]["type"].is_text else "event"
        is_on = root["enabled"].value is not False
        found = read_command(str(event)[:60], command) if command.is_text and is_on else None
        agent = replace(
            session(root, "kiro"),
            purpose=root["description"].text(),
            initiation=Known("autonomous", root["when"].at),
            commands=(found.record,) if found is not None else (),
            credentials=found.credentials if found is not None else (),
        )
    elif root["hooks"].is_list:
        listed = tuple(_listed(root["hooks"]))
        agent = replace(
            session(root, "kiro"),
            initiation=Known("autonomous", root["hooks"].at),
            commands=tuple(found.record for found in listed),
            credentials=tuple(credential for found in listed for credential in found.credentials),
        )
    elif root["hooks"].is_mapping:
        hooks = read_hooks(root["hooks"], HOOKS)
        agent = replace(
            session(root, "kiro"), commands=hooks.commands, endpoints=hooks.endpoints, credentials=hooks.credentials
        )
    else:
        return Extraction(recognised=False)
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _listed(hooks: Node) -> Iterator[ReadCommand]:
    for hook in list(hooks.items())[:_MOST]:
        event, command = hook["trigger"], hook["action"]["command"]
        is_on = hook["enabled"].value is not False and command.is_text
        found = read_command(str(event.value)[:60], command) if is_on else None
        if found is not None:
            yield found
