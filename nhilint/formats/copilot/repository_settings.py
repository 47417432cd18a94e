"""`.github/copilot/settings.json` becomes an agent: the plug-ins and hooks that a repository gives Copilot CLI.

Copilot takes only some keys from a repository and drops the others without a word, those among them that hold it back
for a person or an administrator. It does not let a repository have plug-ins updated by themselves either.
Source: https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-config-dir-reference (settings of a
repository, of a person, managed ones), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.claude.plugins import enabled_plugins
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.copilot.hooks import COPILOT
from nhilint.formats.hook_commands import read_hooks
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

_DOCS = "https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-config-dir-reference"
_OF_PERSON = "move it to ~/.copilot/settings.json of each person"
_OF_ADMINISTRATOR = "move it to the managed settings of the machines"
_PROTECTIVE = {
    ("permissions", "disableBypassPermissionsMode"): _OF_ADMINISTRATOR,
    ("permissions", "deny"): _OF_ADMINISTRATOR,
    ("permissions", "ask"): _OF_ADMINISTRATOR,
    ("permissions", "limitTo"): _OF_ADMINISTRATOR,
    ("allowedMcpServers",): _OF_ADMINISTRATOR,
    ("deniedMcpServers",): _OF_ADMINISTRATOR,
    ("strictKnownMarketplaces",): _OF_ADMINISTRATOR,
    ("sandbox",): _OF_PERSON,
}
"""Keys that hold Copilot back in other files, and where they would."""


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file, which may be an empty mapping."""
    root = Node.root(document, engine_template)
    if not root.is_mapping:
        return Extraction(recognised=False)
    hooks = read_hooks(root["hooks"], COPILOT)
    off = root["disableAllHooks"].value is True
    is_local = document.path.lower().endswith(".local.json")
    agent = Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("copilot", root.at),
        kind=Known("settings", root.at),
        level=Known("local" if is_local else "project", root.at),
        model=root["model"].text(),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        commands=() if off else hooks.commands,
        endpoints=() if off else hooks.endpoints,
        plugins=tuple(replace(plugin, auto_update=None) for plugin in enabled_plugins(root, "copilot")),
        servers_rejected=root["disabledMcpServers"].texts(),
        credentials=hooks.credentials,
        ineffective=(*hooks.ineffective, *_dropped(root)),
    )
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _dropped(root: Node) -> Iterator[IneffectiveSetting]:
    """Keys that would hold Copilot back if a repository were allowed to set them, where they say that it should."""
    for route, instead in _PROTECTIVE.items():
        node = root.at_path(*route)
        if not node.value or not node.exists or (route == ("sandbox",) and node["enabled"].value is not True):
            continue
        fault = Fault("Copilot drops the key from the settings of a repository", instead, _DOCS)
        yield ineffective_setting(".".join(route), fault, node.at)
