"""Code interpreters and browsers of AgentCore become tools: what their code may reach, and with whose rights.

Source: docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-create.html and the CloudFormation pages
of AWS::BedrockAgentCore::CodeInterpreterCustom and ::BrowserCustom, read 2026-11-22. SANDBOX does not
reach the internet. The execution role's credentials are in reach of the code that the model writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.bedrock.spelling import told
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.model.category import Access, Category

Network = Literal["public", "private", "none"]

_NETWORKS: dict[str, Network] = {"PUBLIC": "public", "VPC": "private", "SANDBOX": "none"}


def interpreter(hosted: Hosted) -> Tool:
    """A tool that runs what the model writes; confined unless the configuration says otherwise."""
    return _tool(hosted, "code_execution", "execute", "none")


def browser(hosted: Hosted) -> Tool:
    """A tool that visits what the model chooses; in the internet unless the configuration says otherwise."""
    return _tool(hosted, "browser", "write", "public")


def _tool(hosted: Hosted, category: Category, access: Access, unstated: Network) -> Tool:
    at = hosted.at
    network = _network(hosted, unstated)
    public = Known(network.value == "public", network.at) if isinstance(network, Known) else network
    does = Capability(
        at=at,
        category=Known(category, at),
        access=Known(access, at),
        source=Known("known", at),
        reads_untrusted=public,
        sends_out=public,
        through=Known(hosted.name, at),
    )
    return Tool(
        at=at,
        name=Known(hosted.name, at),
        client=Known("bedrock-agentcore", at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        network=network,
        runs_as=hosted.runs_as("ExecutionRoleArn"),
        capabilities=(does,),
    )


def _network(hosted: Hosted, unstated: Network) -> Fact[Network]:
    fact = told(hosted["NetworkConfiguration.NetworkMode"])
    if fact is None:
        return Known(unstated, hosted.at)
    if isinstance(fact, Unknown):
        return fact
    known = _NETWORKS.get(fact.value.upper())
    return Known(known, fact.at) if known is not None else Unknown("a network mode that is not known here", fact.at)
