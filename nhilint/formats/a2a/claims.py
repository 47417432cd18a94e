"""Which files are agent cards of the Agent2Agent protocol. `agent.json` is a common name; content decides."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="a2a-card",
        title="A2A agent cards",
        syntax=Syntax.JSON,
        reads="a2a.card",
        names=("agent-card.json", "agent_card.json", "agentcard.json", "agent.json"),
        paths=("*agent-card*.json", "*agent_card*.json", "**/agent_cards/*.json", "**/agent-cards/*.json"),
        probe=(b'"skills"',),
        docs="https://a2a-protocol.org/latest/specification/",
    ),
)
