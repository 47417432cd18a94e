"""A payment manager of the AgentCore CLI becomes a tool: a wallet that agents may use.

Source: the schema of payments in npm @aws/agentcore 0.30.0 (schema/schemas/primitives/payment.js), read 2026-11-22.
Payments are made without a question unless `autoPayment` is false; a limit of 10.00 holds when none is stated, and
every tool may be paid unless a list says which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.callers import callers_of_runtime
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.model.vocabulary.capability import Gate


def wallet(hosted: Hosted) -> Tool:
    """The wallet, with who may use it and whether anybody is asked."""
    at = hosted.at
    gate = _gate(hosted)
    listed = hosted["PaymentToolAllowlist"].texts()
    pays = Capability(
        at=gate.at if gate is not None else at,
        category=Known("payments", at),
        access=Known("execute", at),
        source=Known("declared", at),
        gate=gate,
        through=Known(hosted.name, at),
    )
    return Tool(
        at=at,
        name=Known(hosted.name, at),
        client=Known("bedrock-agentcore", at),
        kind=Known("action", at),
        exposed=Known("all", at) if listed is None else Known("list", listed.at),
        exposed_tools=listed,
        inbound=callers_of_runtime(hosted),
        capabilities=(pays,),
    )


def _gate(hosted: Hosted) -> Fact[Gate]:
    """Whether a person stands between a price and its payment."""
    stated = hosted["AutoPayment"].boolean(default=True)
    if not isinstance(stated, Known):
        return stated
    at = hosted["AutoPayment"].at if hosted["AutoPayment"].exists else hosted.at
    return Known("none", at) if stated.value else Known("prompt", at)
