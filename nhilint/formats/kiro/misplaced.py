"""A file of permissions in a project becomes a setting without effect: Kiro keeps them outside of the repository.

Rules for all folders stand in ~/.kiro/settings/permissions.yaml, those for one folder below ~/.kiro/workspace-roots.
Source: https://kiro.dev/docs/permissions/; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.node import Node
from nhilint.model.fact import value_of
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_DOCS = "https://kiro.dev/docs/permissions/"


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent with one setting that does nothing; a copy for a home folder is in force and not looked into."""
    root = Node.root(document)
    rules = root["rules"] if root["rules"].exists else root["permissions"]
    agent = session(root, "kiro")
    if not rules.exists:
        return Extraction(recognised=False)
    if value_of(agent.level) != "user":
        effects = {item["effect"].value for item in rules.items() if item["effect"].is_text}
        reason = "Kiro reads rules from the home folder only, none from a repository"
        instead = "put the rules into ~/.kiro/settings/permissions.yaml, or into the agent's own permissions"
        fault = Fault(reason, instead, _DOCS, protects=not effects.isdisjoint({"ask", "deny"}))
        agent = replace(agent, ineffective=(ineffective_setting("the whole file", fault, rules.at),))
    return Extraction((Resource("agent", document.path, claim.format, agent),))
