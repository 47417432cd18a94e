"""Credential providers and workload identities of AgentCore become clients: their secrets and return addresses.

Source: the CloudFormation pages of AWS::BedrockAgentCore::OAuth2CredentialProvider, ::ApiKeyCredentialProvider and
::WorkloadIdentity and the Terraform pages of the same, read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.bedrock.secrets import secrets
from nhilint.formats.bedrock.spelling import told
from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.scopes import scope_grants
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.model.vocabulary.capability import Endpoint

_MOST = 200
_NONE = "bedrock-agentcore"
_CATALOGUES = {
    "GoogleOauth2": "google",
    "GithubOauth2": "github",
    "SlackOauth2": "slack",
    "SalesforceOauth2": "salesforce",
    "MicrosoftOauth2": "microsoft-graph",
    "AtlassianOauth2": "atlassian",
}
"""Whose scopes a vendor's provider asks for; the vendors are those of the API CreateOauth2CredentialProvider."""


def client(hosted: Hosted) -> App:
    """The client that a provider or workload identity stands for."""
    return App(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        provider=Known("bedrock-agentcore", hosted.at),
        kind=Known("client", hosted.at),
        scopes=tuple(scope_grants(hosted["Scopes"], _CATALOGUES.get(str(hosted["Vendor"].value), _NONE), None)),
        redirects=tuple(_returns(hosted)),
        credentials=tuple(secrets(hosted.node)),
    )


def _returns(hosted: Hosted) -> Iterator[Endpoint | Unknown]:
    stated = hosted["AllowedResourceOauth2ReturnUrls"]
    for item in islice((stated if stated.exists else hosted["ReturnUrls"]).items(), _MOST):
        fact = told(item)
        if isinstance(fact, Known):
            yield endpoint_of(fact.value, fact.at, "return address")
        elif fact is not None:
            yield fact
